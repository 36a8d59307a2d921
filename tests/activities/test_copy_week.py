"""复制上周: a week's sessions once more."""

import datetime as dt

import pytest
import time_machine

from backend.accounts.models import User
from backend.activities.models import Session
from backend.activities.services import planning
from backend.activities.services import week as week_services
from backend.activities.services.week import Copied
from backend.common import clock
from backend.common.errors import InvalidError, NotFoundError
from backend.homes.models import Holiday, StaffPost
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

WEEK = dt.timedelta(weeks=1)


def copy(cast: Cast, week: dt.date = DAY + WEEK, source: dt.date | None = None) -> Copied:
    return week_services.copy_week(home_id=cast.sunshine.pk, week=week, source=source, by=cast.carer)


def move(session: Session, starts_at: dt.datetime, cast: Cast) -> None:
    planning.change_session(
        session_id=session.pk, starts_at=starts_at, minutes=60, title=session.title, place="", leader=None, note="", by=cast.carer
    )


def sessions(since: dt.date = DAY + dt.timedelta(days=5)) -> list[tuple[str, dt.datetime]]:
    return list(Session.objects.filter(date__gte=since).order_by("starts_at").values_list("title", "starts_at"))


def test_everything_of_last_week_is_there_once_more_on_its_weekday(cast: Cast) -> None:
    plan(cast, "采摘青菜", therapy="farm", place="菜园", leader=cast.carer_post.pk, materials="篮子")
    plan(cast, audience="named", members=[cast.zhiqiang.pk], on=TOMORROW, at="15:00")
    answer = Phone(cast.carer).post("/api/calendar/weeks", {"home": cast.sunshine.pk, "week": (DAY + WEEK).isoformat()})
    assert sessions() == [("采摘青菜", at("10:00", DAY + WEEK)), ("合唱排练", at("15:00", TOMORROW + WEEK))]
    first, second = Session.objects.filter(date__gte=DAY + WEEK).order_by("starts_at")
    activities = [str(first.activity_id), str(second.activity_id)]
    assert answer.json() == {"activities": activities, "sessions": [first.pk, second.pk], "conflicts": []}
    assert (first.place, first.leader, first.activity.materials) == ("菜园", cast.carer_post, "篮子")
    assert list(second.activity.members.all()) == [cast.zhiqiang]


def test_again_nothing_is_doubled_even_where_a_copy_was_moved_or_ended(cast: Cast) -> None:
    plan(cast)
    plan(cast, "串珠", on=TOMORROW)
    moved, ended = copy(cast).sessions
    move(moved, at("14:00", DAY + WEEK), cast)
    planning.end_activity(activity_id=ended.activity_id, day=None, by=cast.carer)
    assert copy(cast).sessions == []
    assert sessions() == [("合唱排练", at("14:00", DAY + WEEK))]


def test_what_goes_on_by_itself_is_not_copied_also_where_last_weeks_was_moved(cast: Cast) -> None:
    session = plan(cast, rule="FREQ=WEEKLY;BYDAY=WE").sessions[0]
    planning.change_session(
        session_id=session.pk, starts_at=at("14:00"), minutes=60, title="合唱排练", place="", leader=None, note="", by=cast.carer
    )
    assert copy(cast).sessions == []


