"""Two do something at the same moment: real threads on a real database."""

import uuid
from collections.abc import Callable

import pytest

from backend.accounts.models import User
from backend.moments.models import Comment, Photo, Post, Variant
from backend.moments.services import comments, photos, posts, renderings
from backend.moments.services.posts import PhotoIn
from notifications.ids import uuid7
from tests.moments.steps import BOX, OTHER_BOX, agree, boxed, make, photo, says
from tests.support.cast import make_cast
from tests.support.phone import Phone
from tests.support.together import overtaken, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_post_and_a_comment_that_are_sent_twice_are_there_once() -> None:
    cast = make_cast()
    one = photo(cast.zhiqiang)
    done = together(lambda number: make(cast, one, text="合影", post_id=number), [uuid7()] * 3)
    assert sorted(posted.repeat for posted in done) == [False, True, True]
    assert (Post.objects.count(), Photo.objects.count()) == (1, 1)
    post = Post.objects.get()
    said = together(lambda number: comments.comment(comment_id=number, post_id=post.pk, text="好", by=cast.carer)[1], [uuid7()] * 3)
    assert (sorted(said), Comment.objects.count()) == ([False, False, True], 1)


def test_a_photo_that_two_send_at_once_is_in_one_post_and_the_other_is_told() -> None:
    """Each waits for nobody but its own author: only the database sees both."""
    cast = make_cast()

    def answer(of: tuple[User, uuid.UUID, uuid.UUID]) -> tuple[int, str]:
        by, post_id, photo_id = of
        body = {"id": str(post_id), "home": cast.sunshine.pk, "text": "合影", "photos": [{"id": str(photo_id), "tags": "nobody"}]}
        got = Phone(by).post("/api/moments", body)
        return got.status_code, got.json().get("message", "")

    one = uuid7()
    told = together(answer, [(by, uuid7(), one) for by in (cast.carer, cast.colleague, cast.manager)])
    used = (409, "有张照片已经发过了，请重新选照片。")
    assert sorted(told) == [(201, ""), used, used]
    assert (Post.objects.count(), Photo.objects.get().pk) == (1, one)
    again = uuid7()
    told = together(answer, [(by, again, uuid7()) for by in (cast.carer, cast.colleague, cast.manager)])
    used = (409, "这个编号已经用过，请刷新后再发一次。")
    assert sorted(told) == [(201, ""), used, used]


def test_consent_tags_and_the_photo_worker_meet_and_the_right_renderings_come_of_it() -> None:
    """Whoever is last: what is made in the end follows what was said in the end."""
    cast = make_cast()
    for _ in range(3):
        agree(cast, cast.zhiqiang)
        post = make(cast, photo(boxed(cast.zhiqiang))).post
        one = post.photos.get()
        Photo.objects.filter(pk=one.pk).update(status="processing")
        marked = PhotoIn(id=one.pk, tags=[boxed(cast.zhiqiang, OTHER_BOX)])
        jobs: list[Callable[[], object]] = [
            lambda: says(cast, cast.zhiqiang, "self", "home", yes=False),
            lambda one=one: photos.photo_ready(photo_id=one.pk, width=1, height=1, preview=""),  # type: ignore[misc]  # bound now
            lambda post=post, marked=marked: posts.edit_post(post_id=post.pk, photos=[marked], by=cast.carer),  # type: ignore[misc]  # as above
        ]
        together(lambda job: job(), jobs)
        renderings.align_stale()
        assert [variant.boxes for variant in Variant.objects.filter(photo=one)] == [[list(OTHER_BOX)]]


def test_a_photo_that_gets_ready_while_its_post_becomes_an_album_is_blurred_for_guests() -> None:
    """Neither sees yet what the other is about to say."""
    cast = make_cast()
    agree(cast, cast.zhiqiang)
    post = make(cast, photo(boxed(cast.zhiqiang))).post
    one = post.photos.get()
    Photo.objects.filter(pk=one.pk).update(status="processing")
    overtaken(
        lambda: photos.photo_ready(photo_id=one.pk, width=1, height=1, preview=""),
        lambda: posts.open_album(post_id=post.pk, home_id=cast.sunshine.pk, by=cast.carer),
    )
    assert [variant.boxes for variant in Variant.objects.all()] == [[list(BOX)]]
