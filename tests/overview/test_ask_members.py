"""How was the visit? Whom the teacher goes to with the tablet."""

import uuid

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.attendance.services import door
from backend.attendance.services.door import Tap
from backend.people.models import Member
from backend.records.services import afterwards
from backend.visits.models import Shift
from tests.attendance.door import at
from tests.records.day import visit
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """From nine until half past eleven."""
    return visit(cast)


def taps(cast: Cast, morning: time_machine.Traveller, member: Member, **moments: str) -> None:
    for kind, hhmm in moments.items():
        morning.move_to(at(hhmm))
        mode = "relative" if kind == "departed" else ""
        door.record_tap(Tap(id=uuid.uuid4(), member=member.pk, kind=kind, occurred_at=at(hhmm), mode=mode), by=cast.carer)


def asked(cast: Cast, shift: Shift) -> dict[str, bool | None]:
    answer = Phone(cast.carer).get(f"/api/service-events/{shift.event_id}/opinions")
    assert answer.status_code == 200, answer.content
    return {each["short_name"]: each["liked"] for each in answer.json()}


def test_those_who_were_in_the_house_while_it_lasted(cast: Cast, shift: Shift, morning: time_machine.Traveller) -> None:
    taps(cast, morning, cast.xiaodong, arrived="08:00", departed="08:50")
    taps(cast, morning, cast.zhiqiang, arrived="08:12", departed="12:00")
    taps(cast, morning, cast.xiaofang, arrived="11:40")
    assert asked(cast, shift) == {"志强": None}


def test_each_member_with_what_they_have_said(cast: Cast, shift: Shift, morning: time_machine.Traveller) -> None:
    for member in (cast.zhiqiang, cast.xiaofang, cast.xiaodong):
        taps(cast, morning, member, arrived="08:12")
    morning.move_to(at("10:00"))
    afterwards.say_opinion(event_id=shift.event_id, member_id=cast.zhiqiang.pk, liked=True, by=cast.carer)
    afterwards.say_opinion(event_id=shift.event_id, member_id=cast.xiaofang.pk, liked=False, by=cast.carer)
    assert asked(cast, shift) == {"志强": True, "小芳": False, "晓东": None}


def test_where_the_door_knows_nothing_of_that_day_all_who_belonged_there(cast: Cast, shift: Shift) -> None:
    assert asked(cast, shift) == {"志强": None, "小芳": None, "晓东": None, "丽华": None}


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_for_one_and_for_three(
    cast: Cast, shift: Shift, number: int, morning: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for member in (cast.zhiqiang, cast.xiaofang, cast.xiaodong)[:number]:
        taps(cast, morning, member, arrived="08:12")
    morning.move_to(at("18:00"))
    phone = Phone(cast.carer)
    with django_assert_num_queries(7):
        phone.get(f"/api/service-events/{shift.event_id}/opinions")
