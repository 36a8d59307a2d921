"""What grows and shines: skies, trees, fields, water."""

from random import Random

from backend.demo.pictures.light import Light
from backend.demo.pictures.pen import Pen, Sheet
from backend.demo.pictures.shapes import Colour, dark, hue, leaf, light, mix

GREENS = tuple(map(hue, "#5E9A4B #6FAE55 #4C8A55 #85B85A #3F7D52".split()))
POTS = tuple(map(hue, "#C9694A #E8DCC8 #6C95A8 #D99A56".split()))
BARK = hue("#7A5640")


def sky(sheet: Sheet, random: Random, hour: Light, horizon: float) -> None:
    pen, w = sheet.pen(), sheet.width
    pen.box(0, 0, w, horizon + 40, (hour.top, hour.low))
    x = w * random.uniform(0.12, 0.4)
    y = sheet.height * hour.height
    pen.glow(x, y, 520, hour.sun, alpha=0.55)
    pen.oval(x, y, 58, 58, light(hour.sun, 0.5), soft=3)
    clouds(pen, random, 0, w, sheet.height * 0.16, 4, size=1.2)


def clouds(pen: Pen, random: Random, left: float, right: float, y: float, count: int, *, size: float) -> None:
    for _ in range(count):
        x, at = random.uniform(left, right), y + random.uniform(-60, 60) * size
        for part in range(4):
            wide = random.uniform(60, 120) * size
            pen.oval(x + part * 62 * size, at - random.uniform(0, 34) * size, wide, wide * 0.42, (255, 252, 244), alpha=0.62, soft=7 * size)


def hills(sheet: Sheet, random: Random, hour: Light, horizon: float, colours: tuple[str, ...] = ("#A9C7B8", "#8DB591")) -> None:
    """Ranges that fade into the light behind them."""
    pen, w = sheet.pen(), sheet.width
    for number, code in enumerate(colours):
        colour = mix(hue(code), hour.low, 0.42 - 0.2 * number)
        high = (150 - 60 * number) * random.uniform(0.8, 1.2)
        points = [(w * step / 5, horizon - high * random.uniform(0.35, 1)) for step in range(-1, 7)]
        pen.curve([(-400, horizon + 90), *points, (w + 400, horizon + 90)], (colour, mix(colour, hour.low, 0.4)))


def tree(pen: Pen, random: Random, *, colour: Colour | None = None) -> None:
    """A round crown on a trunk; stands on the pen's origin, about 400 high."""
    green = colour or random.choice(GREENS)
    pen.shadow(30, 0, 130, 16, alpha=0.25)
    pen.line([(0, 4), (4, -120), (-2, -220)], 40, BARK, end=22)
    pen.line([(2, -130), (46, -220)], 18, BARK, end=8)
    heap = [(random.uniform(-96, 96), -250 + random.uniform(-96, 70), random.uniform(60, 88)) for _ in range(9)]
    for x, y, r in heap:
        pen.oval(x + 10, y + 16, r, r * 0.92, dark(green, 0.24))
    for x, y, r in heap:
        pen.oval(x - 8, y - 10, r * 0.82, r * 0.74, green)
    for x, y, r in heap[::2]:
        pen.oval(x - 22, y - 26, r * 0.42, r * 0.34, light(green, 0.4), alpha=0.8)


def bush(pen: Pen, random: Random, x: float, y: float, size: float, green: Colour) -> None:
    for part in range(4):
        r = random.uniform(50, 80) * size
        pen.oval(x + (part - 1.5) * 58 * size, y - r * 0.55, r, r * 0.86, (light(green, 0.2), dark(green, 0.24)))


def willow(pen: Pen, random: Random, *, length: float = 420) -> None:
    """Long twigs that hang into the picture from above, near us."""
    for number in range(15):
        x = number * 30 + random.uniform(-14, 14)
        low = length * random.uniform(0.5, 1.0)
        green = mix(random.choice(GREENS), hue("#C7D36A"), 0.35)
        sway = random.uniform(-34, 10)
        pen.line([(x, -40), (x + sway * 0.3, low * 0.5), (x + sway, low)], 4, dark(green, 0.2), end=2)
        for step in range(3, 15):
            y = low * step / 15
            at = x + sway * (step / 15) ** 2
            pen.fill(leaf(at, y, 34, 6, 62 if step % 2 else 118), green)


