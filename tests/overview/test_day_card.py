"""The relative's card: one look, has he arrived."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.attendance.due import due
from backend.attendance.services import ask_leave
from backend.common import clock
from backend.people.models import Placement
from tests.attendance.door import DAY, at, tap, undo
from tests.support.cast import Cast, member
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def card(who: Phone, cast: Cast, query: str = "") -> dict[str, Any]:
    answer = who.get(f"/api/members/{cast.zhiqiang.id}/day{query}")
    assert answer.status_code == 200, answer.content
    card: dict[str, Any] = answer.json()
    return card


def test_before_he_comes_it_says_when_he_is_expected(cast: Cast) -> None:
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["open"], found["since"]) == ("waiting", True, None)
    assert dt.datetime.fromisoformat(found["expected_at"]) == at("08:30")
    assert found["home"] == {"id": cast.sunshine.id, "name": "阳光家园", "phone": "0573-82000001"}


def test_after_he_came_it_says_who_received_him(cast: Cast) -> None:
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
    leave, _ = ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.id, day=DAY, by=cast.mother)
    found = card(Phone(cast.mother), cast)
    assert (found["state"], found["leave"]) == ("leave", str(leave.id))


def test_yesterday_can_be_looked_up(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    assert card(Phone(cast.mother), cast, "?date=2026-03-03")["state"] == ""


@pytest.mark.parametrize("who", ["mother", "sister", "carer", "manager"])
def test_his_family_and_his_home_see_it(cast: Cast, who: str) -> None:
    card(Phone(getattr(cast, who)), cast)


@pytest.mark.parametrize("who", ["father", "charlie", "autumn_carer", "volunteer", "coordinator", "officer", "stranger"])
def test_for_everybody_else_he_does_not_exist(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(f"/api/members/{cast.zhiqiang.id}/day").status_code == 404


def test_a_member_of_no_home_has_no_day(cast: Cast) -> None:
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY)
    assert Phone(cast.mother).get(f"/api/members/{cast.zhiqiang.id}/day").status_code == 404


def test_it_costs_the_same_in_a_large_home(cast: Cast) -> None:
    phone = Phone(cast.mother)
    pass_by(due, clock.now())
    with CaptureQueriesContext(connection) as small:
        card(phone, cast)
    for number in range(30):
        member(cast.sunshine, f"成员{number}")
    pass_by(due, clock.now())
    with CaptureQueriesContext(connection) as large:
        card(phone, cast)
    assert len(small) == len(large) == 10


def test_staff_see_the_days_he_spent_with_them_and_his_family_all(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY + dt.timedelta(days=1))
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=DAY + dt.timedelta(days=1))
    url = f"/api/members/{cast.zhiqiang.id}/day?date={DAY}"
    with time_machine.travel(at("09:00", DAY + dt.timedelta(days=1)), tick=False):
        assert [Phone(who).get(url).status_code for who in (cast.mother, cast.autumn_carer, cast.carer)] == [200, 404, 404]