def test_of_every_other_week_it_fills_the_gap(cast: Cast) -> None:
    plan(cast, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE")
    assert [session.date for session in copy(cast).sessions] == [DAY + WEEK]


def test_cancelled_ones_closed_days_and_teachers_who_left_are_left_out(cast: Cast) -> None:
    planning.cancel_session(session_id=planned(cast, "串珠").pk, reason="", by=cast.carer)
    plan(cast, on=TOMORROW, leader=cast.colleague_post.pk)
    plan(cast, on=TOMORROW + dt.timedelta(days=1), leader=cast.colleague_post.pk)
    Holiday.objects.create(date=TOMORROW + WEEK, name="停课", works=False)
    StaffPost.objects.filter(pk=cast.colleague_post.pk).update(ends_on=DAY)
    assert [(session.date, session.leader_id) for session in copy(cast).sessions] == [(TOMORROW + WEEK + dt.timedelta(days=1), None)]


def test_a_saturday_worked_in_exchange_runs_like_a_monday(cast: Cast, morning: time_machine.Traveller) -> None:
    monday, saturday = dt.date(2026, 3, 9), dt.date(2026, 3, 21)
    Holiday.objects.create(date=saturday, name="调休上班", works=True)
    plan(cast, on=monday)
    assert [session.date for session in copy(cast, saturday).sessions] == [dt.date(2026, 3, 16), saturday]


def test_into_this_week_what_would_be_over_is_left_out(cast: Cast, morning: time_machine.Traveller) -> None:
    for title, hhmm in (("早操", "08:00"), ("合唱", "15:00")):
        plan(cast, title, at=hhmm, rule=f"{EVERY_WORKDAY};UNTIL=20260306")
    morning.move_to(clock.at(DAY + WEEK, dt.time(12)))
    copy(cast, DAY + WEEK)
    assert [title for title, _ in sessions(DAY + WEEK)] == ["合唱", "早操", "合唱", "早操", "合唱"]


def test_another_week_than_the_last_may_be_named(cast: Cast) -> None:
    plan(cast)
    assert [session.date for session in copy(cast, DAY + 3 * WEEK, DAY).sessions] == [DAY + 3 * WEEK]


@pytest.mark.parametrize(("week", "source"), [(DAY - WEEK, None), (DAY + 53 * WEEK, None), (DAY, DAY)])
def test_a_week_that_is_over_too_far_or_itself_is_refused(cast: Cast, week: dt.date, source: dt.date | None) -> None:
    with pytest.raises(InvalidError, match="以后的一周"):
        copy(cast, week, source)


@pytest.mark.parametrize("who", ["mother", "charlie", "autumn_carer", "officer"])
def test_only_staff_of_the_home_copy(cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        week_services.copy_week(home_id=cast.sunshine.pk, week=DAY, source=None, by=getattr(cast, who))


def take_back(cast: Cast, copied: Copied, by: User | None = None) -> int:
    ids = [activity.pk for activity in copied.activities]
    return week_services.take_back_copy(home_id=cast.sunshine.pk, activities=ids, by=by or cast.carer)


def test_a_copy_taken_back_leaves_nothing_and_can_be_made_again(cast: Cast) -> None:
    plan(cast)
    plan(cast, "串珠", on=TOMORROW)
    assert take_back(cast, copy(cast)) == 2
    assert sessions() == []
    assert len(copy(cast).sessions) == 2


def test_taking_back_leaves_what_somebody_changed_since_and_what_was_never_copied(cast: Cast) -> None:
    series = plan(cast, "早操", at="08:00", rule=EVERY_WORKDAY)
    plan(cast)
    plan(cast, "串珠", on=TOMORROW)
    copied = copy(cast)
    move(copied.sessions[0], at("14:00", DAY + WEEK), cast)
    assert take_back(cast, Copied(activities=[*copied.activities, series.activity], sessions=[], conflicts=[])) == 1
    assert [title for title, _ in sessions() if title != "早操"] == ["合唱排练"]
    assert Session.objects.filter(title="早操").exists()


def test_it_is_too_late_after_an_hour(cast: Cast) -> None:
    plan(cast)
    copied = copy(cast)
    with time_machine.travel(at("09:01"), tick=False):
        assert take_back(cast, copied) == 0
    assert len(sessions()) == 1


def test_nobody_takes_back_another_homes_week(cast: Cast) -> None:
    plan(cast)
    copied = copy(cast)
    with pytest.raises(NotFoundError):
        take_back(cast, copied, by=cast.autumn_carer)
    assert week_services.take_back_copy(home_id=cast.autumn.pk, activities=[a.pk for a in copied.activities], by=cast.autumn_carer) == 0
    assert len(sessions()) == 1
