"""A post is made: by whom, with what, once."""

import uuid
from typing import Any

import pytest
import time_machine

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.moments.models import Photo, Post
from backend.moments.rules import MOST_PHOTOS
from backend.moments.services import photos as photos_services
from backend.moments.services.posts import TagIn
from notifications.ids import uuid7
from tests.activities.steps import plan
from tests.moments.steps import agree, boxed, develop, feed, make, photo, posted, put, texts, unmarked
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def body(cast: Cast, *photos: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "home": cast.sunshine.pk, "text": "今天摘了青菜", "photos": photos, **more}


def test_a_post_reaches_the_family_as_its_photos_become_ready(cast: Cast) -> None:
    tags = [{"member": cast.zhiqiang.pk, "box": [0.1, 0.2, 0.3, 0.4]}]
    sent = body(cast, {"id": str(uuid7()), "tags": tags}, {"id": str(uuid7()), "tags": "nobody"}, therapy="farm")
    made = Phone(cast.carer).post("/api/moments", sent)
    assert (made.status_code, made.json()["id"], made.json()["warnings"]) == (201, sent["id"], [])
    assert [each["status"] for each in made.json()["photos"]] == ["waiting", "waiting"]
    post = Post.objects.get()
    assert feed(cast.mother) == []
    first, second = post.photos.order_by("position")
    for each in (first, second):
        assert put(Phone(cast.carer), post, each.pk).status_code == 202
    assert [each["status"] for each in feed(cast.carer)[0]["photos"]] == ["processing", "processing"]
    assert feed(cast.mother) == []
    develop(post)
    (item,) = feed(cast.mother)
    assert [each["id"] for each in item["photos"]] == [str(first.pk), str(second.pk)]
    assert item["photos"][0]["src"]["320"] == f"/media/moments/{first.secret}/clear-320.webp"
    assert (item["author"]["title"], item["therapy"], item["text"], item["staff"]) == ("陆老师", "farm", "今天摘了青菜", False)


