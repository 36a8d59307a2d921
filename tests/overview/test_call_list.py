"""Whose family was not reached, why, and who has told them."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.attendance.models import DayStatus
from backend.people.models import Member
from notifications import outbox
from notifications.delivery import escalation
from tests.attendance.door import tap
from tests.support.cast import Cast, member, person, relative
from tests.support.phone import Phone

CALLED_AFTER = dt.timedelta(minutes=3, seconds=1)


def calls(cast: Cast) -> list[dict[str, Any]]:
    answer = Phone(cast.carer).get(f"/api/overview/unreached?home={cast.sunshine.id}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()
    return found


def notice_of(of: Member) -> str:
    return DayStatus.objects.get(member=of).notice


def test_three_minutes_without_a_receipt_put_the_family_on_the_list(cast: Cast, morning: time_machine.Traveller) -> None:
    tap(cast.zhiqiang, "arrived", "07:55", by=cast.carer)
    assert calls(cast) == []
    morning.shift(CALLED_AFTER)
    escalation.escalate(escalation.due_events())
    (call,) = calls(cast)
    assert (call["member"]["name"], call["title"], call["told"]) == ("沈志强", "志强已到阳光家园", None)
    assert [(reader["name"], reader["relation"], reader["phone"], reader["why"]) for reader in call["relatives"]] == [
        ("李秀珍", "母亲", "+8613800000001", "没有能收通知的手机"),
        ("沈秋月", "姐姐", "+8613800000011", "没有能收通知的手机"),
    ]
    assert notice_of(cast.zhiqiang) == "unreached"


def test_one_phone_that_has_it_is_enough(cast: Cast, morning: time_machine.Traveller) -> None:
    done = tap(cast.zhiqiang, "arrived", "07:55", by=cast.carer)
    outbox.mark_received(event=done.event.id, state="delivered")
    morning.shift(CALLED_AFTER)
    escalation.escalate(escalation.due_events())
    assert (calls(cast), notice_of(cast.zhiqiang)) == ([], "delivered")


def test_who_rang_and_when_stands_on_the_list(cast: Cast, morning: time_machine.Traveller) -> None:
    tap(cast.zhiqiang, "arrived", "07:55", by=cast.carer)
    morning.shift(CALLED_AFTER)
    escalation.escalate(escalation.due_events())
    notice = calls(cast)[0]["relatives"][0]["notice"]
    assert Phone(cast.colleague).post(f"/api/notices/{notice}/receipts", {"state": "told"}).status_code == 204
    (call,) = calls(cast)
    assert call["told"]["by"] == "何老师"
    assert notice_of(cast.zhiqiang) == "told"


@pytest.mark.usefixtures("morning")
@pytest.mark.parametrize("who", ["mother", "father", "charlie", "autumn_carer", "volunteer", "coordinator", "officer", "stranger"])
@pytest.mark.parametrize("what", ["unreached", "answers"])
def test_the_lists_are_for_the_staff_of_the_home(cast: Cast, who: str, what: str) -> None:
    assert Phone(getattr(cast, who)).get(f"/api/overview/{what}?home={cast.sunshine.id}").status_code == 404


def test_it_costs_the_same_for_1_and_34_families(cast: Cast, morning: time_machine.Traveller) -> None:
    phone, url = Phone(cast.carer), f"/api/overview/unreached?home={cast.sunshine.id}"
    tap(cast.zhiqiang, "arrived", "07:55", by=cast.carer)
    others = [member(cast.sunshine, f"成员{number}") for number in range(33)]
    for number, other in enumerate(others):
        relative(person(f"+861390000{number:04d}", "家长"), other, "母亲")
    morning.shift(CALLED_AFTER)
    escalation.escalate(escalation.due_events())
    with CaptureQueriesContext(connection) as few:
        assert len(phone.get(url).json()) == 1
    for other in others:
        tap(other, "arrived", "07:58", by=cast.carer)
    morning.shift(CALLED_AFTER)
    while events := escalation.due_events():
        escalation.escalate(events)
    with CaptureQueriesContext(connection) as many:
        assert len(phone.get(url).json()) == 34
    assert len(few) == len(many) == 10
