"""Where an organisation goes and where it has been: Homes, days, numbers, the Home's thanks."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.records.queries import visit_history as queries
from backend.records.services import afterwards
from backend.visits.models import GroupBooking
from backend.volunteers.models import Organisation
from tests.attendance.door import DAY, at
from tests.records.day import branch, coming, counted, visit
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")
NEXT_WEEK = DAY + dt.timedelta(days=7)


@pytest.fixture
def party(cast: Cast) -> Organisation:
    """徐明 is one of its people."""
    return branch(cast, members=(cast.volunteer,))


def seen(user: User, party: Organisation, *, past: bool = False, after: int = 0) -> dict[str, Any]:
    answer = Phone(user).get(f"/api/organisations/{party.pk}/visits?past={past}&after={after}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def been(cast: Cast, party: Organisation, *days: dt.date) -> None:
    for day in days:
        shift = visit(cast, on=day)
        counted(coming(shift, cast.volunteer, organisation=party))
        counted(coming(shift, None, "钱丽", organisation=party), 90)
        counted(coming(shift, cast.stranger, "孙海峰"))


def test_where_it_has_been_with_people_minutes_and_thanks(cast: Cast, party: Organisation, morning: time_machine.Traveller) -> None:
    been(cast, party, DAY - dt.timedelta(days=1), DAY)
    morning.move_to(at("18:00"))
    last = seen(cast.volunteer, party, past=True)["items"][0]
    assert (last["home"]["name"], last["people"], last["minutes"], last["thanks"]) == ("阳光家园", 2, 210, None)
    afterwards.thank(event_id=last["id"], text="谢谢大家", post=None, by=cast.carer)
    assert [each["thanks"] for each in seen(cast.volunteer, party, past=True)["items"]] == ["谢谢大家", None]
    assert seen(cast.volunteer, party)["items"] == []


def test_who_did_not_come_and_what_was_cancelled_is_no_visit(cast: Cast, party: Organisation, morning: time_machine.Traveller) -> None:
    absent = counted(coming(visit(cast), cast.volunteer, organisation=party), 0)
    absent.no_show = True
    absent.save()
    counted(coming(visit(cast, cancelled_at=at("08:00")), cast.volunteer, organisation=party))
    morning.move_to(at("18:00"))
    assert seen(cast.coordinator, party, past=True)["items"] == []


def test_where_it_goes_with_the_places_that_have_no_name_yet(cast: Cast, party: Organisation) -> None:
    shift = visit(cast, on=NEXT_WEEK)
    booking = GroupBooking.objects.create(
        shift=shift,
        organisation=party,
        status="held",
        places=5,
        minimum=3,
        held=5,
        created_by=cast.coordinator,
        created_at=at("07:55"),
        names_due_at=at("09:00"),
    )
    coming(shift, cast.volunteer, organisation=party, booking=booking)
    coming(shift, cast.coordinator, "赵立新", organisation=party, companions=1)
    coming(visit(cast, "理发", on=NEXT_WEEK), cast.stranger, "孙海峰")
    assert [(each["title"], each["people"], each["thanks"]) for each in seen(cast.volunteer, party)["items"]] == [("周六义诊", 7, None)]


def test_only_who_coordinates_it_is_led_to_what_remains(cast: Cast, party: Organisation) -> None:
    assert [seen(user, party)["leads"] for user in (cast.coordinator, cast.volunteer)] == [True, False]


def test_others_find_nothing(cast: Cast, party: Organisation) -> None:
    for user in (cast.stranger, cast.carer, cast.officer):
        assert Phone(user).get(f"/api/organisations/{party.pk}/visits").status_code == 404


def test_it_is_read_page_by_page(cast: Cast, party: Organisation, morning: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    been(cast, party, *(DAY - dt.timedelta(days=ago) for ago in range(3)))
    morning.move_to(at("18:00"))
    first = seen(cast.coordinator, party, past=True)
    rest = seen(cast.coordinator, party, past=True, after=int(first["next"]))
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]


@pytest.mark.parametrize("times", [1, 6])
def test_it_costs_the_same_for_one_and_for_six(
    cast: Cast, party: Organisation, times: int, morning: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    been(cast, party, *(DAY - dt.timedelta(days=ago) for ago in range(times)))
    for ahead in range(times):
        coming(visit(cast, on=NEXT_WEEK + dt.timedelta(days=ahead)), cast.volunteer, organisation=party)
    morning.move_to(at("18:00"))
    phone = Phone(cast.volunteer)
    for past, number in ((True, 8), (False, 9)):
        with django_assert_num_queries(number):
            phone.get(f"/api/organisations/{party.pk}/visits?past={past}")
