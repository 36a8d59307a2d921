"""The yard and the lake: where people move."""

from random import Random

from backend.demo.pictures.groups import spread
from backend.demo.pictures.light import Light
from backend.demo.pictures.nature import bush, flowers, hills, sky, tree, water, willow
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.shapes import arc, dark, hue, light, mix

TILES, LIME, STONE = hue("#565A66"), hue("#FBF5E9"), hue("#D9C6A8")


def yard(sheet: Sheet, random: Random, hour: Light, *, court: bool = False) -> None:
    """The Home's front, trees, and paving that takes the evening sun."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    edge = h * 0.52
    sky(sheet, random, hour, edge)
    _front(pen.at(w * 0.56, edge), random, w)
    for x in (0.05, 0.95):
        tree(pen.at(w * x, edge + 24, random.uniform(1.0, 1.25)), random)
    for x in spread(sheet, 8, left=0, right=1):
        bush(pen, random, x, edge + 22, random.uniform(0.4, 0.6), hue("#6B9B58"))
    ground = hue("#C9765A") if court else STONE
    pen.box(0, edge + 16, w, h, (mix(ground, hour.low, 0.35), dark(ground, 0.06)))
    if court:
        _court(pen, w, h, edge + 16)
    else:
        _paving(pen, w, h, edge + 16)
    for _ in range(9):  # the shade of leaves
        x, y = random.uniform(0, w), random.uniform(edge + 60, h)
        pen.oval(x, y, random.uniform(90, 200), random.uniform(14, 34), (84, 62, 92), alpha=0.13, soft=12)
    sheet.blur(2.4)


def _front(pen: Pen, random: Random, w: float) -> None:
    """A long white house with a gate, lanterns and a flag of greetings."""
    half = w * 0.36
    pen.box(-half, -250, half, 20, (LIME, dark(LIME, 0.08)))
    for index in range(6):
        x = -half + half * 2 * (index + 0.5) / 6
        if index == 2:
            _door(pen.at(x, 20))
            continue
        pen.box(x - 58, -170, x + 58, -60, light(TILES, 0.6), round_=5)
        pen.box(x - 50, -162, x + 50, -68, (hue("#9CC4D4"), hue("#D8E6DE")), round_=3)
        pen.box(x - 4, -162, x + 4, -68, LIME)
        pen.box(x - 66, -60, x + 66, -46, light(hue("#B98552"), 0.3), round_=3)
        for spot in (-36, 0, 36):
            pen.oval(x + spot, -66, 20, 14, random.choice((hue("#E8776A"), hue("#F2C14E"), hue("#7FAE6A"))))
    pen.fill([(-half - 46, -240), (half + 46, -240), (half - 6, -330), (-half + 6, -330)], (light(TILES, 0.12), TILES))
    for index in range(24):
        x = -half - 30 + (2 * half + 60) * index / 23
        pen.line([(x, -244), (x * 0.94, -326)], 4, dark(TILES, 0.2), alpha=0.5, straight=True)


def _door(pen: Pen) -> None:
    pen.box(-70, -190, 70, 0, hue("#B5533C"), round_=8)
    pen.box(-58, -178, 58, 0, hue("#8A3B2E"))
    pen.box(-3, -178, 3, 0, hue("#B5533C"))
    for side in (-1, 1):
        pen.oval(side * 16, -84, 6, 6, hue("#F2C14E"))
        lantern(pen.at(side * 100, -190, 0.5))


def lantern(pen: Pen) -> None:
    """Hangs from the pen's origin, 130 high."""
    red = hue("#D8392F")
    pen.line([(0, 0), (0, 20)], 4, hue("#7A5640"), straight=True)
    pen.glow(0, 66, 150, hue("#FFB27A"), alpha=0.25)
    for wide in (56, 38, 18):
        pen.oval(0, 66, wide, 46, mix(red, hue("#F0744F"), (56 - wide) / 56))
    for y in (20, 106):
        pen.box(-24, y, 24, y + 10, hue("#F2C14E"), round_=3)
    for x in (-8, 0, 8):
        pen.line([(x, 116), (x * 1.4, 148)], 4, hue("#F2C14E"), straight=True)


def _paving(pen: Pen, w: float, h: float, edge: float) -> None:
    for step in range(-9, 10):
        pen.line([(w / 2 + step * w * 0.08, edge), (w / 2 + step * w * 0.24, h)], 3, dark(STONE, 0.16), alpha=0.5, straight=True)
    for row in range(6):
        y = edge + (h - edge) * (row / 6) ** 1.7
        pen.line([(0, y), (w, y)], 3, dark(STONE, 0.16), alpha=0.5, straight=True)


