"""Portraits: taken in through a limited child process, kept small and clean, shown to whom may see the member."""

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from backend.common.errors import InvalidError
from backend.people import decode, portraits
from backend.people.models import Member
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


@pytest.mark.parametrize(
    "data",
    [
        photo("JPEG"),
        photo("PNG"),
        photo("WEBP"),
        photo("PNG", mode="RGBA"),
        photo("JPEG", mode="CMYK"),
        photo("PNG", mode="P"),
        photo("PNG", (40, 90), "L"),
    ],
    ids=["jpeg", "png", "webp", "rgba", "cmyk", "palette", "small-grey"],
)
def test_a_photo_becomes_a_small_square_webp(data: bytes) -> None:
    with Image.open(io.BytesIO(portraits.clean(data))) as portrait:
        assert (portrait.format, portrait.size, portrait.mode) == ("WEBP", (320, 320), "RGB")


def test_where_it_was_taken_is_not_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[2] = (30.0, 45.0, 12.0)
    clean = portraits.clean(photo("JPEG", exif=exif, comment=b"a note"))
    assert b"Secret Camera" not in clean
    with Image.open(io.BytesIO(clean)) as portrait:
        assert dict(portrait.getexif()) == {}
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(portrait.info)


def test_a_photo_taken_upside_down_is_turned() -> None:
    image, exif, out = Image.new("RGB", (400, 400), "black"), Image.Exif(), io.BytesIO()
    image.paste("white", (0, 0, 400, 200))
    exif[0x0112] = 3
    image.save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(portraits.clean(out.getvalue()))) as portrait:
        assert portrait.convert("L").getpixel((160, 20)) < 20  # type: ignore[operator]  # one band
        assert portrait.convert("L").getpixel((160, 300)) > 235  # type: ignore[operator]  # one band


def png(width: int, height: int, depth: int = 8, colour: int = 0) -> bytes:
    """A PNG of that size in next to nothing: one row of zeros after the other."""
    bits = {0: 1, 2: 3, 6: 4}[colour] * depth * width
    rows = zlib.compressobj(9)
    body = b"".join(rows.compress(b"\0" * (1 + bits // 8)) for _ in range(height)) + rows.flush()
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)), (b"IDAT", body), (b"IEND", b""))
    )


def test_a_bomb_is_refused_by_its_header() -> None:
    bomb = png(20_000, 20_000, depth=1)
    assert len(bomb) < 60_000
    with pytest.raises(InvalidError, match="照片太大了"):
        portraits.clean(bomb)


def test_a_bomb_below_the_pixel_limit_stays_below_the_memory_limit() -> None:
    """38 MP of RGBA in a few hundred kB."""
    bomb = png(6200, 6200, depth=16, colour=6)
    assert len(bomb) < 400_000
    assert peak_of_cleaning(bomb) < 400_000


def test_the_child_cannot_take_more_than_it_was_given() -> None:
    greedy = f"import runpy; child = runpy.run_path({decode.__file__!r}); child['limit'](); bytearray(child['MEMORY'])"
    done = subprocess.run([sys.executable, "-I", "-c", greedy], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == "MemoryError"


def peak_of_cleaning(data: bytes) -> int:
    """The most kB that the child used, seen from a process that has no other children."""
    lines = (
        "import django, resource, sys; django.setup()",
        "from backend.people import portraits",
        "assert portraits.clean(sys.stdin.buffer.read())",
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
    )
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], input=data, capture_output=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "请用 JPEG、PNG 或 WebP 格式的照片。"),
        (b"hello", "请用 JPEG、PNG 或 WebP 格式的照片。"),
        (photo("GIF"), "请用 JPEG、PNG 或 WebP 格式的照片。"),
        (photo("TIFF"), "请用 JPEG、PNG 或 WebP 格式的照片。"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "请用 JPEG、PNG 或 WebP 格式的照片。"),
        (photo("JPEG")[:5000], "这张照片打不开，请换一张。"),
        (photo("PNG")[:5000], "这张照片打不开，请换一张。"),
        (photo("JPEG")[:2] + os.urandom(5000), None),
    ],
    ids=["empty", "text", "gif", "tiff", "svg", "half-jpeg", "half-png", "noise"],
)
def test_what_is_no_photo_is_refused_with_a_sentence(data: bytes, sentence: str | None) -> None:
    with pytest.raises(InvalidError) as refusal:
        portraits.clean(data)
    assert sentence is None or refusal.value.message == sentence


def test_the_extension_and_the_declared_type_are_not_believed(cast: Cast) -> None:
    lying = Phone(cast.carer).put(f"/api/members/{cast.zhiqiang.pk}/photo", photo("GIF"), content_type="image/png")
    assert (lying.status_code, lying.json()["message"]) == (422, "请用 JPEG、PNG 或 WebP 格式的照片。")
    honest = Phone(cast.carer).put(f"/api/members/{cast.zhiqiang.pk}/photo", photo("PNG"), content_type="image/jpeg")
    assert honest.status_code == 200


def test_more_than_20_mb_are_refused(cast: Cast) -> None:
    answer = put(Phone(cast.carer), cast, b"\0" * (20 * 1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["message"]) == (422, "照片不能超过 20 MB，请换一张小一点的。")


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