def test_the_same_post_again_is_no_second_one(cast: Cast) -> None:
    sent = body(cast, {"id": str(uuid7())})
    answers = [Phone(cast.carer).post("/api/moments", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert (Post.objects.count(), Photo.objects.count()) == (1, 1)


def test_a_number_that_somebody_else_has_used_is_refused(cast: Cast) -> None:
    post = make(cast, photo(), text="合影").post
    with pytest.raises(ConflictError, match="编号"):
        make(cast, text="别的", post_id=post.pk, by=cast.colleague)
    with pytest.raises(ConflictError, match="编号"):
        make(cast, text="别的", post_id=post.pk, home=cast.autumn, by=cast.autumn_carer)
    again = photo()
    make(cast, again)
    with pytest.raises(ConflictError, match="已经发过"):
        make(cast, again)


def test_from_a_running_session_its_therapy_comes_along(cast: Cast) -> None:
    session = plan(cast, "采摘青菜", therapy="farm").sessions[0]
    make(cast, text="开始了", session_id=session.pk)
    (item,) = feed(cast.mother, session=session.pk)
    assert (item["therapy"], item["session"]) == ("farm", {"id": session.pk, "title": "采摘青菜"})
    named = plan(cast, "谈心", therapy="counseling", audience="named", members=[cast.xiaofang.pk]).sessions[0]
    make(cast, text="聊了聊", session_id=named.pk, therapy="culture")
    assert texts(cast.mother, session=session.pk) == ["开始了"]
    assert {item["therapy"]: item["session"] for item in feed(cast.mother)}["culture"] is None
    assert (texts(cast.mother, session=named.pk), texts(cast.carer, session=named.pk)) == ([], ["聊了聊"])
    with pytest.raises(InvalidError, match="不在了"):
        make(cast, text="开始了", session_id=session.pk, home=cast.autumn, by=cast.autumn_carer)


def test_naming_who_did_not_agree_warns_and_is_not_refused(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    text = "志强和小芳、吴晓东一起摘菜"
    assert make(cast, text=text).warnings == [
        "小芳没有同意让其他家庭看到，文字里最好不要写名字。",
        "晓东没有同意让其他家庭看到，文字里最好不要写名字。",
    ]
    assert texts(cast.mother) == [text]


def test_lines_stay_and_blanks_and_what_cannot_be_seen_go(cast: Cast) -> None:
    make(cast, text="  第一行  \n\n 第二\u200b  行\x00👨\u200d👩\u200d👧\ud800\r\n")
    assert texts(cast.mother) == ["第一行\n\n第二 行👨\u200d👩\u200d👧"]


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"text": " \n"}, "写点什么"),
        ({"text": "好" * 1001}, "1000"),
        ({"text": "\x00"}, "写点什么"),
    ],
)
def test_words_that_make_no_sense_are_refused(cast: Cast, facts: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        make(cast, **facts)


def test_photos_that_make_no_sense_are_refused(cast: Cast) -> None:
    twice = photo(cast.zhiqiang, cast.zhiqiang)
    with pytest.raises(InvalidError, match="同一个人"):
        make(cast, twice)
    with pytest.raises(InvalidError, match="不在本家园"):
        make(cast, photo(cast.charlie_member))
    with pytest.raises(InvalidError, match=str(MOST_PHOTOS)):
        make(cast, *(photo() for _ in range(MOST_PHOTOS + 1)))
    with pytest.raises(InvalidError, match="框得太小"):
        make(cast, photo(TagIn(cast.zhiqiang.pk, boxed(cast.zhiqiang).box._replace(w=0.001))))  # type: ignore[union-attr]  # it has a box
    wrong = body(cast, {"id": str(uuid7()), "tags": [{"member": cast.zhiqiang.pk, "box": [0, 0, 2, 1]}]})
    assert Phone(cast.carer).post("/api/moments", wrong).status_code == 422
    assert Post.objects.count() == 0


def test_an_empty_list_of_people_says_nothing(cast: Cast) -> None:
    answer = Phone(cast.carer).post("/api/moments", body(cast, {"id": str(uuid7()), "tags": []}))
    assert [each["marked"] for each in answer.json()["photos"]] == [False]


def test_a_photo_comes_once(cast: Cast) -> None:
    post = make(cast, photo(), unmarked()).post
    first = post.photos.get(position=0)
    assert photos_services.may_receive(post_id=post.pk, photo_id=first.pk, by=cast.colleague)
    photos_services.photo_received(post_id=post.pk, photo_id=first.pk, by=cast.colleague)
    assert not photos_services.may_receive(post_id=post.pk, photo_id=first.pk, by=cast.carer)
    develop(post)
    assert put(Phone(cast.carer), post, first.pk).status_code == 202
    first.refresh_from_db()
    assert first.status == "ready"
    with pytest.raises(NotFoundError):
        photos_services.may_receive(post_id=post.pk, photo_id=uuid.uuid4(), by=cast.carer)


def test_a_refused_photo_says_why_to_the_teacher_and_may_come_again(cast: Cast) -> None:
    post = make(cast, photo()).post
    one = post.photos.get()
    put(Phone(cast.carer), post, one.pk)
    photos_services.photo_refused(photo_id=one.pk, sentence="这张照片打不开，请换一张。")
    (shown,) = feed(cast.carer)[0]["photos"]
    assert (shown["status"], shown["refusal"], shown["src"]) == ("refused", "这张照片打不开，请换一张。", {})
    put(Phone(cast.carer), post, one.pk)
    (shown,) = feed(cast.carer)[0]["photos"]
    assert (shown["status"], shown["refusal"]) == ("processing", "")


def test_the_feed_goes_on_where_it_was_while_posts_come_and_go(cast: Cast, morning: time_machine.Traveller) -> None:
    made = []
    for number in range(7):
        morning.shift(60 if number % 3 else 0)  # some at the same moment
        made.append(make(cast, text=str(number)).post)
    phone, found = Phone(cast.mother), []
    cursor: str | None = ""
    while cursor is not None:
        page = phone.get(f"/api/moments?limit=2&after={cursor}").json()
        found += [item["text"] for item in page["items"]]
        cursor = page["next"]
        morning.shift(1)
        make(cast, text="新的")
        if len(found) % 4 == 0:  # the very post that the cursor names
            Post.objects.filter(pk=page["items"][-1]["id"]).delete()
    assert found == [post.text for post in sorted(made, key=lambda post: (post.created_at, post.pk), reverse=True)]
    assert phone.get("/api/moments?after=nonsense").status_code == 422


def test_the_feed_is_found_by_member_therapy_month_and_day(cast: Cast, morning: time_machine.Traveller) -> None:
    agree(cast, cast.xiaofang)
    posted(cast, photo(cast.zhiqiang), text="有他", therapy="farm")
    posted(cast, photo(cast.xiaofang), text="没有他", therapy="work")
    morning.move_to("2026-04-01T00:30:00+08:00")
    make(cast, text="四月")
    assert texts(cast.mother, member=cast.zhiqiang.pk) == ["有他"]
    assert texts(cast.carer, member=cast.xiaofang.pk) == ["没有他"]
    assert texts(cast.mother, therapy="work") == ["没有他"]
    assert texts(cast.mother, month="2026-04") == ["四月"]
    assert texts(cast.mother, day="2026-04-01") == ["四月"]
    assert sorted(texts(cast.mother, month="2026-03")) == ["有他", "没有他"]
    phone = Phone(cast.mother)
    assert phone.get("/api/moments/months").json() == [{"month": "2026-04", "posts": 1}, {"month": "2026-03", "posts": 2}]
    assert phone.get(f"/api/moments/months?member={cast.zhiqiang.pk}").json() == [{"month": "2026-03", "posts": 1}]
    for path in (f"?member={cast.xiaofang.pk}", f"/months?member={cast.xiaofang.pk}", f"?home={cast.autumn.pk}", "?member=999999"):
        assert phone.get(f"/api/moments{path}").status_code == 404, path
