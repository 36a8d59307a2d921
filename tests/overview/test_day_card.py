"""The relative's card: one look, has the member arrived."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.activities.services import marks, planning
from backend.attendance.due import due
from backend.attendance.services import leave as leave_services
from backend.common import clock
from backend.moments.services import posts
from backend.people.models import Placement
from tests.activities.steps import EVERY_WORKDAY, plan, planned
from tests.attendance.door import DAY, at, tap, undo
from tests.moments.steps import photo, posted
from tests.support.cast import Cast, member
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def card(who: Phone, cast: Cast, query: str = "") -> dict[str, Any]:
    answer = who.get(f"/api/members/{cast.zhiqiang.id}/day{query}")
    assert answer.status_code == 200, answer.content
    card: dict[str, Any] = answer.json()
    return card


def test_before_the_arrival_it_says_when_the_member_is_expected(cast: Cast) -> None:
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["open"], found["since"]) == ("waiting", True, None)
    assert dt.datetime.fromisoformat(found["expected_at"]) == at("08:30")
    assert found["home"] == {"id": cast.sunshine.id, "name": "阳光家园", "phone": "0573-82000001"}


def test_after_the_arrival_it_says_who_received_the_member(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["by"], found["mode"]) == ("present", "陆老师", "")
    assert dt.datetime.fromisoformat(found["since"]) == at("07:50")
    assert [(line["kind"], line["text"]) for line in found["timeline"]] == [("arrived", "陆老师接到")]


def test_what_was_taken_back_is_gone_from_it(cast: Cast) -> None:
    undo(tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer), "07:51", by=cast.carer)
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["timeline"]) == ("waiting", [])


def test_a_leave_can_be_taken_back_from_it(cast: Cast) -> None:
    leave, _ = leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.id, day=DAY, by=cast.mother)
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["leave"]) == ("leave", str(leave.id))


def test_yesterday_can_be_looked_up(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    assert card(Phone(cast.mother), cast, "?date=2026-03-03")["state"] == ""


@pytest.mark.parametrize("who", ["mother", "sister", "carer", "manager"])
def test_the_members_family_and_home_see_it(cast: Cast, who: str) -> None:
    card(Phone(getattr(cast, who)), cast)


@pytest.mark.parametrize("who", ["father", "charlie", "autumn_carer", "volunteer", "coordinator", "officer", "stranger"])
def test_for_everybody_else_the_member_does_not_exist(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(f"/api/members/{cast.zhiqiang.id}/day").status_code == 404


def test_a_member_of_no_home_has_no_day(cast: Cast) -> None:
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY)
    assert Phone(cast.mother).get(f"/api/members/{cast.zhiqiang.id}/day").status_code == 404


def at_half_past_ten(cast: Cast) -> tuple[str | None, str | None, list[str]]:
    """What the member is doing, what comes next, and what the day holds."""
    with time_machine.travel(at("10:30"), tick=False):
        found = card(Phone(cast.mother), cast)
    now, coming = (found[key] and f"{found[key]['word']} {found[key]['title']}" for key in ("now", "next"))
    return now, coming, [session["title"] for session in found["sessions"]]


def test_it_says_what_the_member_is_doing_and_what_comes_next(cast: Cast) -> None:
    plan(cast, "早操", therapy="rehab", at="09:00", minutes=30)
    plan(cast, "采摘青菜", therapy="farm", at="10:00")
    plan(cast, "谈心", at="10:00", audience="named", members=[cast.xiaofang.pk])
    plan(cast, "保健知识", therapy="counseling", at="13:30")
    assert at_half_past_ten(cast) == (None, "思疗 保健知识", ["采摘青菜", "保健知识"])
    tap(cast.zhiqiang, "arrived", "08:10", by=cast.carer)
    assert at_half_past_ten(cast) == ("农疗 采摘青菜", "思疗 保健知识", ["早操", "采摘青菜", "保健知识"])


@pytest.mark.parametrize(
    ("state", "now", "titles"),
    [("joined", "文疗 合唱排练", ["合唱排练"]), ("left_early", None, ["合唱排练"]), ("declined", None, [])],
)
def test_what_the_teacher_noted_counts(cast: Cast, state: str, now: str | None, titles: list[str]) -> None:
    tap(cast.zhiqiang, "arrived", "08:10", by=cast.carer)
    session = planned(cast)
    marks.mark_participation(session_id=session.pk, member_id=cast.zhiqiang.pk, state=state, by=cast.carer)
    assert at_half_past_ten(cast) == (now, None, titles)


def test_what_the_member_joined_unplanned_is_theirs(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:10", by=cast.carer)
    session = planned(cast, audience="named", members=[cast.xiaofang.pk])
    marks.mark_participation(session_id=session.pk, member_id=cast.zhiqiang.pk, state="joined", by=cast.carer)
    assert at_half_past_ten(cast)[0] == "文疗 合唱排练"


def test_what_was_over_before_the_member_came_is_no_part_of_their_day(cast: Cast) -> None:
    plan(cast, "早操", at="08:00", minutes=30)
    plan(cast, "采摘青菜", at="10:00")
    tap(cast.zhiqiang, "arrived", "08:40", by=cast.carer)
    assert at_half_past_ten(cast) == ("文疗 采摘青菜", None, ["采摘青菜"])


def test_what_is_cancelled_is_no_part_of_the_day(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:10", by=cast.carer)
    planning.cancel_session(session_id=planned(cast).pk, reason="下雨", by=cast.carer)
    assert at_half_past_ten(cast) == (None, None, [])


def test_what_begins_after_the_member_left_is_no_part_of_their_day(cast: Cast) -> None:
    plan(cast, "早操", at="09:00")
    plan(cast, "采摘青菜", at="10:00")
    tap(cast.zhiqiang, "arrived", "08:10", by=cast.carer)
    tap(cast.zhiqiang, "departed", "09:30", by=cast.carer)
    assert at_half_past_ten(cast) == (None, None, ["早操"])


def test_a_leave_has_no_sessions(cast: Cast) -> None:
    plan(cast, "采摘青菜", at="10:00")
    leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.id, day=DAY, by=cast.mother)
    assert at_half_past_ten(cast) == (None, None, [])


def test_it_costs_the_same_in_a_large_home_and_for_1_and_9_sessions(cast: Cast) -> None:
    phone = Phone(cast.mother)
    plan(cast, rule=EVERY_WORKDAY)
    pass_by(due, clock.now())
    with CaptureQueriesContext(connection) as small:
        card(phone, cast)
    for number in range(30):
        member(cast.sunshine, f"成员{number}")
    for hour in range(8, 16):
        plan(cast, f"活动{hour}", at=f"{hour:02}:00")
    pass_by(due, clock.now())
    with CaptureQueriesContext(connection) as large:
        card(phone, cast)
    assert len(small) == len(large) == 16


def test_of_each_session_it_tells_how_many_photos_the_reader_sees(cast: Cast) -> None:
    garden, choir = planned(cast, "采摘青菜", at="10:00"), planned(cast, "合唱", at="14:00")
    post = posted(cast, photo(cast.zhiqiang), photo(cast.xiaofang), session_id=garden.pk)
    for who, number in ((cast.mother, 1), (cast.carer, 2)):
        with CaptureQueriesContext(connection) as one:
            found = card(Phone(who), cast)
        assert [(each["id"], each["photos"]) for each in found["sessions"]] == [(garden.pk, number), (choir.pk, 0)]
        more = [posted(cast, photo(cast.zhiqiang), session_id=choir.pk) for _ in range(3)]
        with CaptureQueriesContext(connection) as many:
            found = card(Phone(who), cast)
        assert [each["photos"] for each in found["sessions"]] == [number, 3]
        assert len(one) == len(many)
        for each in more:
            posts.take_back(post_id=each.pk, by=cast.carer)
    posts.take_back(post_id=post.pk, by=cast.carer)
    assert [each["photos"] for each in card(Phone(cast.mother), cast)["sessions"]] == [0, 0]


def test_staff_see_the_days_the_member_spent_with_them_and_the_family_all(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY + dt.timedelta(days=1))
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=DAY + dt.timedelta(days=1))
    url = f"/api/members/{cast.zhiqiang.id}/day?date={DAY}"
    with time_machine.travel(at("09:00", DAY + dt.timedelta(days=1)), tick=False):
        assert [Phone(who).get(url).status_code for who in (cast.mother, cast.autumn_carer, cast.carer)] == [200, 404, 404]
