"""What the cast sees of the demo's album: the rules of the real one, told by a day that is always today."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.moments import due as moments
from backend.moments import files
from backend.moments.models import Comment, Like, Photo, Post
from backend.moments.notices import MOMENTS
from backend.moments.rules import seen_posts, viewer
from backend.people.models import Consent, Member
from backend.people.rules import consents
from notifications.models import Announcement
from tests.attendance.door import at
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("album")]


@pytest.fixture(scope="module")
def album(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loaded at ten in the morning with its photos developed, once for all: nobody here changes it."""
    told = override_settings(DEMO=True, MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    whole = transaction.atomic()
    setattr(whole, "_from_testcase", True)  # noqa: B010 - as Django's TestCase marks its own; the stubs do not know it
    with told, time_machine.travel(at("10:00"), tick=False), django_db_blocker.unblock(), whole:
        call_command("demo", developed=True)
        yield
        transaction.set_rollback(True)


def somebody(number: int) -> User:
    return User.objects.get(phone=f"+861380000000{number}")


def feed(number: int) -> list[Any]:
    answer = Phone(somebody(number)).get("/api/moments?limit=30").json()
    assert answer["next"] is None
    posts: list[Any] = answer["items"]
    return posts


def tags_of(post: Any) -> list[list[str]]:
    return [[tag["short_name"] for tag in photo["tags"]] for photo in post["photos"]]


def keys(post: Any) -> list[str]:
    """Which rendering of each photo somebody gets."""
    return [photo["src"]["1080"].rsplit("/", 1)[1].removesuffix("-1080.webp") for photo in post["photos"]]


def with_word(posts: list[Any], word: str) -> Any:
    (post,) = [post for post in posts if word in post["text"]]
    return post


def test_the_cast_sees_what_the_families_agreed_to() -> None:
    mother, teacher, father, charlie = (feed(number) for number in (1, 2, 7, 8))

    assert len(teacher) >= 10
    assert {post["home"]["name"] for post in mother + teacher + father} == {"阳光家园"}
    assert "秋阳家园" in {post["home"]["name"] for post in charlie}
    assert "阳光家园" not in {post["home"]["name"] for post in charlie}

    # 周小芳 in a group: blurred for others, clear for the father; alone: not for others.
    group, alone = "元旦汇演", "春联"
    for posts, clear in ((teacher, True), (father, True), (mother, False)):
        assert (keys(with_word(posts, group))[0] == files.CLEAR) == clear
    assert set(keys(with_word(mother, group))[1:]) == {files.CLEAR}
    assert [len(with_word(posts, alone)["photos"]) for posts in (teacher, father, mother)] == [3, 3, 2]
    assert tags_of(with_word(father, alone)) == [[], ["小芳"], []]

    assert sum("志强" in tags for post in mother for tags in tags_of(post)) >= 8
    assert {tag["short_name"] for post in mother for photo in post["photos"] for tag in photo["tags"]} == {"志强"}


def test_everybody_named_or_heard_may_be_and_nothing_lies_ahead() -> None:
    words = [text for post in feed(2) for text in (post["text"], *(comment["text"] for comment in post["comments"]))]
    assert not [text for text in words if "小芳" in text]
    for post in Post.objects.all():
        said = {*post.likes.values_list("user", flat=True), *post.comments.values_list("user", flat=True)}
        for user in User.objects.filter(pk__in=said):
            assert seen_posts(viewer(user)).filter(pk=post.pk).exists(), (post.text, user.name)
    for told in (Comment, Like, Consent):
        assert not told.objects.filter(at__gt=clock.now()).exists()
    assert not Post.objects.filter(created_at__gt=clock.now()).exists()
    assert Post.objects.filter(created_at__date=clock.today()).exists()


def test_the_photos_are_real_files_and_news_of_their_own_day() -> None:
    assert not Photo.objects.exclude(status=Photo.Status.READY).exists()
    incoming = files.incoming(Photo.objects.all()[0].pk).parent
    assert [*incoming.iterdir()] == []
    for photo in Photo.objects.all():
        for key in (files.CLEAR, *photo.variants.values_list("key", flat=True)):
            assert all(files.rendering(photo.secret, key, size).is_file() for size in files.SIZES)
    assert not Photo.objects.filter(shown_since__gt=clock.now() - dt.timedelta(minutes=1)).exists()
    pass_by(moments.due, clock.now())
    assert not Announcement.objects.filter(kind=MOMENTS).exists()
    assert Photo.objects.filter(marked=False).count() == 1


def test_the_door_shows_a_face_of_everybody_to_whom_may_see_it() -> None:
    sunshine = Home.objects.get(name="阳光家园")
    teacher, stranger = Phone(somebody(2)), Phone(somebody(8))
    board = teacher.get(f"/api/attendance/board?home={sunshine.pk}").json()["members"]
    shown = {member["avatar"]["photo"] for member in board}
    assert len(shown) == 34
    for photo in shown:
        assert (teacher.get(photo).status_code, stranger.get(photo).status_code) == (200, 404)
    assert len({*Member.objects.values_list("photo", flat=True)} - {""}) == Member.objects.count()


def test_consent_was_asked_long_ago_and_one_family_thought_better_of_it() -> None:
    members = {member.name: member.pk for member in Member.objects.all()}
    holds = consents(members.values())
    allowed = {name for name, member in members.items() if holds.allows(member, "home")}
    assert {"沈志强", "陈水根"} <= allowed  # 陈水根's family signed on paper
    assert not {"周小芳", "钱秀英", "戴跃进", "曹关荣", "吴晓东"} & allowed
    assert holds.said(members["戴跃进"], "home", "self") is False
    answers = list(Consent.objects.filter(member=members["吴晓东"], audience="home").order_by("pk").values_list("key", "yes"))
    assert answers == [("self", True), ("guardian", True), ("guardian", False)]
    assert Consent.objects.filter(member=members["陈水根"], on_paper=True, given_by__name="陆文琴").exists()
