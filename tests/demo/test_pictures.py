"""The demo's photos: each scene with its people, the same from the same seed, drawn once."""

import io
from pathlib import Path

import pytest
from PIL import Image

from backend.demo.pictures import SCENES, Shot, draw, pictures

PEOPLE = ("沈志强", "周小芳", "陈水根")  # one of them in a wheelchair
SMALL = 64
ALONE = {"clinic"}  # the doctor has one guest at a time


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_shows_the_faces_of_its_people(scene: str) -> None:
    people = PEOPLE[:1] if scene in ALONE else PEOPLE
    faces = draw(Shot(scene, people), side=SMALL).faces
    assert set(faces) == set(people)
    for left, top, width, height in faces.values():
        assert 0.02 < width < 0.4
        assert 0.02 < height < 0.5
        assert 0 <= left <= 1 - width
        assert 0 <= top <= 1 - height


@pytest.mark.parametrize(("shape", "size"), [("wide", (64, 48)), ("tall", (48, 64)), ("square", (64, 64))])
def test_a_photo_has_the_shape_that_was_asked_for(shape: str, size: tuple[int, int]) -> None:
    photo = Image.open(io.BytesIO(draw(Shot("tea", PEOPLE, shape=shape), side=SMALL).data))
    assert (photo.format, photo.size) == ("JPEG", size)


def test_the_same_seed_is_the_same_photo_and_another_seed_another() -> None:
    one = draw(Shot("circle", PEOPLE, 1), side=SMALL)
    assert draw(Shot("circle", PEOPLE, 1), side=SMALL) == one
    assert draw(Shot("circle", PEOPLE, 2), side=SMALL).data != one.data


def test_a_scene_without_people_is_a_photo_of_nobody() -> None:
    assert draw(Shot("lamps"), side=SMALL).faces == {}


def test_what_was_drawn_once_is_kept(tmp_path: Path) -> None:
    shots = [Shot("tea", PEOPLE), Shot("lamps", PEOPLE[:1], 3)]
    first = pictures(shots, side=SMALL, folder=tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert pictures(shots, side=SMALL, folder=tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == kept


def test_a_plain_card_marks_the_same_people(tmp_path: Path) -> None:
    (card,) = pictures([Shot("choir", PEOPLE)], side=0, folder=tmp_path)
    assert list(card.faces) == list(PEOPLE)
    assert Image.open(io.BytesIO(card.data)).size == (160, 120)
