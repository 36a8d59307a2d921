"""Rooms and stages: where people meet inside."""

from random import Random

from backend.demo.pictures.light import Light
from backend.demo.pictures.nature import bush, clouds, potted_plant
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.shapes import Colour, dark, hue, light, mix

WOOD, FRAME = hue("#C08A58"), hue("#FAF3E6")
BOXES = tuple(map(hue, "#C99A66 #D8B07C #B98552 #7FA7A8 #D9836A #E7BE6B".split()))


def room(sheet: Sheet, random: Random, hour: Light, *, wall: Colour, floor: Colour = WOOD, things: str = "window shelf") -> None:
    """A wall with a window, a floor, and what stands along the wall; a little out of focus."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    edge = h * 0.74
    pen.box(0, 0, w, h, (light(wall, 0.3), wall))
    pen.box(0, edge, w, h, (dark(floor, 0.1), light(floor, 0.12)))
    pen.box(0, edge - 16, w, edge, dark(wall, 0.16))
    places = [w * 0.2, w * 0.56, w * 0.86]
    random.shuffle(places)
    for thing, x in zip(things.split(), places, strict=False):
        {"window": _window, "shelf": _shelf, "pictures": _pictures, "plant": _plant, "scroll": _scroll}[thing](pen, random, hour, x, h)
    for slant in (0.1, 0.34):  # the sun through a window that we do not see
        pen.fill([(w * slant, 0), (w * (slant + 0.14), 0), (w * (slant + 0.5), h), (w * (slant + 0.3), h)], hour.sun, alpha=0.1, soft=14)
    sheet.blur(4.5)


def _window(pen: Pen, random: Random, hour: Light, x: float, h: float) -> None:
    wide, top, bottom = 250, h * 0.08, h * 0.5
    pen.box(x - wide - 16, top - 16, x + wide + 16, bottom + 16, dark(FRAME, 0.12), round_=10)
    glass = [(x - wide, top), (x + wide, top), (x + wide, bottom), (x - wide, bottom)]
    view = pen.within(glass)
    view.fill(glass, (hour.top, hour.low))
    view.glow(x + wide * 0.5, top + 90, 240, hour.sun, alpha=0.8)
    clouds(view, random, x - wide, x + wide, top + 60, 2, size=0.6)
    for _ in range(5):
        bush(view, random, x + random.uniform(-wide, wide), bottom + 20, random.uniform(0.7, 1.2), hue("#7FA766"))
    pen.box(x - 9, top, x + 9, bottom, FRAME)
    pen.box(x - wide, top + (bottom - top) * 0.32, x + wide, top + (bottom - top) * 0.32 + 14, FRAME)
    pen.box(x - wide - 34, bottom + 8, x + wide + 34, bottom + 34, FRAME, round_=6)
    potted_plant(pen.at(x - wide * 0.6, bottom + 10, 0.62), random)


def _shelf(pen: Pen, random: Random, _hour: Light, x: float, h: float) -> None:
    for row in (0.18, 0.36, 0.54):
        y = h * row
        at = x - 210.0
        while at < x + 180:
            wide, high = random.uniform(50, 110), random.uniform(50, 120)
            colour = random.choice(BOXES)
            pen.box(at, y - high, at + wide, y, (light(colour), colour), round_=4)
            pen.box(at + wide * 0.3, y - high * 0.7, at + wide * 0.7, y - high * 0.4, light(colour, 0.6), round_=3)
            at += wide + random.uniform(6, 30)
        pen.box(x - 240, y, x + 240, y + 18, dark(WOOD, 0.12))
        pen.box(x - 240, y + 18, x + 240, y + 44, (70, 50, 60), alpha=0.14, soft=8)


def _pictures(pen: Pen, random: Random, _hour: Light, x: float, h: float) -> None:
    """What the members painted, and a string of red paper cuts."""
    for number in range(3):
        left, top = x - 230 + number * 160, h * random.uniform(0.12, 0.2)
        pen.box(left, top, left + 130, top + 160, dark(FRAME, 0.2), round_=4)
        pen.box(left + 8, top + 8, left + 122, top + 152, (light(random.choice(BOXES), 0.7), light(random.choice(BOXES), 0.4)))
        pen.oval(left + 65, top + 92, 34, 30, random.choice(BOXES))
        pen.oval(left + 92, top + 44, 14, 14, hue("#F2C14E"))
    pen.line([(x - 260, h * 0.06), (x, h * 0.1), (x + 260, h * 0.06)], 5, dark(WOOD, 0.3))
    for number in range(7):
        at = x - 240 + number * 80
        pen.fill([(at - 24, h * 0.075), (at + 24, h * 0.075), (at, h * 0.075 + 46)], hue(("#D8493F", "#EFB84C", "#5A9A8B")[number % 3]))


def _plant(pen: Pen, random: Random, _hour: Light, x: float, h: float) -> None:
    potted_plant(pen.at(x, h * 0.78, 1.9), random)


def _scroll(pen: Pen, random: Random, _hour: Light, x: float, h: float) -> None:
    """A landscape in ink on a hanging scroll."""
    pen.box(x - 120, h * 0.06, x + 120, h * 0.56, hue("#EADBBE"), round_=3)
    pen.box(x - 92, h * 0.12, x + 92, h * 0.5, hue("#FBF6EA"))
    scene = pen.within([(x - 92, h * 0.12), (x + 92, h * 0.12), (x + 92, h * 0.5), (x - 92, h * 0.5)])
    for part, shade in ((0.26, 0.35), (0.34, 0.55), (0.42, 0.75)):
        points = [(x - 140 + step * 56, h * (part + random.uniform(-0.05, 0.05))) for step in range(6)]
        scene.fill([(x - 140, h), *points, (x + 140, h)], mix(hue("#FBF6EA"), hue("#4A5A66"), shade), soft=3)
    scene.oval(x + 40, h * 0.18, 20, 20, hue("#D0503F"))
    for y in (0.055, 0.555):
        pen.box(x - 134, h * y, x + 134, h * y + 16, dark(WOOD, 0.35), round_=8)


def table(sheet: Sheet, y: float, *, colour: Colour = WOOD, cloth: Colour | None = None) -> Pen:
    """A table top from `y` down to us, with the light on it."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    face = cloth or light(colour, 0.3)
    pen.box(0, y - 26, w, y, (60, 40, 50), alpha=0.16, soft=12)
    pen.box(0, y, w, h, (light(face, 0.1), dark(face, 0.14)))
    pen.box(0, y, w, y + 9, light(face, 0.6), alpha=0.8)
    if cloth is None:
        for row in range(1, 6):
            line = y + (h - y) * (row / 6) ** 1.4
            pen.line([(0, line), (w * 0.4, line + 5), (w, line - 3)], 3.4, dark(face, 0.22), alpha=0.4)
    pen.oval(w * 0.3, y + (h - y) * 0.3, w * 0.34, (h - y) * 0.26, (255, 246, 220), alpha=0.2, soft=60)
    return pen


