"""What lies on the tables inside. Everything stands on its pen's origin; a hand is about 30 wide."""

from random import Random

from backend.demo.pictures.pen import Pen
from backend.demo.pictures.shapes import Colour, arc, box, dark, hue, leaf, light, oval, smooth, turned

CARTON, PAPER, BRASS, JADE = hue("#CFA06A"), hue("#FCF6EA"), hue("#D9A441"), hue("#6FA08B")
GLASS = tuple(map(hue, "#FFD98A #FFC2A0 #CFE8B8 #BFE0EE #F6C9DC".split()))
BEADS = tuple(map(hue, "#E0574B #F0B443 #4FA08B #4A86C0 #B767A0 #F4EBDD".split()))


def lamp(pen: Pen, random: Random) -> None:
    """A small night lamp that is on: a mushroom of warm glass, 130 high."""
    glass = random.choice(GLASS)
    pen.shadow(0, 0, 46, 9, alpha=0.3)
    pen.glow(0, -86, 150, glass, alpha=0.3)
    pen.curve([(-15, -70), (15, -70), (20, -8), (36, 0), (-36, 0), (-20, -8)], (light(glass, 0.6), hue("#C99A62")))
    dome = smooth([(-60, -62), (-52, -106), (0, -134), (52, -106), (60, -62), (0, -54)])
    pen.fill(dome, (light(glass, 0.75), glass))
    pen.within(dome).oval(-20, -104, 18, 12, (255, 255, 250), alpha=0.75, turn=-25, soft=4)


def carton(pen: Pen, random: Random) -> None:
    """A small gift box, closed, 100 wide."""
    colour = random.choice((CARTON, hue("#D98C6A"), hue("#7FA7A0"), hue("#E3BD6B")))
    pen.shadow(0, 0, 66, 12)
    pen.fill([(-52, -70), (20, -70), (20, 0), (-52, 0)], (light(colour, 0.14), colour))
    pen.fill([(20, -70), (54, -86), (54, -14), (20, 0)], dark(colour, 0.2))
    pen.fill([(-52, -70), (20, -70), (54, -86), (-16, -86)], light(colour, 0.4))
    pen.box(-24, -70, -8, 0, light(colour, 0.6))
    pen.fill([(-24, -70), (-8, -70), (28, -86), (12, -86)], light(colour, 0.75))


def open_carton(pen: Pen, _random: Random) -> None:
    """A big one with its flaps up, half filled."""
    pen.shadow(0, 0, 160, 22)
    pen.fill([(-140, -120), (140, -120), (120, -150), (-120, -150)], dark(CARTON, 0.4))
    for x in (-80, -10, 60):
        lamp(pen.at(x, -110, 0.62), Random(x))  # noqa: S311 - a drawing's chance
    pen.fill([(-140, -120), (140, -120), (128, 0), (-128, 0)], (light(CARTON, 0.16), dark(CARTON, 0.1)))
    pen.fill([(-140, -120), (-60, -120), (-96, -84), (-178, -92)], light(CARTON, 0.3))
    pen.fill([(140, -120), (60, -120), (96, -84), (178, -92)], light(CARTON, 0.22))
    pen.box(-34, -60, 34, -26, PAPER, round_=5)
    pen.box(-24, -50, 24, -45, dark(PAPER, 0.3))
    pen.box(-24, -40, 8, -35, dark(PAPER, 0.3))


def stack(pen: Pen, random: Random, *, high: int = 4) -> None:
    """Finished boxes on each other."""
    for level in range(high):
        carton(pen.at(random.uniform(-8, 8), -72 * level, 1), random)


def flat_box(pen: Pen, _random: Random) -> None:
    """Card cut for folding, with its glue stick."""
    cross = [
        (-30, -60),
        (30, -60),
        (30, -30),
        (84, -30),
        (84, 26),
        (30, 26),
        (30, 58),
        (-30, 58),
        (-30, 26),
        (-84, 26),
        (-84, -30),
        (-30, -30),
    ]
    lying = [(x + y * 0.3, y * 0.42) for x, y in cross]
    pen.fill([(x + 4, y + 7) for x, y in lying], (70, 50, 60), alpha=0.2, soft=4)
    pen.fill(lying, light(CARTON, 0.3))
    for a, b in (((-30, -30), (-30, 26)), ((30, -30), (30, 26)), ((-30, -30), (30, -30)), ((-30, 26), (30, 26))):
        pen.line([(a[0] + a[1] * 0.3, a[1] * 0.42), (b[0] + b[1] * 0.3, b[1] * 0.42)], 3, dark(CARTON, 0.2), straight=True)


