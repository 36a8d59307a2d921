"""What people wear: the torso's cloth with its collar, and the sleeves."""

from collections.abc import Callable

from backend.demo.pictures.looks import Look
from backend.demo.pictures.pen import Pen
from backend.demo.pictures.shapes import Colour, Outline, Point, dark, hue, light, mix, smooth

LINEN, SNOW, RED, GOLD = hue("#F6EDDD"), hue("#FBFAF6"), hue("#D7342E"), hue("#F4C64B")
HEART = smooth([(0, 4), (9, -6), (18, 0), (14, 12), (0, 24), (-14, 12), (-18, 0), (-9, -6)])


def dress(pen: Pen, look: Look, outline: Outline, *, away: bool = False) -> None:
    """The torso in its cloth, shaded on the side away from the light."""
    colour = cloth(look)
    pen.fill(outline, (light(colour, 0.1), dark(colour, 0.1)))
    inside = pen.within(outline)
    if look.wear == "stripes":
        for y in range(104, 300, 34):
            inside.line([(-90, y - 4), (0, y + 4), (90, y - 4)], 13, mix(colour, LINEN, 0.72))
    if not away:
        COLLARS.get(look.wear, _round_neck)(inside, look, colour)
    if look.apron is not None:
        _apron(inside, look.apron, away=away)
    inside.oval(88, 190, 48, 150, dark(colour, 0.5), alpha=0.42, soft=16)
    inside.oval(-50, 120, 24, 50, light(colour, 0.6), alpha=0.3, soft=14)
    inside.oval(0, 300, 90, 26, dark(colour, 0.5), alpha=0.25, soft=10)


def cloth(look: Look) -> Colour:
    """The colour that most of the torso shows."""
    if look.wear == "coat":
        return SNOW
    if look.wear == "volunteer":
        return RED
    return look.top


def sleeve(pen: Pen, look: Look, shoulder: Point, elbow: Point, hand: Point) -> None:
    colour = LINEN if look.wear in {"vest", "volunteer"} else cloth(look)
    wide = 42 * (0.75 + look.build / 4)
    path = [shoulder, elbow, hand]
    pen.line([(x + 3, y + 6) for x, y in path], wide + 3, dark(colour, 0.6), end=wide * 0.7, alpha=0.22)
    if look.wear == "polo":
        pen.line(path, wide * 0.84, look.skin, end=wide * 0.5)
        near = (shoulder[0] + (elbow[0] - shoulder[0]) * 0.7, shoulder[1] + (elbow[1] - shoulder[1]) * 0.7)
        pen.line([shoulder, near], wide, light(colour, 0.06), end=wide * 0.98, straight=True)
        return
    wrist = (elbow[0] + (hand[0] - elbow[0]) * 0.9, elbow[1] + (hand[1] - elbow[1]) * 0.9)
    pen.line([shoulder, elbow, wrist], wide, light(colour, 0.07), end=wide * 0.68)
    cuff = (elbow[0] + (hand[0] - elbow[0]) * 0.78, elbow[1] + (hand[1] - elbow[1]) * 0.78)
    pen.line([cuff, wrist], wide * 0.74, dark(colour, 0.14), end=wide * 0.7, straight=True)


# -- collars, as seen from the front ---------------------------------------------------------------
def _round_neck(pen: Pen, look: Look, colour: Colour) -> None:
    pen.oval(0, 70, 38, 24, dark(colour, 0.2))
    pen.oval(0, 66, 29, 20, dark(look.skin, 0.16))


def _shirt(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-24, 62), (24, 62), (0, 104)], dark(look.skin, 0.16))
    pen.line([(0, 100), (2, 300)], 5, dark(colour, 0.16), straight=True)
    for y in (130, 170, 210, 250):
        pen.oval(2, y, 3.6, 3.6, mix(colour, SNOW, 0.7))
    _wings(pen, light(colour, 0.4))


def _wings(pen: Pen, colour: Colour) -> None:
    for side in (-1, 1):
        pen.fill([(side * 22, 56), (side * 40, 74), (side * 22, 106), (0, 92)], colour)
        pen.fill([(side * 40, 74), (side * 22, 106), (0, 92), (side * 21, 99)], dark(colour, 0.16))