def stage(sheet: Sheet, random: Random, *, curtain: Colour, back: Colour) -> float:
    """Curtains, beams of light and boards; returns where the boards begin."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    edge = h * 0.68
    pen.box(0, 0, w, h, (dark(back, 0.35), light(back, 0.15)))
    for _ in range(22):
        r = random.uniform(8, 26)
        pen.oval(
            random.uniform(0.15, 0.85) * w, random.uniform(0.06, 0.55) * h, r, r, hue("#FFE2A0"), alpha=random.uniform(0.12, 0.4), soft=4
        )
    pen.box(0, edge, w, h, (hue("#B97B4A"), hue("#8A5434")))
    for step in range(-8, 18):
        pen.line(
            [(w / 2 + (step * 0.11 - 0.5) * w * 0.9, edge), (w / 2 + (step * 0.11 - 0.5) * w * 1.9, h)],
            3,
            hue("#6E4029"),
            alpha=0.4,
            straight=True,
        )
    for x, lean in ((0.2, 0.2), (0.5, 0.0), (0.8, -0.2)):
        at = w * x
        pen.fill(
            [(at - 40, -20), (at + 40, -20), (at + (0.2 + lean) * w, h * 0.92), (at + (lean - 0.2) * w, h * 0.92)],
            hue("#FFF0C4"),
            alpha=0.16,
            soft=18,
        )
        pen.oval(at + lean * w, h * 0.88, w * 0.17, h * 0.06, hue("#FFE7AE"), alpha=0.35, soft=20)
    _curtains(pen, w, h, curtain)
    sheet.blur(1.6)
    return edge


def _curtains(pen: Pen, w: float, h: float, colour: Colour) -> None:
    for side in (0, 1):
        for fold in range(6):
            wide = w * 0.032
            x = fold * wide if not side else w - (fold + 1) * wide
            low = h * (0.86 - 0.05 * fold)
            pen.curve(
                [(x, -60), (x + wide, -60), (x + wide * 1.02, low - 60), (x + wide / 2, low), (x - wide * 0.02, low - 60)],
                (colour, dark(colour, 0.3)),
            )
            pen.box(x + wide * 0.62, 0, x + wide, low - 70, dark(colour, 0.5), alpha=0.3, soft=6)
    count = 8
    for fold in range(count):
        left, right = w * fold / count, w * (fold + 1) / count
        pen.curve(
            [(left, -50), (right, -50), (right, h * 0.05), ((left + right) / 2, h * 0.14), (left, h * 0.05)], (dark(colour, 0.25), colour)
        )
        pen.line([(left + 6, h * 0.055), ((left + right) / 2, h * 0.137), (right - 6, h * 0.055)], 7, hue("#E9B949"))
