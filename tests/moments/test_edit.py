"""A post is edited, marked, taken back; a photo goes."""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings

from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.moments import files
from backend.moments.models import Comment, Like, Photo, Post, Variant
from backend.moments.queries import photos as photos_queries
from backend.moments.services import comments, photos, posts
from backend.moments.services.photos import photo_received
from notifications.ids import uuid7
from tests.moments.steps import (
    BLURRED,
    CLEAR,
    OTHER_BOX,
    agree,
    boxed,
    feed,
    got,
    make,
    photo,
    posted,
    printed,
    put,
    settle,
    texts,
    unmarked,
)
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def change(cast: Cast, post: Post, **what: Any) -> Any:
    answer = Phone(cast.colleague).patch(f"/api/moments/{post.pk}", what)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def on_disk() -> list[str]:
    return sorted(path.name for path in (Path(settings.MEDIA_ROOT) / "moments").rglob("*") if path.is_file())


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_colleague_mends_the_words(cast: Cast, morning: time_machine.Traveller) -> None:
    post = make(cast, text="今天摘了白菜").post
    morning.shift(60)
    changed = change(cast, post, text="今天和小芳摘了青菜", therapy="farm")
    assert (changed["text"], changed["therapy"], changed["warnings"]) == (
        "今天和小芳摘了青菜",
        "farm",
        ["小芳没有同意让其他家庭看到，文字里最好不要写名字。"],
    )
    (item,) = feed(cast.mother)
    assert (item["text"], item["edited_at"] > item["created_at"]) == ("今天和小芳摘了青菜", True)
    assert change(cast, post, therapy="")["text"] == "今天和小芳摘了青菜"
    assert feed(cast.mother)[0]["therapy"] is None


def test_marking_a_photo_shows_it_and_is_no_edit(cast: Cast) -> None:
    post = posted(cast, unmarked(), text="合影")
    one = post.photos.get()
    assert (texts(cast.mother), one.shown_since) == ([], None)
    changed = change(cast, post, photos=[{"id": str(one.pk), "tags": [{"member": cast.zhiqiang.pk}]}])
    one.refresh_from_db()
    assert (changed["edited_at"], one.shown_since) == (None, clock.now())
    assert (texts(cast.mother), texts(cast.father)) == (["合影"], [])
    change(cast, post, photos=[{"id": str(one.pk), "tags": "nobody"}])
    assert (texts(cast.mother), texts(cast.father)) == (["合影"], ["合影"])
    change(cast, post, photos=[{"id": str(one.pk), "tags": None}])
    assert texts(cast.mother) == []


