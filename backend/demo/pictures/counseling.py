"""思疗: a talk in a circle, tea and chess, a lecture about eyes."""

from collections.abc import Sequence
from random import Random

from backend.demo.pictures.bodies import Pose, bust, seated
from backend.demo.pictures.goods import chess, cup, teapot
from backend.demo.pictures.groups import RESTING_ON, behind_table, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look, look_of
from backend.demo.pictures.nature import potted_plant
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.places import room, table
from backend.demo.pictures.shapes import dark, hue, light, turned

WALLS = tuple(map(hue, "#D9CBE0 #E6D2BE #CBD8CF #D8CFC2".split()))
FLOOR, RUG = hue("#B98A63"), hue("#C98B7A")


def circle(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """On chairs around a rug: the teacher asks, everybody has something to say."""
    room(sheet, random, hour, wall=random.choice(WALLS), floor=FLOOR, things="window plant pictures")
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    pen.oval(w / 2, h * 0.87, w * 0.46, h * 0.12, dark(RUG, 0.15))
    pen.oval(w / 2, h * 0.865, w * 0.44, h * 0.11, RUG)
    pen.oval(w / 2, h * 0.865, w * 0.34, h * 0.08, light(RUG, 0.3))
    teacher = look_of(f"teacher {random.random()}", woman=True).helping("cardigan")
    everybody = [*looks[: len(looks) // 2], teacher, *looks[len(looks) // 2 :]]
    size = min(h * 0.6 / 520, w / len(everybody) / 224)
    middle = (len(everybody) - 1) / 2
    for index in sorted(range(len(everybody)), key=lambda place: abs(place - middle)):
        side = (index - middle) / max(1, middle)
        x = w / 2 + side * w * (0.5 - 0.5 / (len(everybody) + 0.3))
        y = h * (0.76 + 0.15 * abs(side) ** 1.5) - 442 * size
        speaks = everybody[index] is teacher
        hands = ((-132, 196), (56, 176)) if speaks else ((-40, 246), (40, 246))
        mood = "laugh" if speaks else random.choice(("smile", "glad", "calm"))
        seated(pen.at(x, y, size), everybody[index], Pose(*hands, turn=-side * 0.9, tilt=side * -4, mood=mood))
    low = pen.at(w / 2, h * 0.965, 1.1)
    low.shadow(0, 6, 190, 22)
    low.oval(0, -22, 170, 40, dark(hue("#C08A58"), 0.1))
    low.oval(0, -34, 170, 40, light(hue("#C08A58"), 0.2))
    teapot(low.at(-10, -34, 0.8), random)
    for x in (-100, 92):
        cup(low.at(x, -28, 0.9), random)


def tea(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """A game of chess, and tea with it."""
    room(sheet, random, hour, wall=random.choice(WALLS), floor=FLOOR, things=random.choice(("scroll window plant", "window scroll shelf")))
    y = sheet.height * 0.66
    behind_table(sheet, looks, random, y, hands=RESTING_ON, mood=random.choice(("", "down", "smile")), wide=0.86)
    top = table(sheet, y, colour=hue("#A9714A"))
    deep = sheet.height - y
    chess(top.at(sheet.width / 2, y + deep * 0.44, min(1.7, deep / 200)), random)
    teapot(top.at(sheet.width * 0.83, y + deep * 0.62, 1.7), random)
    for x, part in ((0.1, 0.5), (0.24, 0.86), (0.93, 0.84)):
        cup(top.at(sheet.width * x, y + deep * part, 1.6), random)
    potted_plant(top.at(sheet.width * 0.02, sheet.height * 1.02, 1.5), random)


def lecture(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """The doctor shows how to look after one's eyes; the others sit at the table and look on."""
    room(sheet, random, hour, wall=random.choice(WALLS), floor=FLOOR, things="plant shelf window")
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    y = h * 0.74
    eye_chart(pen.at(w * 0.13, h * 0.06, h / 1250))
    doctor = look_of(f"doctor {random.random()}", woman=random.random() < 0.5).helping("coat")
    size = min(2.0, h * 0.00158)
    bust(pen.at(w * 0.36, y - 250 * size, size), doctor, Pose((-116, 76), (52, 202), turn=0.5, mood="laugh"))
    pen.line([(w * 0.36 - 116 * size, y - 172 * size), (w * 0.2, h * 0.3)], 8, hue("#8A5B37"), straight=True)
    behind_table(sheet, [*looks], random, y, hands=RESTING_ON, middle=0.74, wide=0.5, largest=1.9, facing=-0.75)
    top = table(sheet, y, colour=hue("#B99A78"))
    for x in spread(sheet, 4, left=0.34, right=0.92):
        _leaflet(top.at(x, y + (h - y) * random.uniform(0.4, 0.6), 1.3, turn=random.uniform(-8, 8)), random)
    cup(top.at(w * 0.22, y + (h - y) * 0.7, 1.6), random)


def _leaflet(pen: Pen, random: Random) -> None:
    """A sheet with an eye on it."""
    pen.fill([(-66, -30), (60, -34), (74, 34), (-74, 36)], (60, 40, 50), alpha=0.2, soft=5)
    pen.fill([(-66, -34), (60, -38), (74, 28), (-74, 30)], random.choice((hue("#F5FAF8"), hue("#FFF6E6"), hue("#EAF3FA"))))
    pen.curve([(-40, -6), (0, -26), (40, -6), (0, 10)], hue("#FFFFFF"))
    pen.oval(0, -7, 17, 13, hue("#4F8FB0"))
    pen.oval(0, -7, 8, 6.5, hue("#2A2126"))
    pen.line([(-46, 20), (46, 18)], 4, hue("#9AA3AE"), straight=True)


def eye_chart(pen: Pen) -> None:
    """Rows of E that look in all directions, smaller and smaller."""
    pen.box(-150, 4, 158, 604, (60, 40, 60), alpha=0.2, soft=10)
    pen.box(-152, -4, 152, 596, hue("#E8E2D6"), round_=8)
    pen.box(-140, 8, 140, 584, hue("#FFFDF6"), round_=4)
    y = 84.0
    for row, (size, count) in enumerate(((100, 1), (70, 2), (52, 3), (38, 4), (28, 5), (20, 6), (14, 7))):
        for index in range(count):
            x = (index - (count - 1) / 2) * min(size * 1.7, 250 / count)
            _letter(pen.at(x, y, size / 100), turn=(row * 3 + index * 5) % 4 * 90)
        y += size * 0.56 + 52


def _letter(pen: Pen, *, turn: int) -> None:
    for left, top, right, bottom in ((-50, -50, -30, 50), (-50, -50, 50, -30), (-50, -10, 50, 10), (-50, 30, 50, 50)):
        pen.fill(turned([(left, top), (right, top), (right, bottom), (left, bottom)], turn), hue("#33303A"))


SCENES = {"circle": circle, "tea": tea, "lecture": lecture}
