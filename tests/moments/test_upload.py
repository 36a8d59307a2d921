"""A photo's bytes come: to the disk, once, as far as there is room."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from backend.common import disk, uploads
from backend.common.imaging import client
from backend.moments.models import Photo
from tests.moments.drawing import taken
from tests.moments.steps import make, photo, posted
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def send(cast: Cast, data: bytes, *, kind: str = "image/jpeg") -> Any:
    of = Photo.objects.get()
    return Phone(cast.carer).generic("PUT", f"/api/moments/{of.post_id}/photos/{of.pk}", data, content_type=kind)


def incoming(media: Path) -> list[bytes]:
    return [file.read_bytes() for file in media.rglob("*") if file.is_file()]


@pytest.mark.parametrize("kind", ["image/jpeg", "image/heic", "application/octet-stream"])
def test_it_is_on_the_disk_when_it_is_answered(cast: Cast, media: Path, kind: str) -> None:
    make(cast, photo())
    assert send(cast, taken(1), kind=kind).status_code == 202
    assert incoming(media) == [taken(1)]
    assert Photo.objects.get().status == "processing"


def test_again_does_nothing(cast: Cast, media: Path) -> None:
    posted(cast, photo())
    assert send(cast, taken(1)).status_code == 202
    assert incoming(media) == []
    assert Photo.objects.get().status == "ready"


def test_more_than_20_mb_are_refused_and_nothing_is_left(cast: Cast, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1000)
    make(cast, photo())
    answer = send(cast, bytes(1001))
    assert (answer.status_code, answer.json()["fields"]) == (422, {"photo": client.TOO_LARGE})
    assert incoming(media) == []
    assert Photo.objects.get().status == "waiting"
    assert send(cast, bytes(1000)).status_code == 202


def test_what_is_left_of_the_disk_is_the_doors(cast: Cast, media: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(cast, photo())
    with monkeypatch.context() as patch:
        patch.setattr(disk, "RESERVE", 1 << 60)
        answer = send(cast, taken(1))
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()["code"]) == (503, "600", "no_room")
    assert answer.json()["message"] == "驿站的存储空间快满了，照片先留在您手机里，稍后会自动再传。"
    assert incoming(media) == []
    assert send(cast, taken(1)).status_code == 202
