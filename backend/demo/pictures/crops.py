"""What is harvested and what it is carried in. Everything stands on its pen's origin."""

from random import Random

from backend.demo.pictures.nature import GREENS
from backend.demo.pictures.pen import Pen
from backend.demo.pictures.shapes import arc, dark, hue, leaf, light, smooth

WICKER, TOMATO, CARROT, SQUASH = hue("#C08A4E"), hue("#DB4B3A"), hue("#EE8B3B"), hue("#E59A33")


def greens(pen: Pen, random: Random) -> None:
    """A head of pak choi, 120 high, lying leaves up."""
    green = random.choice(GREENS)
    for turn in (-140, -40, -118, -62, -90):
        pen.line([(0, 0), ((turn + 90) * 0.5, -52)], 22, hue("#EFF4DC"), end=14, straight=True)
        shade = light(green, 0.15) if turn == -90 else dark(green, 0.02 + 0.1 * (turn in {-140, -40}))
        pen.fill(leaf((turn + 90) * 0.36, -36, 92, 30, turn), shade)
        pen.line([((turn + 90) * 0.4, -44), ((turn + 90) * 0.95, -96)], 4, hue("#DDEBC4"), end=2, alpha=0.8, straight=True)
    pen.oval(0, -4, 22, 14, hue("#F6F8E8"))


def tomato(pen: Pen, _random: Random) -> None:
    pen.oval(0, -26, 30, 27, (light(TOMATO, 0.2), dark(TOMATO, 0.12)))
    pen.oval(-11, -36, 8, 6, (255, 236, 220), alpha=0.8, soft=2)
    for turn in (-160, -125, -90, -55, -20):
        pen.fill(leaf(0, -50, 18, 4, turn), hue("#4C8A45"))


def radish(pen: Pen, _random: Random) -> None:
    for turn in (-125, -98, -72):
        pen.fill(leaf(0, -70, 86, 17, turn), GREENS[turn % 3])
    pen.curve([(-30, -62), (0, -76), (30, -62), (26, -30), (5, 4), (-5, 4), (-26, -30)], (hue("#F7F4EA"), hue("#E5DCD2")))
    pen.curve([(-30, -60), (0, -76), (30, -60), (0, -52)], hue("#C9DBA4"))


def carrot(pen: Pen, _random: Random) -> None:
    for turn in (-120, -95, -70):
        pen.fill(leaf(0, -80, 66, 9, turn), hue("#5E9A4B"))
    pen.curve([(-20, -74), (0, -86), (20, -74), (10, -24), (0, 6), (-10, -24)], (light(CARROT, 0.15), dark(CARROT, 0.1)))
    for y in (-60, -42):
        pen.line([(-12, y), (-2, y + 2)], 3, dark(CARROT, 0.2), straight=True)


def pumpkin(pen: Pen, _random: Random) -> None:
    pen.shadow(0, 0, 80, 14)
    for x in (-42, 42, -22, 22, 0):
        pen.oval(x, -52, 34, 52, (light(SQUASH, 0.25 - abs(x) / 300), dark(SQUASH, 0.06 + abs(x) / 240)))
    pen.line([(0, -98), (4, -116), (16, -124)], 15, hue("#6E7F3F"), end=10)


KINDS = (greens, radish, tomato, carrot)


def basket(pen: Pen, random: Random, *, kind: int | None = None) -> None:
    """A round wicker basket, heaped; 260 wide."""
    pen.shadow(0, 2, 150, 22)
    heap = KINDS[random.randrange(4) if kind is None else kind]
    pen.oval(0, -118, 124, 34, dark(WICKER, 0.5))
    places = [(x, y) for y, row in ((-118, (-84, -42, 0, 42, 84)), (-100, (-66, -22, 22, 66))) for x in row]
    for x, y in places:
        heap(pen.at(x + random.uniform(-8, 8), y + random.uniform(-6, 16), 0.86, turn=x * 0.32 + random.uniform(-8, 8)), random)
    shell = smooth([(-132, -112), (-60, -86), (0, -80), (60, -86), (132, -112), (112, -24), (70, 0), (0, 6), (-70, 0), (-112, -24)])
    pen.fill(shell, (light(WICKER, 0.22), dark(WICKER, 0.18)))
    inside = pen.within(shell)
    for row in range(5):
        y = -92 + row * 22
        for step in range(-7, 8):
            x = step * 20 + (row % 2) * 10
            inside.line(arc(x, y + abs(x) * -0.14, 11, 9, 190, 350), 6, dark(WICKER, 0.16), straight=True)
    pen.line([(-134, -112), (-60, -84), (0, -78), (60, -84), (134, -112)], 15, light(WICKER, 0.3))


def watering_can(pen: Pen, _random: Random) -> None:
    """Held at its handle: the pen's origin. Pours to the left."""
    blue = hue("#3F8FA8")
    pen.line(arc(-4, 20, 46, 30, 180, 360), 9, dark(blue, 0.2), straight=True)
    pen.line([(-44, 92), (-96, 58), (-124, 22)], 20, dark(blue, 0.08), end=12)
    pen.curve([(-136, 34), (-118, 4), (-108, 10), (-124, 40)], dark(blue, 0.25))
    pen.fill(smooth([(-54, 24), (0, 14), (54, 24), (58, 104), (0, 114), (-58, 104)]), (light(blue, 0.25), dark(blue, 0.12)))
    pen.oval(0, 24, 48, 10, dark(blue, 0.35))


def drops(pen: Pen, random: Random) -> None:
    """What falls from the can's rose, down to the left."""
    for _ in range(26):
        part = random.random()
        x, y = -134 - 66 * part + random.uniform(-16, 16), 24 + 230 * part**1.6
        pen.fill(leaf(x, y, 20, 3.4, 104), hue("#D8F0F6"), alpha=0.9)


def seedling(pen: Pen, random: Random) -> None:
    """In its little pot of soil, 110 high."""
    green = light(random.choice(GREENS), 0.15)
    pen.line([(0, -44), (random.uniform(-6, 6), -88)], 7, green, end=5)
    for turn in (-158, -22, -116, -66):
        pen.fill(leaf(0, -80 if turn in {-116, -66} else -70, random.uniform(36, 48), 12, turn), (light(green, 0.15), dark(green, 0.1)))
    pen.oval(0, -46, 33, 10, hue("#6B4632"))
    pen.curve([(-36, -46), (36, -46), (29, 0), (0, 5), (-29, 0)], (hue("#3D4149"), hue("#24262C")))


def tray(pen: Pen, random: Random, *, wide: int = 5) -> None:
    """Rows of seedlings in a flat box."""
    half = wide * 38
    pen.shadow(0, 20, half + 30, 26)
    for row in range(3):
        for column in range(wide):
            x = (column - (wide - 1) / 2) * 72 + (row - 1) * 10
            seedling(pen.at(x + random.uniform(-4, 4), -40 + row * 28, 0.82 + 0.08 * row), random)
    pen.fill([(-half - 10, -20), (half + 10, -20), (half + 22, 44), (-half - 22, 44)], (hue("#B98552"), hue("#8F6238")))
    pen.box(-half - 14, -24, half + 14, -8, hue("#D3A06B"), round_=4)
