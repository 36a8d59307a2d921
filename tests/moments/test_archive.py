"""A month's photos of one's own member, to keep."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine

from backend.moments import files
from backend.moments.models import Photo
from tests.moments.steps import OTHER_BOX, agree, boxed, photo, posted, printed
from tests.support.cast import Cast, relative
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def url(cast: Cast, month: str = "2026-03") -> str:
    return f"/api/moments/keepsake?member={cast.zhiqiang.pk}&month={month}"


def unpacked(answer: Any) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_STORED}
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_months_photos_as_this_family_sees_them(cast: Cast, morning: time_machine.Traveller) -> None:
    agree(cast, cast.zhiqiang)
    first = posted(cast, photo(cast.zhiqiang), photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), therapy="farm")
    printed(first)
    printed(posted(cast, photo(), photo(cast.xiaofang)))
    morning.move_to("2026-03-31T23:59:00+08:00")
    printed(posted(cast, photo(cast.zhiqiang)))
    morning.move_to("2026-04-01T00:00:00+08:00")
    printed(posted(cast, photo(cast.zhiqiang)))
    phone = Phone(cast.mother)
    counts = phone.get(f"/api/moments/keepsakes?member={cast.zhiqiang.pk}").json()
    assert counts == [{"month": "2026-04", "photos": 1}, {"month": "2026-03", "photos": 3}]
    answer = phone.get(url(cast))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="photos-2026-03.zip"'
    assert answer.headers["Cache-Control"] == "no-store"
    blurred = Photo.objects.get(variants__isnull=False).variants.get().key
    assert unpacked(answer) == {
        "2026-03-04 农疗 001.webp": b"clear 2048",
        "2026-03-04 农疗 002.webp": f"{blurred} 2048".encode(),
        "2026-03-31 动态 003.webp": b"clear 2048",
    }


def test_a_teacher_who_is_family_gets_what_the_family_gets(cast: Cast) -> None:
    relative(cast.carer, cast.zhiqiang, "姑姑")
    printed(posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX))))
    (content,) = unpacked(Phone(cast.carer).get(url(cast))).values()
    assert not content.startswith(b"clear")


def test_it_is_sent_file_by_file(cast: Cast) -> None:
    printed(posted(cast, *(photo(cast.zhiqiang) for _ in range(3))))
    answer: Any = Phone(cast.mother).get(url(cast))
    assert answer.streaming
    assert len(list(answer.streaming_content)) == 4


def test_a_file_that_has_gone_is_left_out(cast: Cast) -> None:
    post = posted(cast, photo(cast.zhiqiang), photo(cast.zhiqiang))
    printed(post)
    files.discard(post.photos.get(position=0).secret, post.photos.get(position=0).pk)
    assert list(unpacked(Phone(cast.mother).get(url(cast)))) == ["2026-03-04 动态 002.webp"]


def test_a_month_without_photos_says_so(cast: Cast) -> None:
    answer = Phone(cast.mother).get(url(cast))
    assert (answer.status_code, answer.json()["message"]) == (404, "这个月还没有照片。")


def test_nobody_else_gets_it(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    printed(posted(cast, photo(cast.zhiqiang)))
    people = (cast.sister, cast.father, cast.carer, cast.manager, cast.officer, cast.charlie)
    assert [Phone(user).get(url(cast)).status_code for user in people] == [200, 404, 404, 404, 404, 404]
