"""Drawn once: the pictures are kept, by what they show and by how they are drawn."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from backend.demo.pictures.draw import Picture, Shot, draw

CHILDREN = 2


def pictures(shots: Sequence[Shot], *, side: int, folder: Path) -> list[Picture]:
    """In the order of the shots; draws what the folder does not hold yet."""
    places = [folder / _name(shot, side) for shot in shots]
    missing = [(shot, side, place) for shot, place in zip(shots, places, strict=True) if not place.with_suffix(".json").exists()]
    folder.mkdir(parents=True, exist_ok=True)
    if side and len(missing) > CHILDREN:
        with get_context("spawn").Pool(CHILDREN) as pool:
            pool.starmap(_keep, missing, chunksize=1)
    else:
        for shot, _, place in missing:
            _keep(shot, side, place)
    return [_kept(place) for place in places]


def _keep(shot: Shot, side: int, place: Path) -> None:
    picture = draw(shot, side=side)
    place.write_bytes(picture.data)
    place.with_suffix(".json").write_text(json.dumps(picture.faces), encoding="utf-8")  # last: it says that the other is whole


def _kept(place: Path) -> Picture:
    faces = json.loads(place.with_suffix(".json").read_bytes())
    return Picture(place.read_bytes(), {name: (left, top, wide, high) for name, (left, top, wide, high) in faces.items()})


def _name(shot: Shot, side: int) -> str:
    return hashlib.sha256(f"{_style()} {shot} {side}".encode()).hexdigest()[:32] + ".jpg"


@cache
def _style() -> str:
    """Changes with whatever draws."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
