"""Heads: seen from the front or half turned, friendly, of every age. Measured by a head 100 wide, around its middle."""

from collections.abc import Callable

from backend.demo.pictures.looks import Look
from backend.demo.pictures.pen import Pen
from backend.demo.pictures.shapes import Colour, Outline, arc, dark, hue, light, mix, oval, smooth

INK, MOUTH, TEETH, BLUSH = hue("#3B2A30"), hue("#A23E48"), hue("#FFF7EE"), hue("#EC7F78")
STRAW, BAND = hue("#EBC77C"), hue("#B5533C")
FACES: dict[str, tuple[tuple[float, float], ...]] = {
    "oval": ((0, -60), (35, -50), (50, -12), (47, 20), (33, 48), (13, 62)),
    "round": ((0, -58), (37, -48), (53, -10), (52, 22), (38, 48), (15, 59)),
    "square": ((0, -60), (37, -50), (51, -12), (49, 24), (40, 50), (17, 62)),
}


def _both(half: Outline) -> list[tuple[float, float]]:
    return [*half, *[(-x, y) for x, y in reversed(half) if x]]


def head(pen: Pen, look: Look, *, turn: float = 0, tilt: float = 0, mood: str = "smile") -> None:
    """`turn` from -1 (to our left) to 1; `tilt` in degrees; mood: smile, laugh, glad (eyes closed), calm."""
    pen = pen.at(0, 0, turn=tilt)
    pen.face(look.name, -60, -82, 60, 68)
    outline = smooth(_both(FACES[look.face]))
    for side in (-1, 1):
        pen.oval(side * 50 - turn * 8, 8, 10, 15, dark(look.skin, 0.1))
        pen.oval(side * 50 - turn * 8, 9, 5, 9, dark(look.skin, 0.24))
    pen.fill(outline, look.skin)
    shaded = pen.within(outline)
    shaded.oval(62 + turn * 10, 16, 40, 76, dark(look.skin, 0.14), soft=9)
    shaded.oval(-22, -26, 30, 26, light(look.skin, 0.5), alpha=0.5, soft=12)
    shaded.oval(0, -62, 60, 34, dark(look.skin, 0.2), alpha=0.6, soft=6)
    for side in (-1, 1):
        shaded.oval(side * 29 + turn * 13, 27, 13, 9, BLUSH, alpha=0.26, soft=4)
    _features(pen, look, turn, mood)
    if look.cut != "bald" or look.hat:
        FRONTS.get(look.cut, _short)(pen, look, turn)
    else:
        _bald(pen, look, turn)
    HATS.get(look.hat, _nothing)(pen, look, turn)


def hair_behind(pen: Pen, look: Look, *, turn: float = 0, tilt: float = 0) -> None:
    """What falls behind the shoulders: drawn before them."""
    BACKS.get(look.cut, _nothing)(pen.at(0, 0, turn=tilt), look, turn)


def back_of_head(pen: Pen, look: Look, *, tilt: float = 0) -> None:
    """Somebody who looks away from us."""
    pen = pen.at(0, 0, turn=tilt)
    BACKS.get(look.cut, _nothing)(pen, look, 0)
    for side in (-1, 1):
        pen.oval(side * 50, 10, 9, 14, dark(look.skin, 0.12))
    colour = look.skin if look.cut == "bald" else look.hair
    whole = smooth(_both(((0, -74), (40, -64), (56, -18), (50, 26), (30, 52), (10, 56))))
    pen.fill(whole, colour)
    pen.within(whole).oval(54, 10, 36, 80, dark(colour, 0.35), soft=12)
    pen.within(whole).oval(-18, -44, 30, 20, light(colour, 0.22), soft=10)
    HATS.get(look.hat, _nothing)(pen, look, 0)


def _features(pen: Pen, look: Look, turn: float, mood: str) -> None:
    shift = turn * 13
    for side in (-1, 1):
        x = side * 20 * (1 - 0.12 * abs(turn)) + shift
        _eye(pen, x, mood, look)
        brow = dark(look.hair, 0.1) if look.age < 2 else mix(look.hair, look.skin, 0.25)
        pen.line([(x - 10, -15), (x, -18), (x + 10, -15)], 4.5 if look.cut in FEMALE else 6, brow, end=3)
    pen.line([(shift * 1.35 - 2, 8), (shift * 1.35 + 4, 18), (shift * 1.35 - 3, 20)], 4, dark(look.skin, 0.3))
    _mouth(pen, shift * 1.15, mood, look)
    if look.age == 2:
        for side in (-1, 1):
            pen.line([(shift + side * 20, 25), (shift + side * 26, 33), (shift + side * 25, 41)], 2.4, dark(look.skin, 0.25))
            pen.line([(shift + side * 36, 2), (shift + side * 42, -1)], 2.2, dark(look.skin, 0.25), straight=True)
    if look.glasses:
        _glasses(pen, shift)


