"""Plain cards in place of drawings, for tests that only need photos: a thousand times as fast."""

from PIL import Image, ImageDraw

from backend.demo.pictures.looks import look_of
from backend.demo.pictures.pen import Box
from backend.demo.pictures.shapes import Colour, hue

GROUNDS = tuple(map(hue, "#F3E3CF #DDE9DF #DCE6F0 #EFE0EC".split()))


def card(people: tuple[str, ...], seed: int, width: int, height: int) -> tuple[Image.Image, dict[str, Box]]:
    """One round for each of the people, side by side."""
    image = Image.new("RGB", (width, height), GROUNDS[seed % len(GROUNDS)])
    draw = ImageDraw.Draw(image)
    faces: dict[str, Box] = {}
    step = 1 / max(1, len(people))
    for index, name in enumerate(people):
        faces[name] = (step * (index + 0.2), 0.3, step * 0.6, 0.4)
        left, top, wide, high = faces[name]
        fill: Colour = look_of(name).top
        draw.ellipse((left * width, top * height, (left + wide) * width, (top + high) * height), fill=fill)
    return image, faces
