"""What volunteers read: no surname of a member, no family, no health fact, no other volunteer's phone or name."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.accounts.models import User
from backend.people.models import Relative
from tests.attendance.door import at
from tests.matrix import OPERATIONS
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.test_matrix import World
from tests.visits.steps import hold, open_shift, sign
from tests.volunteers.steps import crowd, organisation, ready

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]

# What stands in the rows of people who are none of the reader's business.
SURNAME, MOTHER, NOTE, PHONE, NAME = "欧阳金丝雀", "司徒妈妈", "癫痫金丝雀", "+8613900000077", "上官志愿者"
SAFE = [row for row in OPERATIONS if row.path.startswith("GET ")]


def text_of(phone: Phone, world: World, path: str) -> str:
    answer = phone.get(world.fill(path).removeprefix("GET "))
    return str(answer.content.decode(errors="replace"))


@pytest.fixture
def world(cast: Cast) -> World:
    """With a canary in every place that must not be seen."""
    made = World(cast, "sunshine")
    made.member.name, made.member.short_name = SURNAME, "丝雀"
    made.member.save()
    User.objects.filter(pk=cast.mother.pk).update(name=MOTHER)
    Relative.objects.filter(user=cast.mother).update(relation=NOTE)
    other = ready(User.objects.with_phone(PHONE, name=NAME, joined_at=cast.mother.joined_at))
    shift = open_shift(cast, title="另一次", **on("2026-03-25"))
    sign(other, shift)
    sign(cast.volunteer, shift)
    group = organisation("乙单位", other)
    hold(other, group, open_shift(cast, title="又一次", capacity=5, **on("2026-03-24")), 2)
    return made


def on(day: str) -> dict[str, Any]:
    return {"starts_at": at("09:00", dt.date.fromisoformat(day)), "ends_at": at("11:00", dt.date.fromisoformat(day))}


@pytest.mark.parametrize("who", ["volunteer", "coordinator", "stranger"])
def test_no_answer_holds_what_the_asker_must_not_know(world: World, cast: Cast, who: str) -> None:
    phone = Phone(getattr(cast, who))
    for row in SAFE:
        text = text_of(phone, world, row.path)
        assert [canary for canary in (SURNAME, MOTHER, NOTE, PHONE, PHONE.removeprefix("+86"), NAME) if canary in text] == [], row.operation


def test_families_see_the_organisation_and_the_number_and_nobody_s_name(world: World, cast: Cast) -> None:
    text = text_of(Phone(cast.father), world, "GET /api/service-events?from=2026-03-01&to=2026-03-31")
    assert "乙单位" in text
    assert [canary for canary in (PHONE, NAME, "徐明") if canary in text] == []


def test_staff_read_names_and_phones_only_around_the_day(world: World, cast: Cast, morning: Any) -> None:
    path = f"/api/service-events/{world.values['event']}/people"
    far = Phone(cast.carer).get(path).json()
    morning.move_to(at("10:00", dt.date(2026, 3, 13)))
    near = Phone(cast.carer).get(path).json()
    assert {each["name"] for each in far} == {"徐明"}
    assert {each["phone"] for each in far} == {None}
    assert {each["phone"] for each in near if each["status"] == "confirmed"} == {"+8613800000004"}


def queries_of(user: User, path: str) -> int:
    phone = Phone(user)
    phone.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert phone.get(path).status_code == 200
    return len(seen)


def test_reads_take_as_many_queries_for_two_hundred_sign_ups_as_for_one(cast: Cast) -> None:
    shift, me = open_shift(cast, capacity=1), ready(cast.volunteer)
    group = organisation("供电所党支部", cast.coordinator)
    sign(me, shift)
    booking = hold(cast.coordinator, group, shift, 1)
    paths = {
        "/api/service-events?from=2026-03-01&to=2026-03-31": me,
        f"/api/service-events/{shift.event_id}": me,
        "/api/me/signups": me,
        f"/api/organisations/{group.pk}/group-bookings": cast.coordinator,
        f"/api/group-bookings/{booking.pk}": cast.coordinator,
        f"/api/organisations/{group.pk}": cast.coordinator,
        f"/api/service-events/{shift.event_id}/people": cast.carer,
    }
    few = {path: queries_of(user, path) for path, user in paths.items()}
    for user in crowd(198):
        sign(user, shift)
    assert {path: queries_of(user, path) for path, user in paths.items()} == few
    assert list(few.values()) == [9, 10, 5, 8, 9, 6, 5]
