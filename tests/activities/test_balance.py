"""A member's month among the five therapies."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.activities.services import marks, planning
from backend.people.models import Member, Placement
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned
from tests.attendance.door import DAY
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def balance(user: Any, member: Member, month: str = "2026-03") -> Any:
    return Phone(user).get(f"/api/calendar/balance?member={member.pk}&month={month}")


def counted(user: Any, member: Member, month: str = "2026-03") -> dict[str, tuple[int, int]]:
    rows = balance(user, member, month).json()["therapies"]
    return {row["therapy"]: (row["planned"], row["taken"]) for row in rows if row["planned"] or row["taken"]}


def test_planned_and_taken_part_per_therapy(cast: Cast) -> None:
    first, second, third, *_ = plan(cast, rule=EVERY_WORKDAY).sessions
    farm, other = (
        planned(cast, "采摘", therapy="farm"),
        planned(cast, "谈心", therapy="counseling", audience="named", members=[cast.xiaofang.pk]),
    )
    for session, state in ((first, "joined"), (farm, "left_early"), (other, "joined")):
        marks.mark_participation(session_id=session.pk, member_id=cast.zhiqiang.pk, state=state, by=cast.carer)
    planning.cancel_session(session_id=second.pk, reason="", by=cast.carer)
    assert counted(cast.mother, cast.zhiqiang) == {"culture": (19, 1), "farm": (1, 1), "counseling": (1, 1)}
    assert counted(cast.mother, cast.zhiqiang, "2026-04") == {"culture": (22, 0)}
    assert third.date == TOMORROW.replace(day=6)
    assert [row["therapy"] for row in balance(cast.mother, cast.zhiqiang).json()["therapies"]] == [
        "work",
        "farm",
        "rehab",
        "counseling",
        "culture",
    ]


def test_who_declined_was_planned_for_and_did_not_take_part(cast: Cast) -> None:
    marks.mark_participation(session_id=planned(cast).pk, member_id=cast.zhiqiang.pk, state="declined", by=cast.carer)
    assert counted(cast.mother, cast.zhiqiang) == {"culture": (1, 0)}


def test_after_a_move_the_family_sees_both_homes_and_staff_their_own(cast: Cast, morning: time_machine.Traveller) -> None:
    plan(cast, rule="FREQ=WEEKLY;BYDAY=WE")
    plan(cast, rule="FREQ=WEEKLY;BYDAY=WE", home=cast.autumn, by=cast.autumn_carer)
    moved = Placement.objects.get(member=cast.zhiqiang)
    moved.ends_on = DAY.replace(day=11)
    moved.save()
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=moved.ends_on)
    morning.shift(8 * 86400)
    assert counted(cast.mother, cast.zhiqiang) == {"culture": (4, 0)}
    assert counted(cast.autumn_carer, cast.zhiqiang) == {"culture": (3, 0)}
    assert balance(cast.carer, cast.zhiqiang).status_code == 404


@pytest.mark.parametrize("month", ["2026-13", "26-03", "2026-3", "2o26-03", "20٢٦-03"])
def test_what_is_no_month_is_refused(cast: Cast, month: str) -> None:
    assert balance(cast.mother, cast.zhiqiang, month).status_code == 422


def test_it_costs_the_same_whatever_the_month_holds(cast: Cast) -> None:
    phone, url = Phone(cast.mother), f"/api/calendar/balance?member={cast.zhiqiang.pk}&month=2026-03"
    planned(cast)
    with CaptureQueriesContext(connection) as few:
        phone.get(url)
    plan(cast, "串珠", rule=EVERY_WORKDAY, therapy="work")
    with CaptureQueriesContext(connection) as many:
        phone.get(url)
    assert len(few) == len(many) == 10
