"""From what happens and who is there to a photo, and where their faces are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from backend.demo.pictures import counseling, culture, farm, rehab, service, work
from backend.demo.pictures.cards import card
from backend.demo.pictures.light import Light, develop, hour
from backend.demo.pictures.looks import Look, look_of
from backend.demo.pictures.pen import LONG, Box, Sheet, encode

Scene = Callable[[Sheet, Sequence[Look], Random, Light], None]
SCENES: dict[str, Scene] = {**work.SCENES, **farm.SCENES, **rehab.SCENES, **counseling.SCENES, **culture.SCENES, **service.SCENES}
SHAPES = {"wide": (1600, 1200), "tall": (1200, 1600), "square": (1600, 1600)}
CARD = 10  # how much smaller than a drawing a plain card is


@dataclass(frozen=True)
class Shot:
    """One photo: what happens, who is in it, from which side."""

    scene: str
    people: tuple[str, ...] = ()
    seed: int = 0
    shape: str = "wide"


@dataclass(frozen=True)
class Picture:
    data: bytes
    faces: dict[str, Box]  # of each of the people, in parts of the picture: left, top, width, height


def draw(shot: Shot, *, side: int = LONG) -> Picture:
    """`side` is the long one, in pixels; without one it is a plain card."""
    width, height = SHAPES[shot.shape]
    if not side:
        image, faces = card(shot.people, shot.seed, width // CARD, height // CARD)
        return Picture(encode(image), faces)
    random = Random(f"{shot.scene} {shot.people} {shot.seed}")  # noqa: S311 - a drawing's chance
    sheet = Sheet(width, height, side=side)
    light = hour(random)
    SCENES[shot.scene](sheet, [look_of(name) for name in shot.people], random, light)
    return Picture(encode(develop(sheet, light)), {name: sheet.faces[name] for name in shot.people})
