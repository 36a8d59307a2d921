"""`python -m backend.demo.pictures FOLDER [SCENE …]`: draws every scene, or those, to be looked at."""

import sys
from pathlib import Path

from backend.demo.pictures.draw import SCENES, Shot, draw

CAST = ("沈志强", "周小芳", "陈水根")
ALONE = {"clinic"}  # the doctor has one guest at a time


def main(folder: Path, *scenes: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for scene in scenes or SCENES:
        shot = Shot(scene, CAST[:1] if scene in ALONE else CAST)
        (folder / f"{scene}.jpg").write_bytes(draw(shot).data)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
