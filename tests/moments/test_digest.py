"""One word per Home and half-day to each family that may see something of it; counted as it sees it."""

import datetime as dt
import uuid

import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.accounts.notices import Batch
from backend.common import clock
from backend.moments.due import due
from backend.moments.models import Digest, Photo
from backend.moments.notices import digest_letters
from backend.moments.services import posts
from backend.people.services import unbind
from notifications.models import Notice
from tests.attendance.door import DAY, at, notices
from tests.moments.steps import OTHER_BOX, agree, boxed, make, photo, posted, says, unmarked
from tests.support.cast import Cast, relative
from tests.support.passing import expand_all, pass_by

TOMORROW = DAY + dt.timedelta(days=1)


def told(user: User) -> list[str]:
    return [title for _, title, _ in notices(user)]


def pass_until(morning: time_machine.Traveller, hhmm: str, day: dt.date = DAY) -> None:
    morning.move_to(at(hhmm, day))
    pass_by(due, clock.now())
    expand_all()


def test_each_family_is_told_once_of_what_it_may_see(cast: Cast, morning: time_machine.Traveller) -> None:
    agree(cast, cast.zhiqiang)
    relative(cast.sister, cast.xiaofang, "阿姨")
    posted(cast, photo(cast.zhiqiang), photo(cast.zhiqiang), photo(cast.xiaofang), photo(), unmarked(), therapy="farm")
    morning.shift(60)
    posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), therapy="culture", by=cast.colleague)
    pass_until(morning, "12:09")
    assert told(cast.mother) == []
    pass_until(morning, "12:10")
    pass_until(morning, "12:11")
    assert notices(cast.mother) == [(1, "阳光家园发了 4 张照片，有志强 3 张", "农疗、文疗。点开看看。")]
    assert told(cast.father) == ["阳光家园发了 5 张照片，有小芳 2 张"]
    assert told(cast.sister) == ["阳光家园发了 5 张照片，有志强 3 张，有小芳 2 张"]
    assert [told(who) for who in (cast.carer, cast.charlie, cast.officer, cast.volunteer)] == [[], [], [], []]
    letter = Notice.objects.get(inbox=cast.mother.pk)
    assert (letter.urgent, letter.thread, letter.link) == (
        False,
        f"member:{cast.zhiqiang.pk}:{cast.sunshine.pk}",
        f"/moments?home={cast.sunshine.pk}",
    )


def test_who_may_see_nothing_is_told_nothing(cast: Cast, morning: time_machine.Traveller) -> None:
    posted(cast, photo(cast.xiaofang), text="小芳的画")
    pass_until(morning, "12:10")
    assert (told(cast.mother), told(cast.father)) == ([], ["阳光家园发了 1 张照片，有小芳 1 张"])


def test_words_alone_are_told_too(cast: Cast, morning: time_machine.Traveller) -> None:
    make(cast, text="明天停电")
    pass_until(morning, "12:10")
    assert notices(cast.mother) == [(1, "阳光家园发了 1 条动态", "点开看看。")]


def test_the_afternoon_tells_only_what_came_since(cast: Cast, morning: time_machine.Traveller) -> None:
    posted(cast, photo())
    pass_until(morning, "12:10")
    pass_until(morning, "17:10")
    morning.move_to(at("17:30"))
    posted(cast, photo(), photo())
    pass_until(morning, "12:10", TOMORROW)
    pass_until(morning, "17:10", TOMORROW)
    assert told(cast.mother) == ["阳光家园发了 1 张照片", "阳光家园发了 2 张照片"]


def test_a_photo_is_new_when_families_may_see_it_not_when_it_was_posted(cast: Cast, morning: time_machine.Traveller) -> None:
    post = make(cast, photo()).post
    pass_until(morning, "12:10")
    Photo.objects.filter(post=post).update(status="ready", shown_since=at("12:30"))
    pass_until(morning, "17:10")
    assert told(cast.mother) == ["阳光家园发了 1 张照片"]


def test_what_is_marked_days_later_is_no_news(cast: Cast, morning: time_machine.Traveller) -> None:
    posted(cast, photo())
    Photo.objects.update(shown_since=at("12:00", DAY + dt.timedelta(days=3)))
    pass_until(morning, "12:10", DAY + dt.timedelta(days=3))
    assert told(cast.mother) == []


def test_who_sees_it_is_asked_when_it_is_told(cast: Cast, morning: time_machine.Traveller) -> None:
    """Not when it was posted: meanwhile a family left, a member said no, a post was taken back."""
    agree(cast, cast.zhiqiang)
    posted(cast, photo(cast.zhiqiang))
    back = posted(cast, photo())
    posts.take_back(post_id=back.pk, by=cast.carer)
    morning.move_to(at("12:10"))
    pass_by(due, clock.now())
    unbind(relative_id=cast.sister_link.pk, by=cast.carer)
    says(cast, cast.zhiqiang, "self", "home", yes=False)
    expand_all()
    assert [told(who) for who in (cast.mother, cast.sister, cast.father)] == [["阳光家园发了 1 张照片，有志强 1 张"], [], []]


def test_what_comes_late_in_the_evening_waits_for_noon(cast: Cast, morning: time_machine.Traveller) -> None:
    """And a server that was down at ten past five tells it when the quiet hours are over."""
    posted(cast, photo())
    pass_until(morning, "23:00")
    assert (Digest.objects.filter(home=cast.sunshine).count(), told(cast.mother)) == (1, [])
    pass_until(morning, "07:00", TOMORROW)
    assert told(cast.mother) == ["阳光家园发了 1 张照片"]


def test_readers_follow_each_other_in_chunks(cast: Cast, morning: time_machine.Traveller) -> None:
    posted(cast, photo())
    params = {"home": cast.sunshine.pk, "since": at("07:00").isoformat(), "upto": at("12:10").isoformat()}
    found, after = [], 0
    while letters := digest_letters(Batch(event=uuid.uuid4(), params=params, after=after, limit=2)):
        found += [letter.to for letter in letters]
        after = found[-1]
    assert found == sorted(user.pk for user in (cast.mother, cast.sister, cast.father))


def test_a_half_day_is_looked_at_once(cast: Cast, morning: time_machine.Traveller) -> None:
    posted(cast, photo())
    morning.move_to(at("12:10"))
    assert [len(list(due(clock.now()))), len(list(due(clock.now())))] == [2, 2]
    pass_by(due, clock.now())
    assert list(due(clock.now())) == []


def test_letters_cost_the_same_for_few_and_for_many(
    cast: Cast, morning: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def letters() -> int:
        params = {"home": cast.sunshine.pk, "since": at("07:00").isoformat(), "upto": at("12:10").isoformat()}
        with django_assert_num_queries(11):
            return len(digest_letters(Batch(event=uuid.uuid4(), params=params, after=0, limit=50)))

    posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)))
    relatives = letters()
    for _ in range(3):
        posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), photo())
    for user in (cast.stranger, cast.coordinator):
        relative(user, cast.xiaodong, "姑姑")
    assert (relatives, letters()) == (3, 5)
