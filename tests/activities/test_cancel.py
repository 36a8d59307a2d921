"""A session does not take place, or does after all; an activity ends."""

import datetime as dt

import pytest
import time_machine

from backend.activities.due import due
from backend.activities.models import Session
from backend.activities.services import planning
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.homes.models import OpeningException
from notifications.models import Notice
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned, told
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.passing import pass_by

pytestmark = pytest.mark.usefixtures("morning")


def test_cancelled_today_its_families_are_told_quietly_and_once(cast: Cast) -> None:
    session = planned(cast)
    for _ in range(2):
        planning.cancel_session(session_id=session.pk, reason="老师生病了", by=cast.carer)
    assert told(cast.mother) == told(cast.father) == [("今天的合唱排练取消了", "原定 10:00，阳光家园。原因：老师生病了。")]
    assert told(cast.charlie) == told(cast.carer) == []
    notice = Notice.objects.get(inbox=cast.mother.pk)
    assert (notice.urgent, notice.kind, notice.link) == (False, "session", f"/calendar/{session.pk}")
    assert notice.thread == f"member:{cast.zhiqiang.pk}:{cast.sunshine.pk}"


def test_with_two_members_there_a_relative_gets_one_letter(cast: Cast) -> None:
    cast.xiaofang.relatives.create(user=cast.mother, relation="姑姑", since=clock.now())
    planning.cancel_session(session_id=planned(cast).pk, reason="", by=cast.carer)
    assert told(cast.mother) == [("今天的合唱排练取消了", "原定 10:00，阳光家园。")]


def test_cancelled_on_another_day_it_stands_in_the_calendar(cast: Cast) -> None:
    session = planned(cast, on=TOMORROW)
    planning.cancel_session(session_id=session.pk, reason="下雨", by=cast.carer)
    session.refresh_from_db()
    assert (session.state, session.reason, session.sequence) == ("cancelled", "下雨", 1)
    assert told(cast.mother) == []


def test_it_takes_place_after_all(cast: Cast) -> None:
    session = planned(cast)
    planning.cancel_session(session_id=session.pk, reason="下雨", by=cast.carer)
    told(cast.mother)
    for _ in range(2):
        planning.restore_session(session_id=session.pk, by=cast.carer)
    assert told(cast.mother)[1:] == [("今天的合唱排练照常进行", "10:00，阳光家园。")]
    session.refresh_from_db()
    assert (session.state, session.reason, session.sequence) == ("planned", "", 2)


def test_on_a_day_that_was_closed_it_takes_place_after_all(cast: Cast) -> None:
    """And the scheduler does not cancel it again."""
    session = plan(cast, rule=EVERY_WORKDAY).sessions[0]
    OpeningException.objects.create(home=cast.sunshine, date=DAY, opens=False)
    pass_by(due, clock.now())
    planning.restore_session(session_id=session.pk, by=cast.carer)
    OpeningException.objects.create(home=cast.sunshine, date=TOMORROW, opens=False)
    pass_by(due, clock.now())
    session.refresh_from_db()
    assert session.state == "planned"


def test_what_is_over_is_not_cancelled(cast: Cast, morning: time_machine.Traveller) -> None:
    session = planned(cast)
    morning.move_to(at("11:00"))
    with pytest.raises(ConflictError, match="已经结束"):
        planning.cancel_session(session_id=session.pk, reason="", by=cast.carer)


def test_a_reason_has_an_end(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="60"):
        planning.cancel_session(session_id=planned(cast).pk, reason="雨" * 61, by=cast.carer)


def test_an_activity_ends_today_and_what_has_begun_stays(cast: Cast, morning: time_machine.Traveller) -> None:
    begun, later = plan(cast, at="08:00", rule=EVERY_WORKDAY), plan(cast, "串珠", at="14:00", rule=EVERY_WORKDAY)
    morning.move_to(at("08:30"))
    for done in (begun, later):
        planning.end_activity(activity_id=done.activity.pk, day=None, by=cast.carer)
    assert [(session.title, session.state) for session in Session.objects.order_by("pk")] == [("合唱排练", "now"), ("串珠", "cancelled")]
    assert told(cast.mother) == [("今天的串珠取消了", "原定 14:00，阳光家园。原因：活动不再继续。")]
    morning.shift(dt.timedelta(days=1))
    pass_by(due, clock.now())
    assert Session.objects.count() == 2


def test_it_ends_later_or_earlier_than_was_said_before(cast: Cast) -> None:
    done = plan(cast, rule=EVERY_WORKDAY)
    planning.end_activity(activity_id=done.activity.pk, day=dt.date(2026, 3, 9), by=cast.carer)
    pass_by(due, clock.now())
    assert Session.objects.count() == 3
    planning.end_activity(activity_id=done.activity.pk, day=TOMORROW, by=cast.carer)
    assert list(Session.objects.values_list("date", flat=True)) == [DAY]


@pytest.mark.parametrize("who", ["mother", "charlie", "autumn_carer", "officer"])
def test_only_staff_of_the_home_end_it(cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        planning.end_activity(activity_id=plan(cast).activity.pk, day=None, by=getattr(cast, who))
