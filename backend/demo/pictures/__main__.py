"""`python -m backend.demo.pictures FOLDER`: the whole demo's photos and portraits as files, and whose faces are where."""

import io
import json
import sys
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import django
from PIL import Image

from backend.demo.names import Names
from backend.demo.pictures.draw import Shot, draw
from backend.demo.pictures.portraits import portrait

SIDE, QUALITY = 1280, 78
SQUARE, FINER = 320, 82


def webp(data: bytes, side: int, quality: int) -> bytes:
    image, out = Image.open(io.BytesIO(data)), io.BytesIO()
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    image.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def shots() -> dict[str, Shot]:
    from backend.demo.stories import ELSEWHERE, SUNSHINE, Person  # noqa: PLC0415 - only after the setup

    found, numbers = {"garden": Shot("beds", seed=5)}, Counter[str]()
    for story in SUNSHINE:
        for take in story.takes:
            numbers[take.scene] += 1
            found[f"{take.scene}-{numbers[take.scene]}"] = Shot(take.scene, take.people, take.seed, take.shape)
    for home, members in elsewhere().items():
        for story in ELSEWHERE:
            for take in story.takes:
                people: dict[Person, str] = dict(enumerate(members))
                found[f"{home}-{take.scene}"] = take.shot(people)
    return found


def elsewhere() -> dict[str, list[str]]:
    names = Names(2026)
    homes: dict[str, list[str]] = {}
    for home, count in (("autumn", 29), ("hexin", 41)):
        homes[home] = [names.member() for _ in range(count)]
        names.mother()
    return homes


def _photo(folder: Path, item: tuple[str, Shot]) -> tuple[str, dict[str, list[float]]]:
    name, shot = item
    picture = draw(shot)
    (folder / f"{name}.webp").write_bytes(webp(picture.data, SIDE, QUALITY))
    return name, {person: [round(part, 4) for part in box] for person, box in picture.faces.items()}


def _portrait(folder: Path, name: str) -> None:
    (folder / "portraits" / f"{name}.webp").write_bytes(webp(portrait(name), SQUARE, FINER))


def main(folder: Path) -> None:
    django.setup()
    from backend.demo.cast import SUNSHINE as MEMBERS  # noqa: PLC0415 - only after the setup

    (folder / "portraits").mkdir(parents=True, exist_ok=True)
    with Pool(2, initializer=django.setup) as pool:
        faces = dict(pool.imap(partial(_photo, folder), shots().items()))
        pool.map(partial(_portrait, folder), [*MEMBERS, *elsewhere()["autumn"], *elsewhere()["hexin"]])
    lines = (
        f"  {json.dumps(name)}: {{" + ", ".join(f"{json.dumps(who, ensure_ascii=False)}: {box}" for who, box in there.items()) + "}"
        for name, there in faces.items()
    )
    (folder / "faces.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