def _cardigan(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-30, 60), (30, 60), (4, 210), (-4, 210)], LINEN)
    pen.oval(0, 66, 28, 19, dark(look.skin, 0.16))
    for side in (-1, 1):
        pen.line([(side * 32, 62), (side * 18, 130), (0, 206), (0, 300)], 9, dark(colour, 0.18))
    for y in (222, 256):
        pen.oval(9, y, 4.6, 4.6, LINEN)


def _vest(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-36, 58), (36, 58), (0, 160)], LINEN)
    pen.fill([(-24, 62), (24, 62), (0, 98)], dark(look.skin, 0.16))
    for side in (-1, 1):
        pen.line([(side * 37, 60), (0, 160)], 8, dark(colour, 0.22), straight=True)
        pen.curve([(side * 52, 76), (side * 80, 90), (side * 80, 190), (side * 64, 150)], LINEN)
    for x in (-36, -18, 18, 36):
        pen.line([(x, 176), (x, 288)], 3, dark(colour, 0.14), straight=True)
    _wings(pen, LINEN)


def _polo(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-24, 62), (24, 62), (0, 98)], dark(look.skin, 0.16))
    pen.line([(0, 94), (0, 146)], 8, dark(colour, 0.12), straight=True)
    _wings(pen, dark(colour, 0.08))


def _coat(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-30, 58), (30, 58), (0, 170)], hue("#A9CBE0"))
    pen.fill([(-22, 62), (22, 62), (0, 94)], dark(look.skin, 0.16))
    for side in (-1, 1):
        pen.fill([(side * 24, 56), (side * 44, 74), (side * 34, 128), (0, 172)], dark(colour, 0.07))
        pen.box(side * 38 - 20, 214, side * 38 + 20, 219, dark(colour, 0.16))
    pen.line([(0, 170), (2, 300)], 4, dark(colour, 0.16), straight=True)
    tube = hue("#3E5A73")
    pen.line([(-32, 70), (-30, 130), (-12, 168), (12, 160), (30, 120), (32, 70)], 6, tube)
    pen.line([(-6, 170), (-4, 190)], 6, tube, straight=True)
    pen.oval(-4, 196, 10, 10, hue("#B9C3CC"))


def _volunteer(pen: Pen, look: Look, colour: Colour) -> None:
    pen.fill([(-36, 58), (36, 58), (0, 150)], LINEN)
    pen.fill([(-24, 62), (24, 62), (0, 98)], dark(look.skin, 0.16))
    for side in (-1, 1):
        pen.line([(side * 37, 60), (0, 148)], 7, dark(colour, 0.2), straight=True)
        pen.curve([(side * 54, 76), (side * 82, 90), (side * 82, 190), (side * 66, 150)], LINEN)
    pen.line([(0, 148), (0, 300)], 4, dark(colour, 0.25), straight=True)
    _wings(pen, LINEN)
    pen.at(33, 150, 0.9).fill(HEART, GOLD)


def _robe(pen: Pen, _look: Look, colour: Colour) -> None:
    """A stage gown with a stand-up collar and golden knots."""
    pen.box(-26, 52, 26, 84, dark(colour, 0.12), round_=10)
    pen.line([(0, 84), (18, 112), (42, 130)], 6, GOLD)
    for x, y in ((9, 100), (30, 122)):
        pen.oval(x, y, 6, 6, GOLD)
    pen.line([(-90, 282), (90, 282)], 8, GOLD, straight=True)


def _apron(pen: Pen, colour: Colour, *, away: bool) -> None:
    if away:
        pen.line([(-80, 214), (80, 214)], 12, colour, straight=True)
        return
    for side in (-1, 1):
        pen.line([(side * 36, 66), (side * 30, 130)], 10, dark(colour, 0.12), straight=True)
    bib = smooth([(-36, 122), (36, 122), (42, 190), (72, 206), (72, 310), (-72, 310), (-72, 206), (-42, 190)])
    pen.fill(bib, colour)
    pen.box(-26, 222, 26, 272, dark(colour, 0.12), round_=10)
    pen.box(-26, 222, 26, 232, light(colour, 0.3), round_=3)


COLLARS: dict[str, Callable[[Pen, Look, Colour], None]] = {
    "shirt": _shirt,
    "cardigan": _cardigan,
    "vest": _vest,
    "polo": _polo,
    "coat": _coat,
    "volunteer": _volunteer,
    "robe": _robe,
}