def test_who_is_no_longer_tagged_or_newly_tagged_decides_at_once(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    post = posted(cast, photo(boxed(cast.zhiqiang)))
    printed(post)
    one = post.photos.get()
    assert got(cast.father, post) == [CLEAR]
    tags = [{"member": cast.zhiqiang.pk}, {"member": cast.lihua.pk, "box": list(OTHER_BOX)}]
    change(cast, post, photos=[{"id": str(one.pk), "tags": tags}])
    assert got(cast.father, post) == []
    settle()
    printed(post)
    assert got(cast.father, post) == [BLURRED]


def test_a_moved_box_unmakes_the_rendering_with_the_old_one(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    post = posted(cast, photo(boxed(cast.lihua)))
    printed(post)
    one, old = post.photos.get(), Variant.objects.get()
    same = {"id": str(one.pk), "tags": [{"member": cast.lihua.pk, "box": [0.1, 0.2, 0.3, 0.4]}]}
    with django_capture_on_commit_callbacks(execute=True):
        change(cast, post, photos=[same])
    assert (got(cast.mother, post), Variant.objects.get().pk) == ([BLURRED], old.pk)
    with django_capture_on_commit_callbacks(execute=True):
        change(cast, post, photos=[{"id": str(one.pk), "tags": [{"member": cast.lihua.pk, "box": list(OTHER_BOX)}]}])
    assert got(cast.mother, post) == []
    assert on_disk() == ["clear-1080.webp", "clear-2048.webp", "clear-320.webp"]
    assert not photos.variant_ready(variant_id=old.pk, preview="too late")
    settle()
    assert got(cast.mother, post) == [BLURRED]


def test_photos_change_places_and_new_ones_join(cast: Cast) -> None:
    post = posted(cast, photo(), photo(), photo(), text="合影")
    first, second, third = (str(pk) for pk in post.photos.order_by("position").values_list("pk", flat=True))
    assert [each["id"] for each in change(cast, post, photos=[{"id": third}, {"id": first}])["photos"]] == [third, first, second]
    assert [each["id"] for each in feed(cast.mother)[0]["photos"]] == [third, first, second]
    new = str(uuid7())
    changed = change(cast, post, photos=[{"id": new, "tags": "nobody"}, {"id": second}])
    assert [each["id"] for each in changed["photos"]] == [new, second, third, first]
    assert changed["edited_at"]
    put(Phone(cast.carer), post, Photo.objects.get(pk=new).pk)
    elsewhere = make(cast, photo()).post.photos.get()
    with pytest.raises(ConflictError, match="已经发过"):
        posts.edit_post(post_id=post.pk, photos=[photo(), type(photo())(id=elsewhere.pk, tags=[])], by=cast.carer)
    with pytest.raises(InvalidError, match="18"):
        posts.edit_post(post_id=post.pk, photos=[photo() for _ in range(15)], by=cast.carer)


def test_it_cannot_become_empty(cast: Cast) -> None:
    post = make(cast, text="合影").post
    with pytest.raises(InvalidError, match="撤回"):
        posts.edit_post(post_id=post.pk, text=" ", by=cast.carer)
    single = posted(cast, photo())
    with pytest.raises(InvalidError, match="最后一张"):
        photos.delete_photo(post_id=single.pk, photo_id=single.photos.get().pk, by=cast.carer)


def test_the_last_photo_takes_its_words_along_or_stays(cast: Cast) -> None:
    """Alone they would be for families from whom the photo hid them."""
    post = posted(cast, photo(cast.xiaofang), photo(), text="小芳的画")
    hidden, open_to_all = post.photos.order_by("position")
    assert (texts(cast.mother), texts(cast.father)) == (["小芳的画"], ["小芳的画"])
    photos.delete_photo(post_id=post.pk, photo_id=open_to_all.pk, by=cast.carer)
    assert (texts(cast.mother), texts(cast.father)) == ([], ["小芳的画"])
    answer = Phone(cast.carer).delete(f"/api/moments/{post.pk}/photos/{hidden.pk}")
    assert (answer.status_code, answer.json()["message"]) == (422, "这是最后一张照片了，请换一张，或撤回整条动态。")
    assert (texts(cast.mother), texts(cast.father)) == ([], ["小芳的画"])


def test_taken_back_nothing_of_it_is_left(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    post = posted(cast, photo(cast.zhiqiang), photo(), text="合影")
    printed(post)
    files.incoming(post.photos.all()[0].pk).parent.mkdir(parents=True)
    files.incoming(post.photos.all()[0].pk).write_bytes(b"as it came")
    secret = post.photos.all()[0].secret
    comments.like(post_id=post.pk, by=cast.mother)
    comments.comment(comment_id=uuid7(), post_id=post.pk, text="真好", by=cast.mother)
    with django_capture_on_commit_callbacks(execute=True):
        assert Phone(cast.colleague).delete(f"/api/moments/{post.pk}").status_code == 204
    assert (got(cast.mother, post), feed(cast.carer), photos_queries.rendering_for(cast.carer, secret)) == ([], [], None)
    assert on_disk() == []
    assert [model.objects.count() for model in (Photo, Like, Comment)] == [0, 0, 0]
    post.refresh_from_db()
    assert post.text == ""
    with pytest.raises(ConflictError, match="撤回"):
        make(cast, text="合影", post_id=post.pk)
    with pytest.raises(NotFoundError):
        posts.take_back(post_id=post.pk, by=cast.carer)


def test_a_single_photo_goes_and_the_others_stay(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    post = posted(cast, photo(), photo())
    printed(post)
    gone = post.photos.get(position=0)
    with django_capture_on_commit_callbacks(execute=True):
        assert Phone(cast.carer).delete(f"/api/moments/{post.pk}/photos/{gone.pk}").status_code == 204
    assert [each["id"] for each in feed(cast.mother)[0]["photos"]] == [str(post.photos.get().pk)]
    assert len(on_disk()) == 3
    assert not photos.photo_ready(photo_id=gone.pk, width=1, height=1, preview="")


def test_the_member_says_no_and_the_photo_is_gone_for_everybody(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), photo(), text="合影")
    printed(post)
    one = post.photos.get(position=0)
    url = f"/api/moments/{post.pk}/photos/{one.pk}/declined"
    with django_capture_on_commit_callbacks(execute=True):
        assert [Phone(cast.carer).post(url, {"member": cast.zhiqiang.pk}).status_code for _ in range(2)] == [204, 204]
    assert [len(feed(getattr(cast, role))[0]["photos"]) for role in ("mother", "father")] == [1, 1]
    (declined, _) = feed(cast.carer)[0]["photos"]
    assert (declined["declined"], declined["src"], declined["preview"]) == ("志强", {}, "")
    assert photos_queries.rendering_for(cast.carer, one.secret) is None
    assert len(on_disk()) == 3
    photo_received(post_id=post.pk, photo_id=one.pk, by=cast.carer)
    assert not photos.photo_ready(photo_id=one.pk, width=1, height=1, preview="")
    agree(cast, cast.zhiqiang)
    settle()
    assert Variant.objects.count() == 0
    assert Phone(cast.carer).post(url, {"member": cast.lihua.pk}).status_code == 404
