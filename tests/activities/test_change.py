"""A teacher changes one session, or it and all that follow."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.activities.due import due
from backend.activities.models import Session
from backend.activities.services import planning
from backend.activities.services.plan import Plan
from backend.activities.services.planning import Planned
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.homes.models import OpeningException
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned, told
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def change(session: Session, cast: Cast, **more: Any) -> list[str]:
    """To what it is, but for what is said."""
    facts = {"starts_at": session.starts_at, "minutes": 60, "title": session.title, "place": session.place, "leader": None, "note": ""}
    return planning.change_session(session_id=session.pk, by=cast.carer, **{**facts, **more}).conflicts


def follow(session: Session, cast: Cast, **more: Any) -> Planned:
    facts: dict[str, Any] = {
        "therapy": "culture",
        "title": "合唱排练",
        "starts_on": session.date,
        "starts_at": dt.time(10),
        "minutes": 60,
        "rule": EVERY_WORKDAY,
    }
    return planning.change_following(session_id=session.pk, plan=Plan(**{**facts, **more}), by=cast.carer)


def facts(session: Session) -> tuple[dt.datetime, str, bool, int]:
    session.refresh_from_db()
    return session.starts_at, session.place, session.changed, session.sequence


def test_only_this_one_changes_and_stays_so(cast: Cast) -> None:
    first, second, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    change(second, cast, starts_at=at("14:00", TOMORROW), place="礼堂")
    OpeningException.objects.create(home=cast.sunshine, date=TOMORROW, opens=False)
    pass_by(due, clock.now())
    assert facts(second) == (at("14:00", TOMORROW), "礼堂", True, 1)
    assert facts(first) == (at("10:00"), "", False, 0)


def test_over_http(cast: Cast) -> None:
    session = planned(cast)
    body = {"starts_at": at("14:00").isoformat(), "minutes": 30, "title": "合唱", "place": "礼堂"}
    answer = Phone(cast.carer).put(f"/api/calendar/sessions/{session.pk}", body)
    assert (answer.status_code, answer.json()) == (200, {"session": session.pk, "conflicts": []})
    assert facts(session)[:2] == (at("14:00"), "礼堂")


def test_todays_change_tells_the_families_of_those_concerned(cast: Cast) -> None:
    session = planned(cast, audience="named", members=[cast.zhiqiang.pk], place="活动室")
    change(session, cast, starts_at=at("14:00"), place="礼堂", leader=cast.carer_post.pk)
    for who in (cast.mother, cast.sister):
        assert told(who) == [("今天的合唱排练有变动", "现在是今天 14:00，礼堂，陆老师带。")]
    assert [told(who) for who in (cast.father, cast.charlie, cast.carer)] == [[], [], []]


def test_moved_to_another_day_it_says_which(cast: Cast) -> None:
    change(planned(cast), cast, starts_at=at("10:00", TOMORROW))
    assert told(cast.mother) == [("今天的合唱排练有变动", "现在是3月5日 10:00，阳光家园。")]


def test_who_is_not_there_on_the_other_day_is_told_all_the_same(cast: Cast, morning: time_machine.Traveller) -> None:
    monday = dt.date(2026, 3, 9)
    morning.move_to(at("07:55", monday))
    cast.lihua.relatives.create(user=cast.stranger, relation="姑姑", since=clock.now())
    change(planned(cast, on=monday), cast, starts_at=at("10:00", dt.date(2026, 3, 10)))
    assert [title for title, _ in told(cast.stranger)] == ["今天的合唱排练有变动"]


def test_two_changes_in_a_row_are_told_as_they_are_in_the_end(cast: Cast) -> None:
    session = planned(cast)
    change(session, cast, starts_at=at("14:00"))
    change(session, cast, starts_at=at("15:00"))
    assert told(cast.mother) == [("今天的合唱排练有变动", "现在是今天 15:00，阳光家园。")]


@pytest.mark.parametrize("quiet", ["note", "leader", "tomorrow", "nothing"])
def test_what_need_not_interrupt_is_only_in_the_calendar(cast: Cast, quiet: str) -> None:
    session = planned(cast, on=TOMORROW if quiet == "tomorrow" else DAY)
    more: dict[str, Any] = {
        "note": {"note": "带水杯"},
        "leader": {"leader": cast.carer_post.pk},
        "tomorrow": {"place": "礼堂"},
        "nothing": {},
    }
    change(session, cast, **more[quiet])
    assert told(cast.mother) == []
    assert facts(session)[3] == (quiet != "nothing")


def test_a_word_added_before_it_was_told_does_not_keep_it_from_being_told(cast: Cast, morning: time_machine.Traveller) -> None:
    session = planned(cast)
    morning.move_to(at("06:00"))
    change(session, cast, place="礼堂")
    change(session, cast, place="礼堂", note="带水杯")
    morning.move_to(at("07:00"))
    assert told(cast.mother) == [("今天的合唱排练有变动", "现在是今天 10:00，礼堂。")]


def test_at_night_it_waits_and_of_a_day_that_is_over_nobody_is_told(cast: Cast, morning: time_machine.Traveller) -> None:
    session, evening = planned(cast), planned(cast, "放映", at="22:00")
    morning.move_to(at("06:00"))
    change(session, cast, place="礼堂")
    assert told(cast.mother) == []
    morning.move_to(at("07:00"))
    assert len(told(cast.mother)) == 1
    morning.move_to(at("21:30"))
    change(evening, cast, place="礼堂")
    morning.move_to(at("07:00", TOMORROW))
    assert len(told(cast.mother)) == 1


def test_this_and_all_that_follow_keep_their_sessions(cast: Cast) -> None:
    _, second, third, *_ = sessions = plan(cast, rule=EVERY_WORKDAY, place="活动室").sessions
    done = follow(second, cast, starts_at=dt.time(14), place="礼堂")
    assert {session.pk for session in done.sessions} == {session.pk for session in sessions[1:]}
    assert facts(third) == (at("14:00", third.date), "礼堂", False, 1)
    assert (facts(sessions[0])[:2], sessions[0].activity.ended_on) == ((at("10:00"), "活动室"), TOMORROW)


def test_on_other_weekdays_what_falls_away_is_gone_and_todays_is_cancelled_and_told(cast: Cast) -> None:
    first, second, third, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    follow(first, cast, rule="FREQ=WEEKLY;BYDAY=TH")
    first.refresh_from_db()
    assert (first.state, first.reason) == ("cancelled", "改了日子")
    assert Session.objects.filter(pk=second.pk).exists()
    assert not Session.objects.filter(pk=third.pk).exists()
    assert told(cast.mother) == [("今天的合唱排练取消了", "原定 10:00，阳光家园。原因：改了日子。")]


def test_what_was_changed_or_cancelled_by_itself_stays_so(cast: Cast) -> None:
    first, second, third, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    change(second, cast, place="公园")
    planning.cancel_session(session_id=third.pk, reason="", by=cast.carer)
    follow(first, cast, place="礼堂")
    assert (facts(second)[1], facts(third)[1]) == ("公园", "")
    third.refresh_from_db()
    assert third.state == "cancelled"


def test_what_is_planned_once_keeps_its_session_on_whatever_day(cast: Cast) -> None:
    """Also one that was changed by itself before."""
    session = planned(cast)
    change(session, cast, place="公园")
    done = follow(session, cast, rule="", starts_on=TOMORROW, therapy="work", place="车间")
    assert [each.pk for each in done.sessions] == list(Session.objects.values_list("pk", flat=True)) == [session.pk]
    assert facts(session)[:2] == (at("10:00", TOMORROW), "车间")
    assert Session.objects.get().activity.therapy == "work"
    assert told(cast.mother) == [("今天的合唱排练有变动", "现在是3月5日 10:00，车间。")]


def test_from_one_that_was_changed_by_itself_on_all_are_alike(cast: Cast) -> None:
    first, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    change(first, cast, place="公园")
    follow(first, cast, place="礼堂")
    assert set(Session.objects.values_list("place", "changed")) == {("礼堂", False)}


def test_earlier_sessions_are_not_doubled(cast: Cast) -> None:
    _, _, third, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    with pytest.raises(InvalidError, match="前面还有场次"):
        follow(third, cast, starts_on=DAY)


def test_what_cannot_be_changed_says_why(cast: Cast, morning: time_machine.Traveller) -> None:
    session = planned(cast)
    for wrong in ({"starts_at": at("10:00", DAY - dt.timedelta(days=1))}, {"title": ""}, {"leader": cast.autumn_post.pk}):
        with pytest.raises(InvalidError):
            change(session, cast, **wrong)
    planning.cancel_session(session_id=session.pk, reason="", by=cast.carer)
    with pytest.raises(ConflictError, match="先恢复"):
        change(session, cast)
    planning.restore_session(session_id=session.pk, by=cast.carer)
    morning.move_to(at("11:00"))
    with pytest.raises(ConflictError, match="已经结束"):
        change(session, cast)


@pytest.mark.parametrize("who", ["mother", "charlie", "autumn_carer", "officer"])
def test_only_staff_of_the_home_change_it(cast: Cast, who: str) -> None:
    session, other = planned(cast), getattr(cast, who)
    with pytest.raises(NotFoundError):
        planning.change_session(
            session_id=session.pk, starts_at=at("14:00"), minutes=60, title="合唱", place="", leader=None, note="", by=other
        )
    with pytest.raises(NotFoundError):
        planning.cancel_session(session_id=session.pk, reason="", by=other)


def test_it_costs_the_same_for_1_and_40_sessions(cast: Cast) -> None:
    planned(cast, "串珠", leader=cast.carer_post.pk, place="活动室")
    costs = []
    for rule in (f"{EVERY_WORKDAY};UNTIL=20260304", EVERY_WORKDAY):
        first = plan(cast, at="13:00", rule=rule).sessions[0]
        with CaptureQueriesContext(connection) as queries:
            follow(first, cast, rule=rule, place="活动室", leader=cast.carer_post.pk)
        costs.append(len(queries))
        planning.end_activity(activity_id=first.activity_id, day=None, by=cast.carer)
    assert costs == [28, 28]
