"""What is planned at the same time is said, and not forbidden."""

from typing import Any

import pytest

from backend.activities.services import planning
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned
from tests.support.cast import Cast, member

pytestmark = pytest.mark.usefixtures("morning")


def named(cast: Cast) -> dict[str, Any]:
    return {"audience": "named", "members": [cast.zhiqiang.pk]}


def test_the_same_place_the_same_teacher_and_the_same_member(cast: Cast) -> None:
    plan(cast, "串珠", at="09:30", place="活动室", leader=cast.carer_post.pk)
    assert plan(cast, place="活动室", leader=cast.carer_post.pk, **named(cast)).conflicts == [
        "3月4日 10:00，活动室里还有“串珠”。",
        "3月4日 10:00，陆老师还要带“串珠”。",
        "3月4日 10:00，志强还要参加“串珠”。",
    ]


def test_many_members_are_counted(cast: Cast) -> None:
    for number in range(3):
        member(cast.sunshine, f"成员{number}")
    plan(cast, "串珠")
    assert plan(cast).conflicts == ["3月4日 10:00，志强、小芳、晓东等 6 人还要参加“串珠”。"]


def test_however_many_weeks_it_goes_on_it_is_said_once(cast: Cast) -> None:
    plan(cast, "串珠", place="活动室", rule=EVERY_WORKDAY, audience="named", members=[cast.xiaofang.pk])
    again = plan(cast, place="活动室", rule="FREQ=WEEKLY;BYDAY=TH", on=TOMORROW, **named(cast))
    assert again.conflicts == ["3月5日 10:00，活动室里还有“串珠”，一共 9 次。"]


@pytest.mark.parametrize(("at", "place"), [("11:00", "活动室"), ("09:00", "活动室"), ("10:00", "菜园"), ("10:00", "")])
def test_one_after_the_other_or_elsewhere_is_no_conflict(cast: Cast, at: str, place: str) -> None:
    plan(cast, "串珠", place="活动室", audience="named", members=[cast.xiaofang.pk])
    assert plan(cast, at=at, place=place, **named(cast)).conflicts == []


def test_of_two_that_go_on_side_by_side_only_the_hours_that_meet_are_said(cast: Cast) -> None:
    plan(cast, "串珠", at="13:00", place="活动室", rule=EVERY_WORKDAY)
    assert plan(cast, place="活动室", rule=EVERY_WORKDAY).conflicts == []


def test_what_was_cancelled_takes_no_room(cast: Cast) -> None:
    planning.cancel_session(session_id=planned(cast, "串珠").pk, reason="", by=cast.carer)
    assert plan(cast).conflicts == []


def test_another_homes_sessions_do_not_meet_ours(cast: Cast) -> None:
    plan(cast, "串珠", place="活动室", home=cast.autumn, by=cast.autumn_carer)
    assert plan(cast, place="活动室").conflicts == []
