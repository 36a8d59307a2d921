"""Who sees a photo: in a group, while it is made, after somebody left."""

from typing import Any

import pytest
from django.utils import timezone

from backend.accounts.models import User
from backend.activities.models import Session
from backend.common import clock
from backend.homes.models import StaffPost
from backend.moments import rules
from backend.moments.models import Photo, Post, Variant
from backend.moments.queries import photos
from backend.moments.services import posts
from backend.moments.services.posts import Box
from backend.people.models import Consent, Placement
from backend.people.services import unbind
from tests.activities.steps import planned
from tests.attendance.door import DAY
from tests.moments.steps import (
    BLURRED,
    BOX,
    CLEAR,
    GONE,
    OTHER_BOX,
    agree,
    boxed,
    feed,
    got,
    make,
    photo,
    posted,
    says,
    settle,
    texts,
    unmarked,
)
from tests.support.cast import Cast, member, relative
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

ROLES = ("mother", "sister", "father", "carer", "colleague", "manager", "volunteer", "coordinator", "officer", "charlie", "autumn_carer")


def test_in_a_group_only_who_did_not_agree_is_blurred_and_not_for_their_own_family(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), photo(cast.zhiqiang), photo(cast.xiaofang))
    assert got(cast.mother, post) == [BLURRED, CLEAR, GONE]
    assert got(cast.father, post) == [CLEAR, CLEAR, CLEAR]
    assert got(cast.carer, post) == [CLEAR, CLEAR, CLEAR]
    assert [variant.boxes for variant in Variant.objects.all()] == [[list(OTHER_BOX)]]
    previews = [each["preview"].split()[0] for role in ("mother", "father") for each in feed(getattr(cast, role))[0]["photos"]]
    assert previews == ["blurred", "clear", "clear", "clear", "clear"]


def test_each_of_two_families_sees_its_own_and_not_the_other(cast: Cast) -> None:
    post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)))
    keys = [photos.rendering_for(user, post.photos.get().secret) for user in (cast.mother, cast.father)]
    boxes = [Variant.objects.get(key=sight.key).boxes for sight in keys if sight]
    assert boxes == [[list(OTHER_BOX)], [list(BOX)]]


def test_a_mother_of_two_sees_both_children(cast: Cast) -> None:
    relative(cast.mother, cast.xiaodong, "姑姑")
    post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaodong, OTHER_BOX), boxed(cast.xiaofang, Box(0.4, 0.7, 0.1, 0.1))))
    sight = photos.rendering_for(cast.mother, post.photos.get().secret)
    assert sight
    assert len(Variant.objects.get(key=sight.key).boxes) == 1
    # Bound after the photo was made: until that variant is there too, one that blurs more will do.
    Variant.objects.filter(key=sight.key).delete()
    other = photos.rendering_for(cast.mother, post.photos.get().secret)
    assert other
    assert len(Variant.objects.get(key=other.key).boxes) == 2


def test_a_blurred_rendering_is_not_there_until_it_is_ready(cast: Cast) -> None:
    post = posted(cast, photo(boxed(cast.xiaofang)))
    assert (got(cast.mother, post), got(cast.father, post)) == ([BLURRED], [CLEAR])
    Variant.objects.update(ready_at=None)
    assert (got(cast.mother, post), got(cast.father, post)) == ([], [CLEAR])


def who_sees(cast: Cast, post: Post) -> set[str]:
    return {role for role in ROLES if rules.seen_posts(rules.viewer(getattr(cast, role))).filter(pk=post.pk).exists()}


def test_nobody_in_it_is_for_the_families_of_the_home(cast: Cast) -> None:
    post = posted(cast, photo())
    assert who_sees(cast, post) == {"mother", "sister", "father", "carer", "colleague", "manager"}


def test_of_a_session_everybody_is_told_of_the_photos_that_they_see(cast: Cast) -> None:
    garden = planned(cast, "采摘青菜", therapy="farm")
    talk = planned(cast, "谈心", therapy="counseling", audience="named", members=[cast.xiaofang.pk])
    declined = posted(cast, photo(), photo(cast.zhiqiang), session_id=garden.pk).photos.all()[0]
    posted(cast, photo(cast.xiaofang), unmarked(), photo(boxed(cast.xiaofang)), session_id=garden.pk)
    posted(cast, photo(), session_id=talk.pk)
    posts.take_back(post_id=posted(cast, photo(), session_id=garden.pk).pk, by=cast.carer)
    make(cast, photo(), session_id=garden.pk)
    Photo.objects.filter(pk=declined.pk).update(declined_at=clock.now())
    counted = {role: photos_of(getattr(cast, role), garden, talk) for role in ("carer", "mother", "father", "charlie", "officer")}
    assert counted == {
        "carer": {garden.pk: 4, talk.pk: 1},
        "mother": {garden.pk: 2},
        "father": {garden.pk: 2},
        "charlie": {},
        "officer": {},
    }
    for role in ("mother", "father"):
        shown = [each for item in feed(getattr(cast, role), session=garden.pk) for each in item["photos"]]
        assert len(shown) == counted[role][garden.pk]


def photos_of(user: User, *sessions: Session) -> dict[int, int]:
    ids = ",".join(f"{each.pk}" for each in sessions)
    return {each["session"]: each["photos"] for each in Phone(user).get(f"/api/moments/sessions?sessions={ids}").json()}


