"""A coordinator holds places, shares the link, and their people take their seats by name."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.due import due
from backend.visits.models import GroupBooking, Shift, Signup
from backend.visits.services import bookings, signups
from backend.visits.services.event_plans import ShiftPlan
from backend.volunteers.models import OrganisationMembership
from tests.attendance.door import at
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone
from tests.visits.steps import SATURDAY, STARTS, counts, hold, open_shift, open_visit, sign
from tests.volunteers.steps import crowd, organisation, ready, told

pytestmark = pytest.mark.usefixtures("morning")

THURSDAY = SATURDAY - dt.timedelta(days=2)


def token(booking: GroupBooking, coordinator: User) -> str:
    shown = Phone(coordinator).get(f"/api/group-bookings/{booking.pk}").json()
    link = shown["link"]
    assert shown["qr"].startswith("<svg ")
    return str(link).rpartition("/")[2]


def take(user: User, secret: str, *, signup: uuid.UUID | None = None) -> Any:
    return Phone(user).post(f"/api/group-bookings/link/{secret}/seats", {"id": str(signup or uuid.uuid4())})


def test_five_places_are_held_until_thursday_evening(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator)
    shift = open_shift(cast, capacity=8)
    body = {"id": str(uuid.uuid4()), "organisation": branch.pk, "shift": shift.pk, "places": 5, "minimum": 3}
    phone = Phone(cast.coordinator)
    answers = [phone.post(f"/api/service-events/{shift.event_id}/group-bookings", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    shown = answers[0].json()
    assert answers[1].json() == shown
    assert (shown["status"], shown["held"]) == ("held", 5)
    assert dt.datetime.fromisoformat(shown["names_due_at"]) == at("18:00", THURSDAY)
    assert shown["link"].startswith("http://127.0.0.1:8000/v/seat/")
    assert counts(shift) == (5, 0, 0)
    assert told(cast.coordinator) == ["供电所党支部占了 5 个名额：周六义诊与陪伴日"]


def test_three_take_seats_by_the_link_one_of_them_new_to_the_app(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator)
    shift = open_shift(cast, capacity=8)
    booking = hold(cast.coordinator, branch, shift, 5)
    secret = token(booking, cast.coordinator)
    seen = Phone(cast.stranger).get(f"/api/group-bookings/link/{secret}").json()
    assert (seen["organisation"], seen["empty"], seen["mine"]) == ("供电所党支部", 5, None)
    assert take(cast.stranger, secret).json()["code"] == "no_profile"
    for user in (*crowd(2), ready(cast.stranger)):
        assert take(user, secret).status_code == 201
    seats = Phone(cast.coordinator).get(f"/api/group-bookings/{booking.pk}").json()["seats"]
    assert sorted(seat["name"] for seat in seats) == ["", "", "志愿者1", "志愿者2", "新来的"]
    assert [seat["number"] for seat in seats if not seat["name"]] == [4, 5]
    assert OrganisationMembership.objects.filter(organisation=branch, user=cast.stranger).exists()
    assert counts(shift) == (5, 0, 0)


def test_tapped_twice_it_is_one_seat(cast: Cast) -> None:
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), open_shift(cast, capacity=3), 3)
    secret, made = token(booking, cast.coordinator), uuid.uuid4()
    first, again, other = (
        take(ready(cast.volunteer), secret, signup=made),
        take(cast.volunteer, secret, signup=made),
        take(cast.volunteer, secret),
    )
    assert first.json() == again.json() == other.json()
    booking.refresh_from_db()
    assert booking.named == 1


def test_no_more_take_seats_than_are_held(cast: Cast) -> None:
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), open_shift(cast, capacity=3), 1)
    secret = token(booking, cast.coordinator)
    first, second = crowd(2)
    assert [take(first, secret).status_code, take(second, secret).status_code] == [201, 409]


def test_who_waited_for_that_shift_alone_comes_with_the_group_instead(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 1)
    waiting = sign(ready(cast.volunteer), shift)
    assert take(cast.volunteer, token(booking, cast.coordinator)).status_code == 201
    waiting.refresh_from_db()
    assert (waiting.status, counts(shift)) == ("cancelled", (1, 0, 0))


def test_the_coordinator_fills_in_themselves_members_and_bare_names(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator, cast.volunteer)
    shift = open_shift(cast, capacity=3)
    booking = hold(cast.coordinator, branch, shift, 3)
    for user, name in ((cast.coordinator.pk, ""), (cast.volunteer.pk, ""), (None, "孙海峰")):
        body = {"id": str(uuid.uuid4()), "user": user, "name": name}
        assert Phone(cast.coordinator).post(f"/api/group-bookings/{booking.pk}/seats", body).status_code == 201
    assert sorted(booking.signups.values_list("name", "user")) == sorted(
        [("赵立新", cast.coordinator.pk), ("徐明", cast.volunteer.pk), ("孙海峰", None)]
    )
    assert told(cast.volunteer) == ["报名成功：周六义诊与陪伴日"]
    with pytest.raises(ConflictError, match="填满"):
        bookings.name_seat(booking_id=booking.pk, signup_id=uuid.uuid4(), user_id=None, name="钱丽", by=cast.coordinator)


def test_a_bare_name_is_not_enough_where_the_shift_asks_for_something(cast: Cast) -> None:
    shift = open_visit(cast, shifts=[ShiftPlan(title="搬菜", capacity=3, minimum_age=18)]).shifts.get()
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 2)
    with pytest.raises(ConflictError, match="发给本人"):
        bookings.name_seat(booking_id=booking.pk, signup_id=uuid.uuid4(), user_id=None, name="孙海峰", by=cast.coordinator)


def test_after_two_reminders_what_has_no_name_goes_to_those_who_wait(cast: Cast, morning: time_machine.Traveller) -> None:
    branch = organisation("供电所党支部", cast.coordinator)
    shift = open_shift(cast, capacity=5)
    booking = hold(cast.coordinator, branch, shift, 5)
    secret = token(booking, cast.coordinator)
    people = crowd(5)
    for user in people[:3]:
        take(user, secret)
    sign(people[3], shift)
    told(cast.coordinator)
    for moment in (at("18:00", THURSDAY - dt.timedelta(days=1)), at("15:00", THURSDAY), at("18:00", THURSDAY)):
        morning.move_to(moment - dt.timedelta(minutes=1))
        before = len(told(cast.coordinator))
        pass_by(due, clock.now())
        assert len(told(cast.coordinator)) == before
        morning.move_to(moment)
        pass_by(due, clock.now())
        assert len(told(cast.coordinator)) == before + 1
    assert told(cast.coordinator)[1:] == [
        "还有 2 个名额没填名字：周六义诊与陪伴日",
        "还有 2 个名额没填名字：周六义诊与陪伴日",
        "2 个没填名字的名额已放给候补：周六义诊与陪伴日",
    ]
    assert counts(shift) == (3, 1, 0)
    assert told(people[3])[-1] == "有名额了：周六义诊与陪伴日"
    assert take(people[4], secret).status_code == 409


def test_nobody_named_the_group_is_off_the_list(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=5)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 5)
    morning.move_to(at("18:00", THURSDAY))
    for _ in range(4):
        pass_by(due, clock.now())
    booking.refresh_from_db()
    assert (booking.status, counts(shift)) == ("lapsed", (0, 0, 0))


def test_a_seat_that_is_given_up_stays_the_groups_until_the_evening_and_then_goes_on(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=2)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 2)
    secret = token(booking, cast.coordinator)
    first, second = crowd(2)
    for user in (first, second):
        take(user, secret)
    for user, held in ((first, 2), (second, 1)):
        signup = Signup.objects.get(user=user)
        signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, reason="有事", by=user)
        booking.refresh_from_db()
        assert (booking.held, booking.named) == (held, 1)
        take(first, secret)
        morning.move_to(at("18:01", THURSDAY))


def test_the_coordinator_gives_somebodys_seat_up_and_they_are_told(cast: Cast) -> None:
    shift = open_shift(cast, capacity=2)
    branch = organisation("供电所党支部", cast.coordinator, cast.volunteer)
    booking = hold(cast.coordinator, branch, shift, 2)
    take(cast.volunteer, token(booking, cast.coordinator))
    signup = Signup.objects.get(user=cast.volunteer)
    signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, by=cast.coordinator)
    assert told(cast.volunteer)[-1] == "报名已取消：周六义诊与陪伴日"


def test_a_seat_goes_to_another_of_the_group(cast: Cast) -> None:
    shift = open_shift(cast, capacity=2)
    other = crowd(1)[0]
    branch = organisation("供电所党支部", cast.coordinator, cast.volunteer, other)
    booking = hold(cast.coordinator, branch, shift, 1)
    take(cast.volunteer, token(booking, cast.coordinator))
    signup = Signup.objects.get(user=cast.volunteer)
    assert Phone(cast.volunteer).post(f"/api/signups/{signup.pk}/transfer", {"to": other.pk}).status_code == 204
    assert list(booking.signups.filter(status="confirmed").values_list("user", flat=True)) == [other.pk]
    assert told(other) == ["报名成功：周六义诊与陪伴日"]
    assert counts(shift) == (1, 0, 0)
    with pytest.raises(NotFoundError):
        signups.transfer(signup_id=booking.signups.get(status="confirmed").pk, to_id=cast.mother.pk, by=other)


def test_all_is_cancelled_at_once_and_everybody_who_sat_there_is_told(cast: Cast) -> None:
    shift = open_shift(cast, capacity=3)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 3)
    take(ready(cast.volunteer), token(booking, cast.coordinator))
    waiting = crowd(1)[0]
    sign(waiting, shift)
    for _ in range(2):
        bookings.cancel_booking(booking_id=booking.pk, by=cast.coordinator)
    assert counts(shift) == (0, 1, 0)
    assert told(cast.volunteer)[-1] == "报名已取消：周六义诊与陪伴日"
    assert told(waiting)[-1] == "有名额了：周六义诊与陪伴日"


def test_late_a_group_wants_a_reason_too(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=3)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 3)
    morning.move_to(STARTS - dt.timedelta(hours=2))
    with pytest.raises(InvalidError, match="原因"):
        bookings.cancel_booking(booking_id=booking.pk, by=cast.coordinator)


@pytest.mark.parametrize(("places", "minimum", "verified", "says"), [(9, 1, True, "1 到 8"), (5, 6, True, "1 到 8"), (5, 1, False, "核实")])
def test_what_cannot_be_held_says_why(cast: Cast, places: int, minimum: int, verified: bool, says: str) -> None:
    branch = organisation("供电所党支部", cast.coordinator, verified=verified)
    with pytest.raises((ConflictError, InvalidError), match=says):
        hold(cast.coordinator, branch, open_shift(cast, capacity=8), places, minimum=minimum)


def test_an_organisation_holds_places_of_a_shift_once(cast: Cast) -> None:
    branch, shift = organisation("供电所党支部", cast.coordinator), open_shift(cast, capacity=8)
    hold(cast.coordinator, branch, shift, 2)
    with pytest.raises(ConflictError, match="已经占过"):
        hold(cast.coordinator, branch, shift, 2)


@pytest.mark.parametrize("who", ["volunteer", "mother", "carer", "stranger"])
def test_only_its_coordinators_hold_places(cast: Cast, who: str) -> None:
    branch, shift = organisation("供电所党支部", cast.coordinator, cast.volunteer), open_shift(cast, capacity=8)
    with pytest.raises(NotFoundError):
        hold(getattr(cast, who), branch, shift, 2)


def test_a_forged_link_opens_nothing(cast: Cast) -> None:
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), open_shift(cast, capacity=3), 3)
    secret = token(booking, cast.coordinator)
    for wrong in (secret[:-1] + ("A" if secret[-1] != "A" else "B"), "x" * 40, secret.replace("-0~", "-1~")):
        assert take(ready(cast.volunteer), wrong).status_code == 404


def test_too_few_places_for_the_minimum_the_group_waits(cast: Cast) -> None:
    shift: Shift = open_shift(cast, capacity=4)
    sign(ready(cast.volunteer), shift)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 4, minimum=4)
    assert (booking.status, booking.held) == ("waitlisted", 0)
    other = organisation("乙单位", cast.father)
    assert hold(cast.father, other, shift, 3).status == "waitlisted"
    assert counts(shift) == (1, 0, 2)
