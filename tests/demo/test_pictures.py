"""The demo's pictures: files that are small together, with the faces of the people in them."""

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from pytest_django import Settings

from backend.common.imaging.worker import SQUARE
from backend.demo.cast import SUNSHINE
from backend.demo.photos import FOLDER, faces, photo, portrait
from backend.demo.stories import STORIES, UNMARKED

MOST_BYTES = 5_000_000
COVER = "garden"
PORTRAITS = sorted((FOLDER / "portraits").iterdir())


def told() -> Iterator[str]:
    for story in itertools.chain.from_iterable(STORIES.values()):
        yield from story.photos.split()


def test_all_of_them_are_small_enough_to_be_cloned() -> None:
    assert sum(file.stat().st_size for file in FOLDER.rglob("*") if file.is_file()) <= MOST_BYTES


def test_each_is_told_of_once_and_none_lies_there_for_nothing() -> None:
    assert sorted([*told(), COVER]) == sorted(faces()) == sorted(file.stem for file in FOLDER.glob("*.webp"))
    assert UNMARKED in faces()


@pytest.mark.parametrize("name", faces())
def test_the_faces_of_its_people_are_in_it_side_by_side(name: str) -> None:
    people = faces()[name]
    for box in people.values():
        assert 0.02 < box.w < 0.4
        assert 0.02 < box.h < 0.5
        assert 0 <= box.x <= 1 - box.w
        assert 0 <= box.y <= 1 - box.h
    middles = [(box.x + box.w / 2, box.y + box.h / 2) for box in people.values()]
    assert len(set(middles)) == len(people)


def test_there_are_photos_of_nobody() -> None:
    assert faces()["harvest-3"] == faces()[COVER] == {}


@pytest.mark.parametrize("file", [*sorted(FOLDER.glob("*.webp")), *PORTRAITS], ids=lambda file: file.stem)
def test_a_file_is_a_picture_and_nothing_else(file: Path) -> None:
    with Image.open(file) as picture:
        picture.load()
        assert (picture.format, picture.mode) == ("WEBP", "RGB")
        assert not {"exif", "xmp", "icc_profile"} & picture.info.keys()
        if file in PORTRAITS:
            assert picture.size == (SQUARE, SQUARE)  # as the server stores what is uploaded
        else:
            assert max(picture.size) == 1280


@pytest.mark.parametrize(("name", "size"), [("tea-1", (64, 48)), ("walk-2", (48, 64)), ("tea-2", (64, 64))])
def test_a_photo_comes_as_it_is_or_in_the_size_that_was_asked_for(name: str, size: tuple[int, int], settings: Settings) -> None:
    settings.DEMO_PICTURES = 64
    small = Image.open(io.BytesIO(photo(name)))
    assert (small.format, small.size) == ("WEBP", size)
    settings.DEMO_PICTURES = 0
    assert photo(name) == (FOLDER / f"{name}.webp").read_bytes()


def test_everybody_of_the_home_has_a_portrait_of_their_own(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    stored = [tmp_path / portrait(name) for name in SUNSHINE]
    assert len({file.read_bytes() for file in stored}) == len(SUNSHINE)
    assert portrait("无名氏") == ""