def potted_plant(pen: Pen, random: Random) -> None:
    """About 200 high; stands on the pen's origin."""
    green, pot = random.choice(GREENS), random.choice(POTS)
    for turn in range(-165, -10, 17):
        length = random.uniform(100, 150)
        shade = (green, dark(green, 0.2), light(green, 0.2))[turn % 3]
        pen.fill(leaf(0, -70, length, 17, turn + random.uniform(-7, 7)), shade)
    pen.curve([(-48, -84), (48, -84), (40, -6), (28, 2), (-28, 2), (-40, -6)], (light(pot, 0.2), dark(pot, 0.2)))
    pen.box(-54, -94, 54, -72, light(pot, 0.12), round_=8)


def flowers(pen: Pen, random: Random, count: int, left: float, right: float, y: float, *, size: float = 1) -> None:
    """A strip of meadow flowers, near us."""
    for _ in range(count):
        x, high = random.uniform(left, right), random.uniform(50, 130) * size
        pen.line([(x, y + 20), (x + random.uniform(-14, 14), y - high)], 5 * size, random.choice(GREENS), end=3 * size, straight=True)
        pen.fill(leaf(x, y - high * 0.3, 46 * size, 11 * size, random.choice((-40, -140))), random.choice(GREENS))
        colour = hue(random.choice(("#F2C14E", "#E8776A", "#FFF3E0", "#D887B0", "#F0955A")))
        for turn in range(0, 360, 72):
            pen.fill(leaf(x, y - high, 22 * size, 9 * size, turn + high), colour)
        pen.oval(x, y - high, 7 * size, 7 * size, hue("#B9742F"))


def rows(sheet: Sheet, random: Random, horizon: float, *, kind: str = "greens", count: int = 7) -> None:
    """A field of vegetables in rows that run away from us."""
    pen, w, h = sheet.pen(), sheet.width, sheet.height
    soil = hue("#9C6B47")
    pen.box(0, horizon, w, h, (mix(soil, hue("#C9A57C"), 0.5), dark(soil, 0.14)))
    vanish = w * random.uniform(0.42, 0.58)
    for row in range(-count, count + 1):
        near, far = vanish + row * w * 0.19, vanish + row * w * 0.032
        pen.fill([(far - 6, horizon), (far + 6, horizon), (near + w * 0.05, h), (near - w * 0.05, h)], dark(soil, 0.26), alpha=0.5)
    for step in range(15):
        depth = (step / 14) ** 1.9
        y = horizon + 12 + (h - horizon) * depth
        for row in range(-count, count + 1):
            x = vanish + row * w * (0.032 + 0.158 * depth)
            if -120 < x < w + 120:
                plant(pen.at(x, y, 0.13 + 0.95 * depth), random, kind)


def plant(pen: Pen, random: Random, kind: str) -> None:
    """One vegetable in the bed, about 100 high."""
    green = mix(random.choice(GREENS), hue("#9CCB57"), 0.3 if kind == "greens" else 0.05)
    pen.oval(8, 4, 66, 14, (70, 42, 36), alpha=0.3)
    for turn in (-158, -22, -132, -48, -110, -72, -90):
        shade = light(green, 0.18) if turn in {-90, -72} else dark(green, 0.05 + 0.1 * (turn in {-158, -22}))
        pen.fill(leaf(0, 6, random.uniform(78, 108), 26, turn + random.uniform(-8, 8)), shade)
    if kind == "greens":
        for turn in (-118, -62, -90):
            pen.line([(0, 6), (turn + 90, -52)], 6, hue("#EAF2D2"), end=3, alpha=0.8, straight=True)
    else:
        for x, y in ((-26, -40), (20, -58), (32, -20)):
            pen.oval(x, y, 15, 15, hue("#DB4B3A"))
            pen.oval(x - 5, y - 5, 4, 4, hue("#FFD9C4"))


def water(sheet: Sheet, random: Random, hour: Light, top: float, bottom: float) -> None:
    """A lake with the sky in it."""
    pen, w = sheet.pen(), sheet.width
    blue = mix(hour.top, hue("#4F8FA6"), 0.45)
    pen.box(0, top, w, bottom, (mix(hour.low, blue, 0.35), blue))
    for _ in range(70):
        y = top + (bottom - top) * random.random() ** 1.4
        x, wide = random.uniform(0, w), random.uniform(30, 150) * (0.4 + (y - top) / (bottom - top))
        pen.oval(x, y, wide, 3.4, random.choice((light(hour.low, 0.4), dark(blue, 0.12))), alpha=0.42)
