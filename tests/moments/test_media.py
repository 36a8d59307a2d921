"""/media/moments/…: each rendering only to those it is for, asked again every time; in parts, and not twice."""

from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from backend.moments import files
from backend.moments.models import Photo, Post
from backend.moments.services import posts
from tests.moments.steps import agree, boxed, photo, posted, printed, says
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")
NOTHING = (404, "没有这张照片。".encode())


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def post(cast: Cast) -> Post:
    """志强 with 小芳, who did not agree: the family of 志强 sees 小芳 blurred, and the father of 小芳 sees both."""
    agree(cast, cast.zhiqiang)
    made = posted(cast, photo(cast.zhiqiang, boxed(cast.xiaofang)))
    printed(made)
    return made


def shot(post: Post) -> Photo:
    return post.photos.get()


def url(post: Post, key: str = "", size: int = 320) -> str:
    """Of the blurred one, unless told otherwise."""
    return files.url(shot(post).secret, key or shot(post).variants.get().key, size)


def got(user: Any, address: str, **headers: str) -> tuple[int, bytes]:
    answer = Phone(user).get(address, headers=headers)
    return answer.status_code, answer.content


def test_each_viewer_gets_their_rendering_and_no_other(cast: Cast, post: Post) -> None:
    clear, blurred = url(post, "clear"), url(post)
    assert got(cast.mother, blurred)[1] == f"{shot(post).variants.get().key} 320".encode()
    assert got(cast.mother, clear) == NOTHING
    for staff in (cast.carer, cast.father):  # the father of 小芳
        assert got(staff, clear) == (200, b"clear 320")
        assert got(staff, blurred) == NOTHING
    for nobody in (cast.charlie, cast.officer, cast.volunteer, cast.stranger, None):
        assert got(nobody, clear) == got(nobody, blurred) == NOTHING


@pytest.mark.parametrize("size", [320, 1080, 2048])
def test_it_is_sent_whole_and_nobody_keeps_it_for_others(cast: Cast, post: Post, size: int) -> None:
    answer = Phone(cast.carer).get(url(post, "clear", size))
    assert answer.content == f"clear {size}".encode()
    assert {name: answer.headers[name] for name in ("Content-Type", "Cache-Control", "Accept-Ranges", "Content-Length")} == {
        "Content-Type": "image/webp",
        "Cache-Control": "private, no-cache",
        "Accept-Ranges": "bytes",
        "Content-Length": str(len(answer.content)),
    }


def test_it_is_sent_once(cast: Cast, post: Post) -> None:
    carer, address = Phone(cast.carer), url(post, "clear")
    etag = carer.get(address).headers["ETag"]
    again = carer.get(address, headers={"If-None-Match": f'"other", W/{etag}, {etag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert etag != carer.get(url(post, "clear", 1080)).headers["ETag"]


def test_whoever_may_not_see_it_any_more_does_not_hear_that_it_is_unchanged(cast: Cast, post: Post) -> None:
    mother, address = Phone(cast.mother), url(post)
    etag = mother.get(address).headers["ETag"]
    says(cast, cast.zhiqiang, "self", "family", yes=False)
    assert mother.get(address, headers={"If-None-Match": etag}).status_code == 404
    clear = url(post, "clear")
    posts.take_back(post_id=post.pk, by=cast.carer)
    assert got(cast.carer, clear) == NOTHING


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("bytes=0-3", (206, b"clea", "bytes 0-3/9")),
        ("bytes=6-", (206, b"320", "bytes 6-8/9")),
        ("bytes=6-99", (206, b"320", "bytes 6-8/9")),
        ("bytes=-3", (206, b"320", "bytes 6-8/9")),
        ("bytes=-99", (206, b"clear 320", "bytes 0-8/9")),
        ("bytes=9-", (416, b"", "bytes */9")),
        ("bytes=-0", (416, b"", "bytes */9")),
        ("bytes=5-2", (200, b"clear 320", None)),
        ("bytes=0-1,4-5", (200, b"clear 320", None)),
        ("lines=0-1", (200, b"clear 320", None)),
        ("bytes=-", (200, b"clear 320", None)),
    ],
)
def test_a_part_of_it(cast: Cast, post: Post, asked: str, answered: tuple[int, bytes, str | None]) -> None:
    answer = Phone(cast.carer).get(url(post, "clear"), headers={"Range": asked})
    assert (answer.status_code, answer.content, answer.headers.get("Content-Range")) == answered


def test_a_part_of_another_one_is_the_whole_of_this_one(cast: Cast, post: Post) -> None:
    carer, address = Phone(cast.carer), url(post, "clear")
    etag = carer.get(address).headers["ETag"]
    assert carer.get(address, headers={"Range": "bytes=0-3", "If-Range": etag}).status_code == 206
    assert carer.get(address, headers={"Range": "bytes=0-3", "If-Range": '"other"'}).status_code == 200


def test_its_head_alone(cast: Cast, post: Post) -> None:
    answer = Phone(cast.carer).head(url(post, "clear"), headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (200, b"", "9")
    assert Phone(cast.mother).head(url(post, "clear")).status_code == 404


def test_it_can_only_be_read(cast: Cast, post: Post) -> None:
    assert Phone(cast.carer).post(url(post, "clear")).status_code == 405


def test_a_proxy_sends_it_when_there_is_one(cast: Cast, post: Post, settings: Settings) -> None:
    settings.MEDIA_ACCEL = "/protected"
    secret = shot(post).secret
    answer = Phone(cast.carer).get(url(post, "clear"))
    assert answer.headers["X-Accel-Redirect"] == f"/protected/moments/{secret[:2]}/{secret}/clear-320.webp"
    assert (answer.content, answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (b"", "image/webp", "private, no-cache")
    refused = Phone(cast.charlie).get(url(post, "clear"))
    assert refused.status_code == 404
    assert "X-Accel-Redirect" not in refused.headers


@pytest.mark.parametrize("name", ["clear-640.webp", "clear-320.png", "..%2f..%2fsecret_key", "%00", "clear-320.webp%0a", "-320.webp"])
def test_no_other_file_can_be_asked_for(cast: Cast, post: Post, name: str) -> None:
    assert got(cast.carer, f"/media/moments/{shot(post).secret}/{name}")[0] == 404
    assert got(cast.carer, f"/media/moments/incoming/{shot(post).pk}") == NOTHING


def test_a_file_that_is_not_there_is_not_there(cast: Cast, post: Post) -> None:
    files.rendering(shot(post).secret, "clear", 320).unlink()
    assert got(cast.carer, url(post, "clear")) == NOTHING
