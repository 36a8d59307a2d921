"""A sheet drawn at twice its size and reduced, so that edges are smooth; and pens that draw on it in their own measure."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from backend.demo.pictures.shapes import Colour, Outline, Paint, Point, box, mix, oval, smooth

LONG = 1600
FINE = 2
# Soft edges are drawn small and enlarged: nobody sees the difference, and it is sixteen times as fast.
COARSE = 4
ROWS = 32  # of a gradient
Box = tuple[float, float, float, float]


class Sheet:
    """1,600 units on its long side, whatever its pixels."""

    def __init__(self, width: int, height: int, *, side: int = LONG) -> None:
        self.width, self.height = width, height
        # The background is drawn at its real size: it will be blurred, and that enlarges it for what stands before it.
        self.scale = side / LONG
        self._fine = self.scale * FINE
        self.image = Image.new("RGB", self._size(), "white")
        self.faces: dict[str, Box] = {}

    def pen(self) -> "Pen":
        return Pen(self)

    def blur(self, radius: float) -> None:
        """What was drawn so far lies out of focus."""
        by = 2 if radius * self.scale > 2 else 1
        small = self.image.reduce(by).filter(ImageFilter.GaussianBlur(radius * self.scale / by))
        self.scale = self._fine
        self.image = small.resize(self._size(), Image.Resampling.BICUBIC)

    def _size(self) -> tuple[int, int]:
        return round(self.width * self.scale), round(self.height * self.scale)

    def paint(self, outline: Outline, paint: Paint, *, alpha: float = 1, soft: float = 0, within: Sequence[Outline] = ()) -> None:
        """Fills an outline of pixels; `soft` is the width of its edge, `within` are outlines that it does not leave."""
        if alpha >= 1 and not soft and not within and isinstance(paint[0], int):
            ImageDraw.Draw(self.image).polygon([*outline], fill=paint)
            return
        frame = self._frame(outline, soft * 2.5, within)
        if frame is None:
            return
        mask = _mask(outline, frame, alpha, soft)
        for other in within:
            mask = ImageChops.multiply(mask, _mask(other, frame, 1, 0))
        ink = Image.new("RGB", mask.size, paint) if isinstance(paint[0], int) else _shaded(paint, outline, frame)
        self.image.paste(ink, frame[:2], mask)

    def _frame(self, outline: Outline, margin: float, within: Sequence[Outline]) -> tuple[int, int, int, int] | None:
        left, top, right, bottom = _bounds(outline, margin)
        for other in within:
            a, b, c, d = _bounds(other, 0)
            left, top, right, bottom = max(left, a), max(top, b), min(right, c), min(bottom, d)
        left, top, right, bottom = max(0, left), max(0, top), min(self.image.width, right), min(self.image.height, bottom)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _bounds(outline: Outline, margin: float) -> tuple[int, int, int, int]:
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    return math.floor(min(xs) - margin), math.floor(min(ys) - margin), math.ceil(max(xs) + margin), math.ceil(max(ys) + margin)


def _mask(outline: Outline, frame: tuple[int, int, int, int], alpha: float, soft: float) -> Image.Image:
    left, top, right, bottom = frame
    size = right - left, bottom - top
    by = COARSE * 2 if soft > COARSE * 6 else COARSE if soft > COARSE else 1
    mask = Image.new("L", (max(1, size[0] // by), max(1, size[1] // by)))
    ImageDraw.Draw(mask).polygon([((x - left) / by, (y - top) / by) for x, y in outline], fill=round(255 * alpha))
    if soft:
        mask = mask.filter(ImageFilter.GaussianBlur(soft / by))
    return mask if by == 1 else mask.resize(size, Image.Resampling.BILINEAR)


def _shaded(paint: tuple[Colour, Colour], outline: Outline, frame: tuple[int, int, int, int]) -> Image.Image:
    """The colours from the outline's top to its bottom, as far as the frame shows them."""
    left, top, right, bottom = frame
    first, last = min(y for _, y in outline), max(y for _, y in outline)
    parts = (min(1, max(0, (top + (bottom - top) * row / ROWS - first) / max(1, last - first))) for row in range(ROWS + 1))
    strip = Image.frombytes("RGB", (1, ROWS + 1), bytes(value for part in parts for value in mix(*paint, part)))
    return strip.resize((1, bottom - top), Image.Resampling.BILINEAR).resize((right - left, bottom - top), Image.Resampling.NEAREST)