def _eye(pen: Pen, x: float, mood: str, look: Look) -> None:
    if mood in {"glad", "laugh"}:
        pen.line([(x - 9, 5), (x, -2), (x + 9, 5)], 5, INK)
    elif mood == "down":
        pen.line([(x - 9, 2), (x, 7), (x + 9, 2)], 4.5, INK)
    else:
        pen.oval(x, 2, 6, 7.4, INK)
        pen.oval(x + 2, -0.8, 2, 2.3, TEETH)
        if look.cut in FEMALE:
            pen.line([(x - 8, -3), (x, -7), (x + 9, -4)], 3, INK)


def _mouth(pen: Pen, x: float, mood: str, look: Look) -> None:
    if mood in {"laugh", "beam"}:
        shape = smooth([(x - 15, 33), (x, 36), (x + 15, 33), (x + 9, 46), (x, 50), (x - 9, 46)])
        pen.fill(shape, MOUTH)
        pen.within(shape).box(x - 16, 30, x + 16, 39, TEETH)
    elif mood == "sing":
        pen.oval(x, 41, 8, 10, MOUTH)
        pen.oval(x, 45, 5, 4, BLUSH)
    else:
        wide, deep = (9, 2.5) if mood in {"calm", "down"} else (14, 7)
        pen.line([(x - wide, 37), (x, 37 + deep), (x + wide, 37)], 4.4, mix(MOUTH, look.skin, 0.15))


def _glasses(pen: Pen, shift: float) -> None:
    frame = hue("#4A3B45")
    for side in (-1, 1):
        x = side * 21 + shift
        pen.line([*oval(x, 3, 16, 14), (x + 16, 3)], 3, frame, straight=True)
        pen.line([(x - 7, 9), (x + 4, -5)], 4, TEETH, alpha=0.35, straight=True)
    pen.line([(shift - 5, 1), (shift, -1), (shift + 5, 1)], 3, frame)


# -- hair ------------------------------------------------------------------------------------------
def _nothing(_pen: Pen, _look: Look, _turn: float) -> None:
    """Nothing is seen of it."""


def _shine(pen: Pen, outline: Outline, colour: Colour) -> None:
    pen.fill(outline, colour)
    clipped = pen.within(outline)
    clipped.line(arc(-4, 2, 46, 58, 205, 290), 9, light(colour, 0.28), alpha=0.55, straight=True)
    clipped.oval(62, -10, 28, 60, dark(colour, 0.35), alpha=0.6, soft=9)


def _short(pen: Pen, look: Look, turn: float) -> None:
    s = turn * 7
    shape = [(-51, 6), (-56, -26), (-42, -64), (0, -79), (42, -66), (57, -26), (51, 6), (46, -10), (42 + s, -28)]
    _shine(pen, smooth([*shape, (22 + s, -40), (-8 + s, -36), (-34 + s, -42), (-44, -10)]), look.hair)


def _parted(pen: Pen, look: Look, turn: float) -> None:
    s = turn * 7
    shape = [(-50, 8), (-57, -24), (-44, -64), (-6, -80), (36, -74), (58, -30), (51, 6), (47, -14), (36 + s, -36)]
    _shine(pen, smooth([*shape, (8 + s, -34), (-22 + s, -48), (-38 + s, -34), (-45, -8)]), look.hair)


def _crew(pen: Pen, look: Look, turn: float) -> None:
    s = turn * 5
    shape = [(-49, -6), (-52, -34), (-36, -62), (0, -70), (36, -62), (52, -34), (49, -6), (44, -26), (30 + s, -44)]
    _shine(pen, smooth([*shape, (0 + s, -48), (-30 + s, -44), (-44, -26)]), look.hair)


def _bald(pen: Pen, look: Look, _turn: float) -> None:
    for side in (-1, 1):
        pen.curve([(side * 46, 12), (side * 57, 0), (side * 56, -22), (side * 48, -34), (side * 45, -12)], look.hair)
    pen.oval(-16, -44, 14, 7, light(look.skin, 0.8), alpha=0.6, turn=-20, soft=3)


def _fringe(pen: Pen, look: Look, turn: float) -> None:
    s = turn * 7
    shape = [(-54, 22), (-59, -22), (-44, -66), (0, -81), (44, -67), (59, -22), (54, 22), (46, -6), (40 + s, -26)]
    _shine(pen, smooth([*shape, (14 + s, -24), (-14 + s, -22), (-38 + s, -26), (-46, -4)]), look.hair)