def glue(pen: Pen, _random: Random) -> None:
    pen.shadow(0, 0, 24, 6)
    pen.box(-17, -70, 17, 0, (hue("#F8F4E8"), hue("#DAD2C4")), round_=7)
    pen.box(-17, -50, 17, -24, hue("#3F7CAC"))
    pen.fill([(-9, -70), (9, -70), (4, -98), (-4, -98)], hue("#E0574B"))


def beads(pen: Pen, random: Random) -> None:
    """A tray of beads, seen from above at a slant, 180 wide."""
    pen.shadow(0, 8, 104, 20)
    pen.oval(0, 0, 96, 34, dark(hue("#B98552"), 0.1))
    pen.oval(0, -4, 88, 28, hue("#E9D2AC"))
    for _ in range(46):
        x, y = random.uniform(-1, 1), random.uniform(-1, 1)
        if x * x + y * y < 0.86:
            colour = random.choice(BEADS)
            pen.oval(x * 82, y * 24 - 7, 8.5, 8, dark(colour, 0.2))
            pen.oval(x * 82 - 1.5, y * 24 - 9, 6.5, 6, light(colour, 0.14))


def string_of_beads(pen: Pen, random: Random) -> None:
    """Between two hands, hanging."""
    path = [(-44 + step * 8.0, 26 * (1 - ((step - 5.5) / 5.5) ** 2)) for step in range(12)]
    pen.line(path, 3, hue("#8A6A50"))
    for x, y in path:
        pen.oval(x, y + 2, 9.5, 9.5, random.choice(BEADS))
        pen.oval(x - 3, y - 1, 2.6, 2.6, (255, 255, 250), alpha=0.8)


def folding(pen: Pen, random: Random) -> None:
    """A box between two hands."""
    carton(pen.at(0, 34, 0.86), random)


def held_lamp(pen: Pen, random: Random) -> None:
    lamp(pen.at(0, 26, 0.72), random)


def teapot(pen: Pen, _random: Random) -> None:
    clay = hue("#9C553B")
    pen.shadow(0, 0, 72, 12)
    pen.line(arc(52, -50, 30, 30, -90, 90), 12, dark(clay, 0.2), straight=True)
    pen.line([(-46, -38), (-74, -52), (-86, -82)], 20, clay, end=11)
    body = smooth([(-58, -48), (-36, -84), (0, -92), (36, -84), (58, -48), (42, -8), (0, 0), (-42, -8)])
    pen.fill(body, (light(clay, 0.2), dark(clay, 0.2)))
    pen.within(body).oval(-24, -66, 16, 10, light(clay, 0.6), alpha=0.6, turn=-30, soft=5)
    pen.oval(0, -88, 32, 9, dark(clay, 0.15))
    pen.oval(0, -100, 9, 9, clay)


def cup(pen: Pen, _random: Random) -> None:
    pen.shadow(0, 0, 36, 7)
    pen.curve([(-30, -38), (30, -38), (22, -4), (12, 2), (-12, 2), (-22, -4)], (PAPER, dark(PAPER, 0.16)))
    pen.oval(0, -38, 30, 9, dark(PAPER, 0.1))
    pen.oval(0, -36, 24, 6, hue("#B98A3E"))
    pen.line(arc(0, -18, 24, 6, 20, 160), 3, hue("#4A7FA8"), straight=True)
    for x, lean in ((-6, -8), (8, 6)):
        pen.line([(x, -52), (x + lean, -74), (x, -98)], 7, (255, 255, 250), end=2, alpha=0.4)


def chess(pen: Pen, random: Random) -> None:
    """A board of Chinese chess with its round men, 440 wide."""
    pen.shadow(0, 20, 250, 44)
    corners = [(-176, -70), (176, -70), (226, 44), (-226, 44)]
    pen.fill([(x, y + 12) for x, y in corners], hue("#8A5B37"))
    pen.fill(corners, (hue("#E9C68F"), hue("#D9AE70")))
    for step in range(9):
        x = -1 + step / 4
        pen.line([(x * 160, -60), (x * 204, 34)], 2.6, hue("#8A5B37"), straight=True)
        y = -60 + 94 * (step / 8) ** 1.15
        wide = 160 + 44 * (y + 60) / 94
        pen.line([(-wide, y), (wide, y)], 2.6, hue("#8A5B37"), straight=True)
    places = sorted({(random.randint(-4, 4), random.randint(0, 8)) for _ in range(17)}, key=lambda place: place[1])
    for column, row in places:
        y = -60 + 94 * (row / 8) ** 1.15
        x = column / 4 * (160 + 44 * (y + 60) / 94)
        ink = hue("#C8372D") if random.random() < 0.5 else hue("#2F5D4F")
        pen.oval(x, y + 3, 21, 13, dark(hue("#C99A62"), 0.3))
        pen.oval(x, y - 4, 21, 13, hue("#F5DFB6"))
        pen.line(oval(x, y - 4, 15, 9), 2.4, ink, straight=True)
        pen.line([(x - 5, y - 4), (x + 5, y - 4)], 3, ink, straight=True)
        pen.line([(x, y - 9), (x, y + 1)], 3, ink, straight=True)