@dataclass(frozen=True)
class Pen:
    """Draws around a point of its own, in its own measure, turned and mirrored."""

    sheet: Sheet
    x: float = 0
    y: float = 0
    size: float = 1
    turn: float = 0
    mirrored: bool = False
    clip: tuple[Outline, ...] = field(default=(), repr=False)

    def at(self, x: float, y: float, size: float = 1, *, turn: float = 0, mirrored: bool = False) -> "Pen":
        """A pen whose origin lies there."""
        (there,) = self._units([(x, y)])
        turn = -turn if self.mirrored else turn
        return Pen(self.sheet, *there, self.size * size, self.turn + turn, self.mirrored != mirrored, self.clip)

    def within(self, outline: Outline) -> "Pen":
        """A pen that does not leave the outline."""
        return Pen(self.sheet, self.x, self.y, self.size, self.turn, self.mirrored, (*self.clip, self._pixels(outline)))

    def fill(self, outline: Outline, paint: Paint, *, alpha: float = 1, soft: float = 0) -> None:
        self.sheet.paint(self._pixels(outline), paint, alpha=alpha, soft=soft * self.size * self.sheet.scale, within=self.clip)

    def curve(self, outline: Outline, paint: Paint, *, alpha: float = 1, soft: float = 0) -> None:
        """A smooth shape through the points."""
        self.fill(smooth(outline), paint, alpha=alpha, soft=soft)

    def oval(
        self, x: float, y: float, wide: float, high: float, paint: Paint, *, turn: float = 0, alpha: float = 1, soft: float = 0
    ) -> None:
        self.fill(oval(x, y, wide, high, turn=turn), paint, alpha=alpha, soft=soft)

    def box(
        self, left: float, top: float, right: float, bottom: float, paint: Paint, *, round_: float = 0, alpha: float = 1, soft: float = 0
    ) -> None:
        self.fill(box(left, top, right, bottom, round_=round_), paint, alpha=alpha, soft=soft)

    def line(
        self, points: Outline, width: float, paint: Paint, *, end: float | None = None, alpha: float = 1, straight: bool = False
    ) -> None:
        """A round stroke through the points, growing from `width` to `end`."""
        path = [*points] if straight else smooth(points, closed=False)
        last = width if end is None else end
        self.fill(_outline(path, width / 2, last / 2), paint, alpha=alpha)

    def shadow(self, x: float, y: float, wide: float, high: float, *, alpha: float = 0.28, colour: Colour = (66, 46, 62)) -> None:
        """What stands there darkens the ground."""
        self.oval(x, y, wide, high, colour, alpha=alpha, soft=high * 0.45)

    def glow(self, x: float, y: float, radius: float, colour: Colour, *, alpha: float = 0.6) -> None:
        """Light around a lamp or the sun."""
        for part in (1.0, 0.62, 0.36):
            self.oval(x, y, radius * part * 0.6, radius * part * 0.6, colour, alpha=alpha * 0.55, soft=radius * part * 0.22)

    def face(self, name: str, left: float, top: float, right: float, bottom: float) -> None:
        """Somebody's face is here: the frame of it, as parts of the sheet."""
        corners = self._units([(left, top), (right, top), (right, bottom), (left, bottom)])
        xs = [min(1.0, max(0.0, x / self.sheet.width)) for x, _ in corners]
        ys = [min(1.0, max(0.0, y / self.sheet.height)) for _, y in corners]
        self.sheet.faces[name] = (min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))

    def _units(self, points: Outline) -> list[Point]:
        cos, sin = math.cos(math.radians(self.turn)) * self.size, math.sin(math.radians(self.turn)) * self.size
        side = -1 if self.mirrored else 1
        return [(self.x + side * a * cos - b * sin, self.y + side * a * sin + b * cos) for a, b in points]

    def _pixels(self, points: Outline) -> list[Point]:
        scale = self.sheet.scale
        return [(x * scale, y * scale) for x, y in self._units(points)]


def _outline(path: Sequence[Point], first: float, last: float) -> list[Point]:
    """Both sides of a path, with round ends."""
    lefts: list[Point] = []
    rights: list[Point] = []
    count = len(path) - 1
    angle = 0.0
    for index, (x, y) in enumerate(path):
        before, after = path[max(0, index - 1)], path[min(count, index + 1)]
        if before != after:
            angle = math.atan2(after[1] - before[1], after[0] - before[0])
        half = first + (last - first) * index / max(1, count)
        across = -math.sin(angle) * half, math.cos(angle) * half
        lefts.append((x - across[0], y - across[1]))
        rights.append((x + across[0], y + across[1]))
    start = math.atan2(path[1][1] - path[0][1], path[1][0] - path[0][0]) if count else 0
    cap = [(path[-1][0] + last * math.cos(angle + t), path[-1][1] + last * math.sin(angle + t)) for t in _half_turn(-90, 90)]
    tail = [(path[0][0] + first * math.cos(start + t), path[0][1] + first * math.sin(start + t)) for t in _half_turn(90, 270)]
    return [*lefts, *cap, *reversed(rights), *tail]


def _half_turn(start: int, end: int) -> list[float]:
    return [math.radians(degrees) for degrees in range(start, end + 1, 18)]


def encode(image: Image.Image) -> bytes:
    """As a phone's camera would hand it over."""
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
