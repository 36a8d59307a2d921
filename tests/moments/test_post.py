"""A post is made: by whom, with what, once."""

import pytest

from backend.moments.models import Post
from notifications.ids import uuid7
from tests.moments.steps import agree, develop, feed, put
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def test_a_post_reaches_the_family_as_its_photos_become_ready(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    post_id, photo_id = str(uuid7()), str(uuid7())
    body = {
        "id": post_id,
        "home": cast.sunshine.pk,
        "text": "今天摘了青菜",
        "therapy": "farm",
        "photos": [{"id": photo_id, "tags": [{"member": cast.zhiqiang.pk}]}],
    }
    made = Phone(cast.carer).post("/api/moments", body)
    assert made.status_code == 201, made.json()
    assert feed(cast.mother) == []
    post = Post.objects.get()
    assert put(Phone(cast.carer), post, post.photos.get().pk).status_code == 202
    assert feed(cast.carer)[0]["photos"][0]["status"] == "processing"
    develop(post)
    assert feed(cast.mother)[0]["photos"][0]["status"] == "ready"
    assert feed(cast.mother)[0]["author"]["title"] == "陆老师"