def book(pen: Pen, _random: Random) -> None:
    """A song book held open."""
    for side in (-1, 1):
        pen.fill([(0, -8), (side * 50, -22), (side * 52, 30), (0, 42)], (PAPER, dark(PAPER, 0.08)))
        for row in range(4):
            y = row * 10
            pen.line([(side * 8, y - 4), (side * 42, y - 13)], 2.6, dark(PAPER, 0.35), straight=True)
    pen.line([(-54, 32), (0, 45), (54, 32)], 6, hue("#B5453F"), straight=True)


def dragon_boat(pen: Pen, random: Random, *, length: float = 1) -> None:
    """Of coloured paper, with its drum and rowers' seats, 620 long."""
    red, gold, teal = hue("#D8493F"), hue("#F2B843"), hue("#3E9C8F")
    pen.shadow(0, 8, 310 * length, 22)
    hull = smooth(
        [(-300, -70), (-236, -34), (-120, -22), (120, -22), (232, -40), (296, -104), (250, -10), (160, 4), (-160, 4), (-250, -14)]
    )
    pen.fill(hull, (light(red, 0.1), dark(red, 0.2)))
    inside = pen.within(hull)
    for x in range(-280, 300, 34):
        inside.line(arc(x, -12, 17, 15, 180, 360), 5, gold, straight=True)
    for number, x in enumerate(range(-150, 170, 60)):
        pen.fill([(x - 22, -24), (x + 22, -24), (x + 22, -58), (x - 22, -58)], (gold, teal, hue("#EE8B6A"))[number % 3])
        pen.fill([(x - 30, -58), (x + 30, -58), (x, -98)], (teal, red, gold)[number % 3])
        pen.line([(x + 10, -40), (x - 26, 34)], 6, hue("#8A5B37"), straight=True)
        pen.oval(x - 28, 38, 7, 14, hue("#A9713F"), turn=20)
    pen.line([(-300, -70), (-330, -120), (-300, -160), (-316, -190)], 22, teal, end=6)
    _dragon_head(pen.at(286, -126), red, gold, teal)
    for x, y in ((-40, -140), (70, -128), (170, -150)):
        pen.line([(x, -90), (x, y)], 4, hue("#8A5B37"), straight=True)
        pen.curve(
            [(x, y), (x + 30, y + 8 + random.uniform(-6, 6)), (x + 60, y + 4), (x + 44, y + 20), (x, y + 30)],
            random.choice((red, gold, teal)),
        )


def _dragon_head(pen: Pen, red: Colour, gold: Colour, teal: Colour) -> None:
    pen.curve([(-24, 40), (-34, -8), (-10, -44), (36, -50), (84, -34), (92, -12), (60, -2), (88, 12), (60, 26), (24, 18), (10, 46)], red)
    for turn in (150, 178, 206):
        pen.fill(leaf(-18, -8, 62, 13, turn), teal)
    for turn in (-132, -108):
        pen.fill(leaf(6, -42, 58, 8, turn), gold)
    pen.oval(28, -26, 15, 15, PAPER)
    pen.oval(32, -25, 8, 8, hue("#2A2126"))
    pen.line([(62, 4), (84, 20), (110, 14)], 4, gold)
    for x in (50, 64, 78):
        pen.fill([(x, -4), (x + 10, -4), (x + 5, 8)], PAPER)


def ink_stone(pen: Pen, _random: Random) -> None:
    pen.shadow(0, 4, 70, 14)
    pen.oval(0, 0, 62, 24, hue("#4A4750"))
    pen.oval(0, -6, 54, 19, hue("#2B2930"))
    pen.oval(-12, -8, 18, 5, hue("#6A6874"), alpha=0.7)
    pen.fill(box(34, -40, 58, -8, round_=3), hue("#35323A"))


def brush(pen: Pen, *, lean: float = 16) -> None:
    """Held upright; its tip is at the pen's origin."""
    for shape, colour in (
        ([(-4, -40), (4, -40), (3, -190), (-3, -190)], hue("#B98552")),
        ([(-7, -34), (7, -34), (6, -48), (-6, -48)], hue("#6A4A36")),
        (leaf(0, -38, 40, 10, 90), hue("#2B2930")),
    ):
        pen.fill(turned(shape, lean), colour)
