"""Portraits: taken in through a limited child process, kept small and clean, shown to those who may see the member."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from backend.common.imaging import client, worker
from backend.people.models import Member
from tests.moments.files import heic
from tests.support.cast import Cast
from tests.support.phone import Phone


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def photo(kind: str = "JPEG", size: tuple[int, int] = (900, 600), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **options)
    return out.getvalue()


def put(phone: Phone, cast: Cast, data: bytes) -> Any:
    return phone.put(f"/api/members/{cast.zhiqiang.pk}/photo", data, content_type="image/jpeg")


def url_after(phone: Phone, cast: Cast) -> str:
    answer = put(phone, cast, photo())
    assert answer.status_code == 200
    return str(answer.json()["avatar"]["photo"])


@pytest.mark.parametrize("data", [photo("JPEG"), photo("PNG", (40, 90), "L"), heic()], ids=["jpeg", "small-grey", "heic"])
def test_a_photo_becomes_a_small_square(cast: Cast, media: Path, data: bytes) -> None:
    """What else can come, tests/moments/test_files.py tells."""
    assert put(Phone(cast.carer), cast, data).status_code == 200
    (file,) = (media / "portraits").iterdir()
    with Image.open(file) as portrait:
        assert (portrait.format, portrait.size, portrait.mode) == ("WEBP", (320, 320), "RGB")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", client.SENTENCES[worker.BROKEN]),
        (b"hello", client.SENTENCES[worker.UNKNOWN]),
        (photo("JPEG")[:5000], client.SENTENCES[worker.BROKEN]),
    ],
    ids=["empty", "text", "half-jpeg"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(cast: Cast, media: Path, data: bytes, sentence: str) -> None:
    answer = put(Phone(cast.carer), cast, data)
    assert (answer.status_code, answer.json()["fields"]) == (422, {"photo": sentence})
    assert not list((media / "portraits").iterdir())


def test_the_extension_and_the_declared_type_are_not_believed(cast: Cast) -> None:
    lying = Phone(cast.carer).put(f"/api/members/{cast.zhiqiang.pk}/photo", photo("GIF"), content_type="image/png")
    assert (lying.status_code, lying.json()["message"]) == (422, client.SENTENCES[worker.UNKNOWN])
    honest = Phone(cast.carer).put(f"/api/members/{cast.zhiqiang.pk}/photo", photo("PNG"), content_type="image/jpeg")
    assert honest.status_code == 200


def test_more_than_20_mb_are_refused(cast: Cast) -> None:
    answer = put(Phone(cast.carer), cast, b"\0" * (20 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["message"]) == (422, client.TOO_LARGE)


def test_staff_put_a_portrait_and_every_list_shows_it(cast: Cast, media: Path) -> None:
    url = url_after(Phone(cast.carer), cast)
    assert url.startswith("/media/portraits/")
    assert (media / url.removeprefix("/media/")).is_file()
    listed = Phone(cast.colleague).get(f"/api/homes/{cast.sunshine.pk}/members").json()["items"]
    assert [row["avatar"]["photo"] for row in listed if row["name"] == "沈志强"] == [url]


@pytest.mark.parametrize("who", ["mother", "officer", "autumn_carer", "stranger"])
def test_nobody_else_changes_it(cast: Cast, who: str, media: Path) -> None:
    assert put(Phone(getattr(cast, who)), cast, photo()).status_code == 404
    assert not list(media.iterdir())


@pytest.mark.parametrize("who", ["carer", "manager", "mother", "sister"])
def test_staff_and_family_see_it(cast: Cast, who: str) -> None:
    url = url_after(Phone(cast.carer), cast)
    answer = Phone(getattr(cast, who)).get(url)
    assert (answer.status_code, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (200, "image/webp", "private, no-cache")
    assert answer.content[:4] == b"RIFF"


@pytest.mark.parametrize("who", ["father", "officer", "volunteer", "autumn_carer", "charlie", "stranger"])
def test_nobody_else_sees_it(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(url_after(Phone(cast.carer), cast)).status_code == 404


def test_without_signing_in_there_is_nothing(cast: Cast) -> None:
    assert Phone().get(url_after(Phone(cast.carer), cast)).status_code == 404


def test_it_is_asked_for_anew_every_time_and_sent_once(cast: Cast) -> None:
    url, mother = url_after(Phone(cast.carer), cast), Phone(cast.mother)
    etag = mother.get(url).headers["ETag"]
    assert mother.get(url, headers={"If-None-Match": etag}).status_code == 304
    Phone(cast.carer).delete(f"/api/relatives/{cast.mother_link.pk}")
    assert mother.get(url, headers={"If-None-Match": etag}).status_code == 404


def test_a_new_portrait_has_a_new_name_and_the_old_file_goes(cast: Cast, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    carer = Phone(cast.carer)
    first = url_after(carer, cast)
    with django_capture_on_commit_callbacks(execute=True):
        second = url_after(carer, cast)
    assert first != second
    assert [file.name for file in (media / "portraits").iterdir()] == [second.rsplit("/", 1)[1]]


def test_a_portrait_can_be_taken_away(cast: Cast, media: Path, django_capture_on_commit_callbacks: Any) -> None:
    carer = Phone(cast.carer)
    url = url_after(carer, cast)
    with django_capture_on_commit_callbacks(execute=True):
        assert carer.delete(f"/api/members/{cast.zhiqiang.pk}/photo").status_code == 204
    assert Member.objects.get(pk=cast.zhiqiang.pk).photo == ""
    assert carer.get(url).status_code == 404
    assert not list((media / "portraits").iterdir())


@pytest.mark.parametrize("name", ["..%2f..%2fsecret_key", "a.webp", "0" * 32 + ".png", "%00"])
def test_no_other_file_can_be_asked_for(cast: Cast, name: str) -> None:
    assert Phone(cast.carer).get(f"/media/portraits/{name}").status_code == 404


def test_it_can_only_be_read(cast: Cast) -> None:
    url = url_after(Phone(cast.carer), cast)
    assert Phone(cast.carer).post(url).status_code == 405