def test_until_somebody_says_who_is_in_it_a_photo_is_the_staffs(cast: Cast) -> None:
    post = posted(cast, unmarked())
    assert who_sees(cast, post) == {"carer", "colleague", "manager"}


@pytest.mark.parametrize(
    "change", [{"status": "waiting"}, {"status": "processing"}, {"status": "refused"}, {"declined_at": timezone.now()}]
)
def test_what_is_not_ready_or_was_declined_is_not_there(cast: Cast, change: dict[str, Any]) -> None:
    post = posted(cast, photo(), photo(), text="合影")
    first = post.photos.order_by("position")[0]
    Photo.objects.filter(pk=first.pk).update(**change)
    assert got(cast.mother, post) == [GONE, CLEAR]
    Photo.objects.filter(post=post).update(**change)
    assert texts(cast.mother) == []
    assert texts(cast.carer) == ["合影"]
    assert photos.rendering_for(cast.carer, first.secret) is None


def test_words_alone_are_for_the_whole_home(cast: Cast) -> None:
    post = make(cast, text="明天停电，请多穿一件").post
    assert who_sees(cast, post) == {"mother", "sister", "father", "carer", "colleague", "manager"}


def test_with_all_its_photos_hidden_a_post_hides_its_words(cast: Cast) -> None:
    posted(cast, photo(cast.xiaofang), text="小芳的画")
    assert (texts(cast.mother), texts(cast.father)) == ([], ["小芳的画"])


def test_consent_withdrawn_holds_on_the_next_request(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    post = posted(cast, photo(boxed(cast.zhiqiang)))
    assert got(cast.father, post) == [CLEAR]
    says(cast, cast.zhiqiang, "self", "home", yes=False)
    assert got(cast.father, post) == []
    settle()
    assert got(cast.father, post) == [BLURRED]
    agree(cast, cast.zhiqiang)
    assert got(cast.father, post) == [CLEAR]
    settle()
    assert (got(cast.father, post), Variant.objects.count()) == ([CLEAR], 0)


def test_who_is_no_relative_any_more_sees_nothing(cast: Cast) -> None:
    post = posted(cast, photo(cast.zhiqiang), photo())
    assert got(cast.mother, post) == [CLEAR, CLEAR]
    unbind(relative_id=cast.mother_link.pk, by=cast.carer)
    assert got(cast.mother, post) == []


def test_a_teacher_who_left_sees_nothing(cast: Cast) -> None:
    post = posted(cast, photo())
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(ends_on=DAY)
    assert got(cast.carer, post) == []


def test_who_moved_keeps_the_photos_of_them(cast: Cast) -> None:
    agree(cast, cast.xiaofang)
    post = posted(cast, photo(cast.zhiqiang), photo(cast.zhiqiang, cast.xiaofang), photo(cast.xiaofang), photo(), text="合影")
    make(cast, text="通知")
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY)
    assert got(cast.mother, post) == [CLEAR, CLEAR, GONE, GONE]
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=DAY)
    assert got(cast.mother, post) == [CLEAR, CLEAR, GONE, GONE]
    make(cast, text="秋阳的通知", home=cast.autumn, by=cast.autumn_carer)
    assert sorted(texts(cast.mother)) == ["合影", "秋阳的通知"]
    assert texts(cast.charlie) == ["秋阳的通知"]


def test_a_teacher_who_is_family_elsewhere_sees_their_own_home_whole_and_the_other_as_families_do(cast: Cast) -> None:
    relative(cast.carer, cast.charlie_member, "姑姑")
    other = member(cast.autumn, "钱小江")
    there = posted(cast, photo(other), photo(cast.charlie_member), home=cast.autumn, by=cast.autumn_carer)
    here = posted(cast, photo(cast.xiaofang))
    assert (got(cast.carer, there), got(cast.carer, here)) == ([GONE, CLEAR], [CLEAR])
    assert sorted(item["staff"] for item in feed(cast.carer)) == [False, True]


def test_who_is_in_photos_of_another_home_cannot_be_asked_for(cast: Cast) -> None:
    """A teacher who is family elsewhere sees a photo there, but not that a member of their own, who came from there, is in it."""
    relative(cast.carer, cast.charlie_member, "姑姑")
    came = member(cast.autumn, "钱小江")
    for key in ("self", "guardian"):
        Consent.objects.create(member=came, key=key, audience="home", yes=True, at=clock.now(), given_by=cast.autumn_carer)
    posted(cast, photo(came), home=cast.autumn, by=cast.autumn_carer, text="秋阳")
    Placement.objects.filter(member=came).update(ends_on=DAY)
    Placement.objects.create(member=came, home=cast.sunshine, starts_on=DAY)
    assert (texts(cast.carer), texts(cast.carer, member=came.pk)) == (["秋阳"], [])


def test_families_read_who_is_in_it_only_of_their_own(cast: Cast) -> None:
    agree(cast, cast.zhiqiang)
    posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)))
    tags = {role: feed(getattr(cast, role))[0]["photos"][0]["tags"] for role in ("mother", "father", "carer")}
    assert [tag["short_name"] for tag in tags["mother"]] == ["志强"]
    assert [tag["short_name"] for tag in tags["father"]] == ["小芳"]
    assert [(tag["short_name"], tag["box"]) for tag in tags["carer"]] == [("志强", list(BOX)), ("小芳", list(OTHER_BOX))]
    assert {tag["box"] for tag in tags["mother"]} == {None}
