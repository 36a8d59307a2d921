"""♡ and comments: who may, who reads whose name, who hides."""

from typing import Any

import pytest
import time_machine
from django.db.models import Q

from backend.common.errors import ConflictError, NotFoundError, TooManyError
from backend.moments.models import Comment, Post
from backend.moments.services import comments
from backend.people.models import Relative
from backend.people.services import unbind
from notifications.ids import uuid7
from tests.moments.steps import agree, feed, make, photo, posted
from tests.support.cast import Cast, member, relative
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def post(cast: Cast) -> Post:
    """Words for everybody at 阳光家园."""
    return make(cast, text="今天摘了青菜").post


def say(who: Any, post: Post, text: str = "真好", **more: Any) -> Any:
    return Phone(who).post(f"/api/moments/{post.pk}/comments", {"id": str(uuid7()), "text": text, **more})


def read(who: Any) -> list[tuple[str, str]]:
    return [(each["by"], each["text"]) for each in feed(who)[0]["comments"]]


def likes(who: Any) -> dict[str, Any]:
    found: dict[str, Any] = feed(who)[0]["likes"]
    return found


def test_a_heart_counts_once_and_goes_again(cast: Cast, post: Post) -> None:
    url = f"/api/moments/{post.pk}/like"
    assert [Phone(cast.mother).put(url).status_code for _ in range(2)] == [204, 204]
    assert likes(cast.mother) == {"count": 1, "mine": True, "names": ["志强母亲"]}
    assert likes(cast.father) == {"count": 1, "mine": False, "names": ["一位家属"]}
    Phone(cast.carer).put(url)
    assert likes(cast.father)["names"] == ["一位家属", "陆老师"]
    assert [Phone(cast.mother).delete(url).status_code for _ in range(2)] == [204, 204]
    assert likes(cast.mother) == {"count": 1, "mine": False, "names": ["陆老师"]}


def test_a_comment_is_read_by_all_who_see_the_post(cast: Cast, post: Post, morning: time_machine.Traveller) -> None:
    answer = say(cast.mother, post, "  真  好 ")
    assert answer.status_code == 201
    assert [(each["by"], each["mine"], each["staff"], each["text"]) for each in answer.json()] == [("志强母亲", True, False, "真 好")]
    morning.shift(1)
    say(cast.carer, post, "谢谢")
    assert read(cast.father) == [("一位家属", "真 好"), ("陆老师", "谢谢")]
    assert read(cast.carer) == [("志强母亲", "真 好"), ("陆老师", "谢谢")]


def test_the_same_comment_again_is_no_second_one(cast: Cast, post: Post) -> None:
    number = str(uuid7())
    assert [say(cast.mother, post, id=number).status_code for _ in range(2)] == [201, 200]
    assert say(cast.mother, post, "别的", id=number).status_code == 409
    with pytest.raises(ConflictError):
        comments.comment(comment_id=Comment.objects.get().pk, post_id=post.pk, text="真好", by=cast.father)
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("text", [" ", "好" * 201, "\x07"])
def test_words_are_limited(cast: Cast, post: Post, text: str) -> None:
    assert say(cast.mother, post, text).status_code == 422


def test_nobody_fills_the_page_alone(cast: Cast, post: Post) -> None:
    Comment.objects.bulk_create(Comment(id=uuid7(), post=post, user=cast.mother, text="好", at=post.created_at) for _ in range(30))
    with pytest.raises(TooManyError):
        comments.comment(comment_id=uuid7(), post_id=post.pk, text="好", by=cast.mother)


def test_families_read_each_others_names_only_if_both_agreed(cast: Cast, post: Post) -> None:
    say(cast.mother, post)
    names = []
    for mothers, fathers in ((False, False), (True, False), (False, True), (True, True)):
        for link, shows in ((cast.mother_link, mothers), (cast.father_link, fathers)):
            answer = Phone(link.user).patch(f"/api/relatives/{link.pk}", {"shows_name": shows})
            assert answer.json() == {"id": link.pk, "shows_name": shows}
        names.append(read(cast.father)[0][0])
    assert names == ["一位家属", "一位家属", "一位家属", "志强母亲"]
    assert Phone(cast.mother).get("/api/me").json()["relatives"][0]["shows_name"] is True


def test_ones_own_family_is_always_known(cast: Cast, post: Post) -> None:
    say(cast.mother, post)
    assert read(cast.sister) == [("志强母亲", "真好")]


def test_who_left_is_somebody(cast: Cast, post: Post) -> None:
    Relative.objects.update(shows_name=True)
    say(cast.mother, post)
    unbind(relative_id=cast.mother_link.pk, by=cast.carer)
    assert (read(cast.father), read(cast.carer)) == ([("一位家属", "真好")], [("一位家属", "真好")])
    assert say(cast.mother, post).status_code == 404


def test_at_each_home_one_is_called_after_ones_member_there(cast: Cast) -> None:
    relative(cast.mother, cast.charlie_member, "阿姨")
    post = make(cast, text="秋阳的通知", home=cast.autumn, by=cast.autumn_carer).post
    say(cast.mother, post)
    assert feed(cast.autumn_carer)[0]["comments"][0]["by"] == "小海阿姨"
    relative(cast.stranger, member(cast.autumn, "钱小江"), "父亲")
    Relative.objects.filter(Q(member=cast.zhiqiang) | Q(user=cast.stranger)).update(shows_name=True)
    assert feed(cast.stranger)[0]["comments"][0]["by"] == "一位家属"
    Relative.objects.update(shows_name=True)
    assert feed(cast.stranger)[0]["comments"][0]["by"] == "小海阿姨"


def test_ones_own_comment_can_be_deleted_and_no_other(cast: Cast, post: Post) -> None:
    number = str(uuid7())
    say(cast.mother, post, id=number)
    url = f"/api/moments/{post.pk}/comments/{number}"
    assert [Phone(who).delete(url).status_code for who in (cast.father, cast.carer, cast.mother, cast.mother)] == [404, 404, 204, 404]
    assert read(cast.carer) == []
    assert Comment.objects.get().text == ""
    assert say(cast.mother, post, id=number).status_code == 200
    assert read(cast.mother) == []


def test_a_hidden_comment_is_seen_by_its_author_and_the_staff(cast: Cast, post: Post) -> None:
    number = str(uuid7())
    say(cast.mother, post, id=number)
    url = f"/api/moments/{post.pk}/comments/{number}/hidden"
    assert [Phone(cast.colleague).put(url).status_code for _ in range(2)] == [204, 204]
    assert (read(cast.father), read(cast.sister)) == ([], [])
    assert [feed(who)[0]["comments"][0]["hidden"] for who in (cast.mother, cast.carer)] == [True, True]
    assert Phone(cast.carer).delete(url).status_code == 204
    assert read(cast.father) == [("一位家属", "真好")]
    assert Phone(cast.mother).put(url).status_code == 404


def test_what_one_may_not_see_one_cannot_speak_to(cast: Cast) -> None:
    """A post whose photo the reader may see no longer, too."""
    hidden = posted(cast, photo(cast.xiaofang))
    with pytest.raises(NotFoundError):
        comments.comment(comment_id=uuid7(), post_id=hidden.pk, text="好", by=cast.mother)
    assert Phone(cast.mother).put(f"/api/moments/{hidden.pk}/like").status_code == 404
    agree(cast, cast.xiaofang)
    assert say(cast.mother, hidden).status_code == 201
