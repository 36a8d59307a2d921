"""Points and colours: what the pens draw with."""

import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Outline = Sequence[Point]
Colour = tuple[int, int, int]
Paint = Colour | tuple[Colour, Colour]  # flat, or from top to bottom

STEPS = 9
# Shadows turn violet and lights turn cream, as in the afternoon.
DUSK: Colour = (74, 52, 92)
CREAM: Colour = (255, 244, 214)


def hue(code: str) -> Colour:
    """#B4540A as a colour."""
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """`part` of the other in the one."""
    red, green, blue = (round(a + (b - a) * part) for a, b in zip(one, other, strict=True))
    return red, green, blue


def dark(colour: Colour, part: float = 0.18) -> Colour:
    return mix(colour, DUSK, part)


def light(colour: Colour, part: float = 0.25) -> Colour:
    return mix(colour, CREAM, part)


def smooth(points: Outline, *, closed: bool = True) -> list[Point]:
    """A curve through all points (Catmull-Rom)."""
    ring = [points[-1], *points, points[0], points[1]] if closed else [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ring, ring[1:], ring[2:], ring[3:], strict=False):
        curve.extend(
            (_between(a[0], b[0], c[0], d[0], step / STEPS), _between(a[1], b[1], c[1], d[1], step / STEPS)) for step in range(STEPS)
        )
    return curve if closed else [*curve, points[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))) / 2


def oval(x: float, y: float, wide: float, high: float, *, turn: float = 0) -> list[Point]:
    """An ellipse by its centre and half axes, turned by degrees."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    ring = [(wide * math.cos(step * math.tau / 44), high * math.sin(step * math.tau / 44)) for step in range(44)]
    return [(x + a * cos - b * sin, y + a * sin + b * cos) for a, b in ring]


def box(left: float, top: float, right: float, bottom: float, *, round_: float = 0) -> list[Point]:
    """A rectangle with round corners."""
    if not round_:
        return [(left, top), (right, top), (right, bottom), (left, bottom)]
    r = min(round_, (right - left) / 2, (bottom - top) / 2)
    corners = ((right - r, top + r, -90), (right - r, bottom - r, 0), (left + r, bottom - r, 90), (left + r, top + r, 180))
    return [
        (x + r * math.cos(math.radians(start + turn)), y + r * math.sin(math.radians(start + turn)))
        for x, y, start in corners
        for turn in range(0, 91, 15)
    ]


def arc(x: float, y: float, wide: float, high: float, start: float, end: float) -> list[Point]:
    """A piece of an ellipse, by degrees clockwise from the right."""
    angles = [math.radians(start + (end - start) * step / 16) for step in range(17)]
    return [(x + wide * math.cos(angle), y + high * math.sin(angle)) for angle in angles]


def leaf(x: float, y: float, length: float, width: float, turn: float) -> list[Point]:
    """Pointed at both ends; grows from (x, y) in the direction of `turn` degrees."""
    shape = [(0.0, 0.0), (0.25, -0.8), (0.6, -0.9), (1.0, 0.0), (0.6, 0.9), (0.25, 0.8)]
    return smooth(turned([(a * length, b * width) for a, b in shape], turn, about=(x, y)))


def turned(points: Iterable[Point], degrees: float, *, about: Point = (0, 0)) -> list[Point]:
    """Turned around the origin, then moved to `about`."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(about[0] + a * cos - b * sin, about[1] + a * sin + b * cos) for a, b in points]