def _court(pen: Pen, w: float, h: float, edge: float) -> None:
    white = hue("#FFF3E2")
    pen.line([(w * 0.06, edge + 30), (-w * 0.2, h)], 9, white, alpha=0.8, straight=True)
    pen.line([(w * 0.94, edge + 30), (w * 1.2, h)], 9, white, alpha=0.8, straight=True)
    pen.line([(w * 0.06, edge + 30), (w * 0.94, edge + 30)], 7, white, alpha=0.8, straight=True)
    pen.line(arc(w / 2, h * 0.86, w * 0.3, h * 0.12, 0, 360), 9, white, alpha=0.8, straight=True)


def lakeside(sheet: Sheet, random: Random, hour: Light) -> float:
    """South Lake: far hills, a pavilion, a bridge, willows over the path; returns where the path begins."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    shore, path = h * 0.4, h * 0.68
    sky(sheet, random, hour, shore)
    hills(sheet, random, hour, shore, ("#A3BFC4", "#86AE9C", "#6E9C7C"))
    for x in spread(sheet, 9, left=0, right=1):
        bush(pen, random, x + random.uniform(-40, 40), shore + 14, random.uniform(0.35, 0.6), mix(hue("#6B9B58"), hour.low, 0.25))
    water(sheet, random, hour, shore + 6, path)
    pavilion(pen.at(w * random.choice((0.24, 0.7)), shore + 36, 0.9), hour)
    _bridge(pen.at(w * 0.48, shore + 40, 0.8))
    for _ in range(7):
        _lotus(pen.at(random.uniform(0, w), random.uniform(path - 110, path - 20), random.uniform(0.6, 1.1)))
    pen.box(0, path - 16, w, h, (hue("#8FB45F"), hue("#6E9A4B")))
    pen.fill([(0, path + 30), (w, path + 60), (w, h * 0.95), (0, h * 0.93)], (light(STONE, 0.2), dark(STONE, 0.04)))
    _railing(pen, w, path)
    sheet.blur(2.6)
    return path


def pavilion(pen: Pen, hour: Light) -> None:
    """Red pillars under a flying roof, and what the water shows of it."""
    red = hue("#B5483A")
    pen.box(-90, 0, 90, 90, red, alpha=0.22, soft=10)
    for x in (-76, -28, 28, 76):
        pen.box(x - 7, -110, x + 7, 0, (red, dark(red, 0.2)))
    pen.box(-100, -14, 100, 8, dark(STONE, 0.1), round_=4)
    for y, wide in ((-104, 150), (-164, 104)):
        roof = [
            (-wide, y - 8),
            (-wide * 0.62, y - 18),
            (-wide * 0.34, y - 58),
            (wide * 0.34, y - 58),
            (wide * 0.62, y - 18),
            (wide, y - 8),
            (wide * 0.6, y + 12),
            (-wide * 0.6, y + 12),
        ]
        pen.curve(roof, (light(TILES, 0.2), TILES))
        pen.line([(-wide * 0.6, y + 10), (wide * 0.6, y + 10)], 5, mix(hue("#E9B949"), hour.low, 0.2), straight=True)
    pen.line([(0, -220), (0, -250)], 10, TILES, end=3, straight=True)


def _bridge(pen: Pen) -> None:
    outer = arc(0, 20, 190, 80, 180, 360)
    pen.fill([*outer, (240, 26), (-240, 26)], (LIME, dark(LIME, 0.14)))
    pen.oval(0, 28, 70, 52, hue("#7DA7AC"))
    pen.box(-240, 26, 240, 80, hue("#7DA7AC"), alpha=0.6, soft=6)
    pen.line(arc(0, 8, 196, 82, 185, 355), 8, dark(LIME, 0.2), straight=True)


def _lotus(pen: Pen) -> None:
    pen.oval(0, 0, 62, 15, hue("#5E9A6B"))
    pen.oval(-12, -3, 40, 8, hue("#7FB582"))
    pen.oval(70, 12, 44, 11, hue("#4F8A5F"))
    for x, shade in ((-16, 0.1), (16, 0.1), (0, 0.35)):
        pen.curve([(x * 0.5, -2), (x - 10, -26), (x, -44), (x + 10, -26)], light(hue("#E88FA8"), shade))


def _railing(pen: Pen, w: float, y: float) -> None:
    for step in range(9):
        x = w * step / 8
        pen.box(x - 14, y - 66, x + 14, y + 16, (LIME, dark(LIME, 0.2)), round_=5)
        pen.oval(x, y - 68, 17, 13, LIME)
    for top in (-48, -16):
        pen.box(0, y + top, w, y + top + 13, dark(LIME, 0.05))


def near_leaves(sheet: Sheet, random: Random) -> None:
    """Willow twigs and flowers between us and the people."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    willow(pen.at(-40, 0, 1.0), random, length=h * 0.42)
    willow(pen.at(w + 40, 0, 0.9, mirrored=True), random, length=h * 0.3)
    flowers(pen, random, 24, 0, w, h * 1.02, size=1.2)