def _swept(pen: Pen, look: Look, turn: float) -> None:
    s = turn * 7
    shape = [(-53, 16), (-58, -24), (-44, -66), (0, -81), (44, -67), (58, -24), (53, 16), (47, -10), (30 + s, -40)]
    _shine(pen, smooth([*shape, (-6 + s, -52), (-30 + s, -34), (-46, -6)]), look.hair)


def _curls(pen: Pen, look: Look, turn: float) -> None:
    _swept(pen, look, turn)
    for x, y, r in (
        (-52, -22, 17),
        (-44, -50, 19),
        (-22, -70, 20),
        (6, -75, 20),
        (32, -64, 20),
        (50, -40, 18),
        (55, -12, 15),
        (-56, 4, 14),
    ):
        pen.oval(x, y, r, r, look.hair)
        pen.line(arc(x - 1, y, r * 0.6, r * 0.6, 200, 320), 3.5, light(look.hair, 0.25), alpha=0.6, straight=True)


def _bob_back(pen: Pen, look: Look, _turn: float) -> None:
    pen.curve(_both(((0, -78), (46, -66), (62, -16), (66, 30), (60, 58), (40, 70), (20, 62))), dark(look.hair, 0.12))


def _wave_back(pen: Pen, look: Look, _turn: float) -> None:
    pen.curve(_both(((0, -78), (46, -66), (63, -14), (60, 26), (72, 62), (64, 100), (26, 96))), dark(look.hair, 0.12))


def _tail_back(pen: Pen, look: Look, turn: float) -> None:
    side = -1 if turn > 0 else 1
    pen.line([(side * 34, -44), (side * 72, -34), (side * 78, 16), (side * 66, 60)], 36, dark(look.hair, 0.1), end=10)
    pen.oval(side * 50, -46, 13, 13, hue("#D9485F"))


def _bun_back(pen: Pen, look: Look, _turn: float) -> None:
    pen.oval(8, -84, 29, 25, dark(look.hair, 0.08))
    pen.line(arc(8, -84, 17, 13, 190, 330), 4, light(look.hair, 0.25), alpha=0.6, straight=True)


def _perm_back(pen: Pen, look: Look, _turn: float) -> None:
    for x, y in ((-52, 24), (52, 24), (-58, 2), (58, 2)):
        pen.oval(x, y, 17, 18, dark(look.hair, 0.12))


# -- hats ------------------------------------------------------------------------------------------
def _straw_hat(pen: Pen, _look: Look, turn: float) -> None:
    s = turn * 6
    pen.oval(s, -32, 58, 14, (80, 50, 40), alpha=0.22, soft=6)
    pen.curve([(-100 + s, -40), (-50, -56), (50, -56), (100 + s, -40), (56, -24), (-56, -24)], STRAW)
    pen.curve([(-56, -44), (-50, -84), (-20, -104), (20, -104), (50, -84), (56, -44), (0, -36)], light(STRAW, 0.25))
    pen.curve([(-56, -46), (-54, -60), (0, -54), (54, -60), (56, -46), (0, -38)], BAND)
    for x in (-30, 0, 30):
        pen.line([(x - 8, -92), (x, -72)], 3, dark(STRAW, 0.15), alpha=0.5, straight=True)


def _cap(pen: Pen, look: Look, turn: float) -> None:
    colour = dark(look.top, 0.1)
    s = turn * 14
    dome = smooth([(-56, -28), (-50, -66), (-18, -86), (18, -86), (50, -66), (56, -28), (0, -36)])
    _shine(pen, dome, colour)
    pen.curve([(-46 + s, -34), (0 + s, -42), (46 + s, -34), (34 + s, -20), (0 + s, -16), (-34 + s, -20)], dark(colour, 0.25))


def _scarf(pen: Pen, look: Look, _turn: float) -> None:
    colour = mix(look.top, hue("#FFFFFF"), 0.45)
    pen.curve([(-57, -14), (-50, -64), (0, -84), (50, -64), (57, -14), (30, -38), (-30, -38)], colour)
    pen.curve([(-57, -18), (-30, -42), (30, -42), (57, -18), (30, -32), (-30, -32)], dark(colour, 0.2))


FEMALE = {"bob", "tail", "bun", "perm", "waves"}
Painter = Callable[[Pen, Look, float], None]
BACKS: dict[str, Painter] = {"bob": _bob_back, "waves": _wave_back, "tail": _tail_back, "bun": _bun_back, "perm": _perm_back}
FRONTS: dict[str, Painter] = {
    "short": _short,
    "parted": _parted,
    "crew": _crew,
    "bob": _fringe,
    "waves": _swept,
    "tail": _fringe,
    "bun": _swept,
    "perm": _curls,
}
HATS: dict[str, Painter] = {"straw": _straw_hat, "cap": _cap, "scarf": _scarf}
