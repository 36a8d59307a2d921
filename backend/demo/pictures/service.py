"""Covers of service events: a free clinic, haircuts, a Party day."""

from collections.abc import Sequence
from random import Random

from backend.demo.pictures.bodies import DOWN, Pose, bust, standing
from backend.demo.pictures.clothes import HEART
from backend.demo.pictures.counseling import eye_chart
from backend.demo.pictures.groups import figure, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look, look_of
from backend.demo.pictures.nature import GREENS, bush, flowers, hills, sky, tree
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.places import room, table
from backend.demo.pictures.shapes import arc, dark, hue, leaf, light, smooth

WALLS = tuple(map(hue, "#CFE0DC #D9E2E8 #E8DDCB".split()))
RED, GOLD = hue("#D0312A"), hue("#F8CF5A")


def clinic(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """The doctor takes the blood pressure; a volunteer writes it down."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="window plant shelf")
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    y = h * 0.7
    eye_chart(pen.at(w * 0.5, h * 0.07, h / 1700))
    size = min(2.2, w / 3.1 / 215, y / 330)
    doctor = look_of(f"doctor {random.random()}").helping("coat")
    helper = look_of(f"helper {random.random()}", woman=True).helping("volunteer")
    member = looks[0] if looks else look_of(f"guest {random.random()}")
    bust(pen.at(w * 0.84, y - 226 * size, size), helper, Pose((-60, 206), (40, 206), turn=-0.5, mood="smile"))
    bust(pen.at(w * 0.2, y - 226 * size, size), doctor, Pose((-40, 206), (104, 190), turn=0.6, mood="laugh"))
    middle = pen.at(w * 0.53, y - 218 * size, size)
    bust(middle, member, Pose((-96, 190), (50, 204), turn=-0.5, mood="glad"))
    middle.line([(-74, 158), (-92, 178)], 46, hue("#3F6A8A"), straight=True)
    top = table(sheet, y, cloth=hue("#F2F5F2"))
    meter(top.at(w * 0.36, y + (h - y) * 0.66, 1.9))
    for x in (0.62, 0.86):
        _chart(top.at(w * x, y + (h - y) * 0.6, 1.5))
    _medicine_bag(top.at(w * 0.1, y + (h - y) * 0.92, 1.5))


def meter(pen: Pen) -> None:
    """For blood pressure, with its tube."""
    pen.shadow(0, 0, 96, 14)
    pen.line([(0, -60), (10, -140), (70, -170), (110, -150)], 9, hue("#3A4350"))
    pen.box(-84, -96, 84, 0, (hue("#FAFBFC"), hue("#C9D2DA")), round_=16)
    pen.box(-66, -80, 30, -18, hue("#BFD8C9"), round_=8)
    for y, wide in ((-66, 60), (-46, 44)):
        pen.box(-54, y, -54 + wide, y + 11, hue("#33443E"), round_=3)
    pen.oval(56, -58, 15, 15, hue("#3F8FA8"))
    pen.oval(56, -22, 9, 9, hue("#E0574B"))


def _chart(pen: Pen) -> None:
    pen.fill([(-60, -44), (50, -48), (64, 30), (-70, 34)], hue("#B98552"))
    pen.fill([(-52, -38), (43, -42), (55, 24), (-60, 28)], hue("#FFFDF6"))
    for row in range(4):
        pen.line([(-44, -20 + row * 12), (36, -23 + row * 12)], 3.4, hue("#9AA3AE"), straight=True)
    pen.box(-20, -54, 12, -38, hue("#8A94A0"), round_=5)


def _medicine_bag(pen: Pen) -> None:
    pen.shadow(0, 0, 96, 14)
    pen.line(arc(0, -112, 40, 34, 180, 360), 13, hue("#8E9AA6"), straight=True)
    pen.box(-90, -114, 90, 0, (hue("#FFFFFF"), hue("#DDE3E6")), round_=18)
    pen.at(0, -72, 1.8).fill(HEART, hue("#2F9C86"))


def haircut(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """A volunteer barber, a white cape, and a mirror that somebody holds."""
    room(sheet, random, hour, wall=random.choice(WALLS), things="window pictures plant")
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    members = list(looks) or [look_of(f"guest {random.random()}")]
    size = min(2.1, w / len(members) / 400, h / 560)
    for x, member in zip(spread(sheet, len(members), left=0.5 / len(members), right=1 - 0.5 / len(members)), members, strict=True):
        barber = look_of(f"barber {member.name}", woman=random.random() < 0.5).helping("volunteer")
        standing(pen.at(x + 96 * size, h * 0.34, size), barber, Pose((-96, 60), (10, 150), turn=-0.7, mood="smile"))
        at = pen.at(x - 40 * size, h * 0.53, size)
        bust(at, member, Pose(None, None, turn=0.3, mood=random.choice(("glad", "smile"))))
        _cape(at)
        _scissors(pen.at(x + 2 * size, h * 0.34 + 44 * size, size))
    pen.box(0, h * 0.95, w, h, (90, 60, 70), alpha=0.3, soft=30)


def _cape(pen: Pen) -> None:
    cape = smooth([(-30, 66), (0, 84), (30, 66), (100, 120), (142, 420), (-142, 420), (-100, 120)])
    pen.fill(cape, (hue("#FDFBF5"), hue("#D5DDE0")))
    inside = pen.within(cape)
    for x in (-60, -10, 50):
        inside.line([(x * 0.3, 110), (x, 240), (x * 1.5, 430)], 8, hue("#B9C6CC"), end=16, alpha=0.5)
    pen.line([(-32, 66), (0, 86), (32, 66)], 10, hue("#5E9EA0"))


def _scissors(pen: Pen) -> None:
    for turn in (-1, 1):
        pen.line([(10, 6), (-46, turn * 11 - 22)], 6, hue("#AEB8C2"), end=2, straight=True)
    pen.line(arc(20, 12, 9, 9, 0, 360), 5, hue("#4A4750"), straight=True)


def party_day(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Party members plant a tree with the Home's people, under their flag."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    edge = h * 0.52
    sky(sheet, random, hour, edge)
    hills(sheet, random, hour, edge)
    for x in (0.03, 0.97):
        tree(pen.at(w * x, edge + 20, 1.1), random)
    for x in spread(sheet, 8, left=0, right=1):
        bush(pen, random, x, edge + 20, 0.6, hue("#6B9B58"))
    pen.box(0, edge + 8, w, h, (hue("#A9C46A"), hue("#6F9B4C")))
    sheet.blur(3)
    _flag(pen.at(w * 0.5, edge + 60, h / 1200))
    helpers = [look_of(f"party {random.random()}", woman=index != 1).helping("volunteer") for index in range(2)]
    people = [helpers[0], *looks, helpers[1]]
    size = min(h * 0.55 / 570, w / (len(people) + 1) / 200)
    half = (len(people) + 1) // 2
    places = [*spread(sheet, half, left=0.09, right=0.36), *spread(sheet, len(people) - half, left=0.64, right=0.91)]
    for look, x in zip(people, places, strict=True):
        inward = x < w / 2
        near = abs(x - w / 2) < w * 0.2
        hands = ((-40, 200), (110, 150)) if inward else ((-110, 150), (40, 200))
        left, right = hands if near else DOWN
        pose = Pose(left, right, turn=0.7 if inward else -0.7, mood=random.choice(("smile", "laugh", "glad")))
        figure(pen.at(x, h * random.uniform(0.88, 0.91), size), look, pose)
    _sapling(pen.at(w * 0.5, h * 0.9, size * 1.1), random)
    flowers(pen, random, 20, 0, w, h * 1.02, size=1.1)


def _flag(pen: Pen) -> None:
    """The volunteers' red flag in the wind, over everybody."""
    pen.line([(-150, 0), (-150, -560)], 13, hue("#E6DCCB"), straight=True)
    pen.oval(-150, -566, 13, 13, GOLD)
    cloth = smooth([(-144, -548), (-50, -572), (60, -540), (190, -566), (180, -470), (190, -372), (60, -346), (-50, -378), (-144, -354)])
    pen.fill(cloth, (light(RED, 0.1), dark(RED, 0.12)))
    inside = pen.within(cloth)
    for x in (-60, 40, 140):
        inside.line([(x, -600), (x + 20, -460), (x - 6, -330)], 26, dark(RED, 0.4), alpha=0.2)
    pen.at(-40, -470, 3).fill(HEART, GOLD)


def _sapling(pen: Pen, random: Random) -> None:
    """Just planted, with its heap of earth and a spade."""
    pen.oval(0, 0, 130, 28, hue("#8A5F42"))
    pen.oval(-6, -10, 96, 24, hue("#A8764F"))
    pen.line([(0, -6), (4, -150), (-2, -300)], 15, hue("#7A5640"), end=7)
    for step in range(15):
        y = -120 - step * 13
        pen.fill(leaf(2, y, random.uniform(56, 84), 15, (-28, -152, -70)[step % 3] + random.uniform(-18, 18)), random.choice(GREENS))
    pen.line([(96, -4), (128, -190)], 11, hue("#B98552"), straight=True)
    pen.fill([(78, -44), (112, -40), (106, 16), (84, 10)], hue("#8E9AA6"))
    pen.line([(112, -194), (146, -186)], 12, hue("#B98552"), straight=True)


SCENES = {"clinic": clinic, "haircut": haircut, "party_day": party_day}
