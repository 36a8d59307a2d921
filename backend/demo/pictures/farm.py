"""农疗: rows of vegetables, harvest, watering, seedlings."""

from collections.abc import Sequence
from random import Random

from backend.demo.pictures.bodies import Pose
from backend.demo.pictures.crops import basket, drops, greens, pumpkin, seedling, tray, watering_can
from backend.demo.pictures.groups import behind_table, figure, size_for, spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.looks import Look
from backend.demo.pictures.nature import bush, flowers, hills, rows, sky, tree
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.places import table
from backend.demo.pictures.shapes import hue, light, mix


def _field(sheet: Sheet, random: Random, hour: Light, *, horizon: float, kind: str, far: bool = False) -> None:
    """Sky, hills, the Home's trees and the beds; these are blurred with the rest if they are far."""
    y = sheet.height * horizon
    sky(sheet, random, hour, y)
    hills(sheet, random, hour, y)
    pen = sheet.pen()
    for x in spread(sheet, 4, left=0.04, right=0.96):
        tree(pen.at(x + random.uniform(-60, 60), y + 14, random.uniform(0.5, 0.8)), random)
    _house(pen.at(sheet.width * random.uniform(0.6, 0.8), y + 12, 0.85))
    for _ in range(7):
        bush(pen, random, random.uniform(0, sheet.width), y + 26, random.uniform(0.5, 0.9), hue("#6B9B58"))
    if not far:
        sheet.blur(1.4)
    rows(sheet, random, y, kind=kind)


def _house(pen: Pen) -> None:
    """White walls and dark tiles, as between the canals."""
    pen.box(-190, -150, 190, 0, (hue("#FBF6EC"), hue("#E9E0D0")))
    for x in (-140, -40, 60):
        pen.box(x, -104, x + 58, -40, hue("#8FB4C4"), round_=4)
        pen.box(x + 26, -104, x + 31, -40, hue("#FBF6EC"))
    pen.fill([(-226, -146), (226, -146), (176, -206), (-176, -206)], (hue("#6A6E78"), hue("#4D505A")))
    for side in (-1, 1):
        pen.fill([(side * 168, -146), (side * 200, -146), (side * 200, -214), (side * 184, -232), (side * 168, -214)], hue("#F4EEE2"))


def _dressed(looks: Sequence[Look], random: Random) -> list[Look]:
    """Some keep the sun off with a straw hat."""
    return [look.wearing(hat="straw" if random.random() < 0.6 else "") for look in looks]


def _in_the_beds(
    sheet: Sheet, looks: Sequence[Look], random: Random, pose: Pose, size: float, y: float, *, inward: bool = False
) -> list[Pen]:
    pens = []
    margin = 0.5 / (len(looks) + 0.6)
    for index, x in enumerate(spread(sheet, len(looks), left=margin, right=1 - margin)):
        pen = sheet.pen().at(x, y + random.uniform(-26, 26), size * random.uniform(0.96, 1.04), mirrored=(index % 2 == 0) == inward)
        figure(pen, looks[index], pose)
        pens.append(pen)
    return pens


def beds(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Among the rows, with a head of greens held up."""
    _field(sheet, random, hour, horizon=0.4, kind="greens")
    size = size_for(sheet, len(looks) + 1, share=0.62)
    pose = Pose((-70, 214), (66, 150), turn=0.3, mood="laugh")
    for pen, look in zip(_in_the_beds(sheet, _dressed(looks, random), random, pose, size, sheet.height * 0.88), looks, strict=True):
        greens(pen.at(70, -444 + 160 if look.wheels else -490 + 160, 0.9), random)
    basket(sheet.pen().at(sheet.width * random.choice((0.1, 0.9)), sheet.height * 0.97, 1.1), random, kind=0)
    flowers(sheet.pen(), random, 16, 0, sheet.width, sheet.height * 1.02)


def harvest(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Full baskets before us, those who picked them behind."""
    _field(sheet, random, hour, horizon=0.36, kind=random.choice(("greens", "tomatoes")), far=True)
    sheet.blur(4)
    y = sheet.height * 0.72
    behind_table(sheet, _dressed(looks, random), random, y, held=_one_head, mood=random.choice(("", "laugh", "glad")))
    top = table(sheet, y, colour=hue("#B58A5E"))
    deep = sheet.height - y
    kinds = random.sample(range(4), 4)
    for index, x in enumerate(spread(sheet, 4, left=0.12, right=0.88)):
        basket(top.at(x, y + deep * (0.8 if index % 2 else 0.7), 1.25), random, kind=kinds[index])
    for x in (0.26, 0.74):
        pumpkin(top.at(sheet.width * x, sheet.height * 0.985, 1.0), random)


def _one_head(pen: Pen, random: Random) -> None:
    greens(pen.at(0, 10, 0.82), random)


def _one_pot(pen: Pen, random: Random) -> None:
    seedling(pen.at(0, 26, 0.95), random)


def watering(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Each with a can; drops in the light."""
    _field(sheet, random, hour, horizon=0.42, kind=random.choice(("greens", "tomatoes")))
    size = size_for(sheet, len(looks) + 1, share=0.6)
    pose = Pose((-92, 170), (-30, 214), turn=-0.6, mood="smile")
    people = _dressed(looks, random)
    for pen, look in zip(_in_the_beds(sheet, people, random, pose, size, sheet.height * 0.86, inward=True), looks, strict=True):
        can = pen.at(-84, (-444 if look.wheels else -490) + 178)
        drops(can, random)
        watering_can(can, random)
    flowers(sheet.pen(), random, 22, 0, sheet.width, sheet.height * 1.03, size=1.2)


def seedlings(sheet: Sheet, looks: Sequence[Look], random: Random, hour: Light) -> None:
    """Pricking out in the greenhouse."""
    _greenhouse(sheet, random, hour)
    y = sheet.height * 0.68
    behind_table(sheet, looks, random, y, held=_one_pot, mood=random.choice(("", "down")))
    top = table(sheet, y, colour=hue("#A98A68"))
    deep = sheet.height - y
    for x in (0.22, 0.68):
        tray(top.at(sheet.width * x, y + deep * 0.42, 1.1), random)
    for x in (0.4, 0.92):
        tray(top.at(sheet.width * x, y + deep * 0.84, 1.35), random)


def _greenhouse(sheet: Sheet, random: Random, hour: Light) -> None:
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    pen.box(0, 0, w, h, (mix(hour.top, hue("#FFFFFF"), 0.45), hour.low))
    pen.glow(w * 0.25, h * 0.14, 620, hour.sun, alpha=0.6)
    for _ in range(12):
        bush(pen, random, random.uniform(0, w), h * 0.62, random.uniform(0.9, 1.7), mix(hue("#7FAE6A"), hour.low, 0.35))
    for step in range(7):
        x = w * step / 6
        pen.line([(x, h * 0.66), (x, h * 0.3), (x + (w / 2 - x) * 0.5, h * 0.06), (w / 2, -30)], 15, light(hue("#C9D6D0"), 0.5))
    for part in (0.3, 0.12):
        pen.box(0, h * part, w, h * part + 11, light(hue("#C9D6D0"), 0.5), alpha=0.85)
    for row, y in ((0.44, h * 0.5), (0.6, h * 0.68)):
        pen.box(0, y, w, y + 22, hue("#A98A68"))
        for x in spread(sheet, 13, left=0.02, right=0.98):
            seedling(pen.at(x + random.uniform(-10, 10), y, 0.9 + row * 0.5), random)
    sheet.blur(5)


SCENES = {"beds": beds, "harvest": harvest, "watering": watering, "seedlings": seedlings}
