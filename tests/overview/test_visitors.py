"""Who visits the Home today: organisations and numbers, for those whose house it is."""

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.homes.models import Home
from tests.attendance.door import at
from tests.records.day import branch, coming, scan, served, visit
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def url(home: Home) -> str:
    return f"/api/overview/visitors?home={home.pk}"


def test_families_and_staff_see_organisations_and_numbers(cast: Cast, morning: time_machine.Traveller) -> None:
    shift, party = visit(cast), branch(cast, members=(cast.volunteer,))
    scan(coming(shift, cast.volunteer, organisation=party, companions=1), "in", "09:00")
    served(coming(shift, cast.stranger, "孙海峰"), "09:00", "09:20")
    coming(shift, None, "钱丽", organisation=party)
    coming(shift, cast.coordinator, "赵立新", organisation=party, status="waitlisted")
    morning.move_to(at("09:30"))
    for user in (cast.mother, cast.carer, cast.officer):
        (found,) = Phone(user).get(url(cast.sunshine)).json()
        assert (found["title"], found["here"], found["waiting"]) == ("周六义诊", 2, False)
        assert found["parties"] == [
            {"organisation": "供电所党支部", "expected": 3, "here": 2, "came": 2},
            {"organisation": "", "expected": 1, "here": 0, "came": 1},
        ]
        assert not {"徐明", "孙海峰", "钱丽"} & set(str(found).split("'"))


def test_others_find_nothing(cast: Cast) -> None:
    visit(cast)
    for user in (cast.volunteer, cast.coordinator, cast.charlie, cast.autumn_carer, cast.stranger):
        assert Phone(user).get(url(cast.sunshine)).status_code == 404


def test_not_what_is_a_draft_cancelled_or_on_another_day(cast: Cast) -> None:
    visit(cast, opened_at=None)
    visit(cast, cancelled_at=at("08:00"))
    visit(cast, on=at("09:00").date().replace(day=5))
    visit(cast, home=cast.autumn)
    assert Phone(cast.carer).get(url(cast.sunshine)).json() == []


@pytest.mark.parametrize("visits", [1, 5])
def test_it_costs_the_same_for_one_and_for_five(cast: Cast, visits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    users: list[User] = [cast.volunteer, cast.stranger, cast.coordinator, cast.father, cast.sister]
    for user in users[:visits]:
        scan(coming(visit(cast), user), "in", "09:00")
    phone = Phone(cast.carer)
    phone.get(url(cast.sunshine))
    with django_assert_num_queries(10):
        phone.get(url(cast.sunshine))
