"""A place comes free: who is asked, how long they have, and what becomes of it."""

import datetime as dt

import pytest
import time_machine

from backend.common import clock
from backend.common.errors import ConflictError, NotFoundError
from backend.visits.due import due
from backend.visits.models import DecisionLog, Signup, WaitlistEntry
from backend.visits.services import signups
from backend.visits.waitlist import decide, to_json, waitlist_from_json
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone
from tests.visits.steps import STARTS, counts, hold, open_shift, sign
from tests.volunteers.steps import crowd, organisation, told

pytestmark = pytest.mark.usefixtures("morning")


def leave(signup: Signup) -> None:
    assert signup.user is not None
    signups.cancel_signup(signup_id=signup.pk, event_id=signup.shift.event_id, by=signup.user)


def replayed() -> bool:
    """Every decision follows again from what the log says it was made of."""
    return all(
        [to_json(decision) for decision in decide(waitlist_from_json(row.state), row.at)] == row.decisions
        for row in DecisionLog.objects.all()
    )


def test_who_is_asked_has_a_day_to_say_yes_and_then_has_the_place(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    seat, waiting = sign(first, shift), sign(second, shift)
    leave(seat)
    shown = Phone(second).get(f"/api/signups/{waiting.pk}").json()
    until = clock.now() + dt.timedelta(hours=24)
    assert (shown["status"], shown["position"], shown["offer"]["places"]) == ("offered", None, 1)
    assert dt.datetime.fromisoformat(shown["offer"]["expires_at"]) == until
    for _ in range(2):
        answer = Phone(second).post(f"/api/signups/{waiting.pk}/confirmation")
        assert (answer.status_code, answer.json()["status"]) == (200, "confirmed")
    assert counts(shift) == (1, 0, 0)
    assert told(second) == ["报名成功：周六义诊与陪伴日"]
    assert replayed()


def test_when_the_time_is_up_the_next_is_asked(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1)
    first, second, third = crowd(3)
    seat, waiting, last = sign(first, shift), sign(second, shift), sign(third, shift)
    leave(seat)
    told(second)
    morning.shift(dt.timedelta(hours=24))
    with pytest.raises(ConflictError, match="不留了"):
        signups.accept_offer(signup_id=waiting.pk, by=second)
    pass_by(due, clock.now())
    pass_by(due, clock.now())
    assert counts(shift) == (0, 1, 0)
    assert told(second) == ["有名额了：周六义诊与陪伴日", "这次没有排上：周六义诊与陪伴日"]
    assert told(third) == ["已排进候补：周六义诊与陪伴日", "有名额了：周六义诊与陪伴日"]
    last.refresh_from_db()
    assert (last.status, replayed()) == ("offered", True)


def test_a_no_passes_the_place_on_at_once(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second, third = crowd(3)
    seat, waiting, _ = sign(first, shift), sign(second, shift), sign(third, shift)
    leave(seat)
    leave(waiting)
    assert counts(shift) == (0, 1, 0)
    assert told(third) == ["有名额了：周六义诊与陪伴日"]


def test_a_group_that_does_not_fit_has_the_place_held_and_all_can_read_why(cast: Cast, morning: time_machine.Traveller) -> None:
    school = organisation("向阳小学", cast.coordinator)
    shift = open_shift(cast, capacity=6)
    people = crowd(6)
    seats = [sign(user, shift) for user in people[:5]]
    booking = hold(cast.coordinator, school, shift, 6, minimum=6)
    waiting = sign(people[5], shift)
    assert (booking.status, counts(shift)) == ("waitlisted", (5, 0, 2))
    shown = Phone(people[5]).get(f"/api/signups/{waiting.pk}").json()
    assert shown["position"] == 2
    assert shown["explanation"] == "前面是向阳小学 6 人一组，空出 1 个名额坐不下，已为他们留到3月6日 07:55；过时就先问后面合适的。"
    assert set(told(cast.coordinator)) == {"向阳小学已排进候补：周六义诊与陪伴日", "为向阳小学留着名额：周六义诊与陪伴日"}
    morning.shift(dt.timedelta(hours=48))
    pass_by(due, clock.now())
    entry = WaitlistEntry.objects.get(booking=booking)
    assert (counts(shift), entry.passes, entry.holds) == ((5, 1, 1), 1, 1)
    signups.accept_offer(signup_id=waiting.pk, by=people[5])
    for seat in seats:
        leave(seat)
    assert (counts(shift), replayed()) == ((1, 0, 1), True)
    decisions = Phone(people[5]).get(f"/api/shifts/{shift.pk}/decisions").json()
    assert [each["kind"] for each in decisions] == ["hold", "unhold", "offer", "hold"]
    assert "第 1 次让过" in decisions[2]["sentence"]


def test_the_group_fits_and_is_asked_for_all_its_places(cast: Cast) -> None:
    school = organisation("向阳小学", cast.coordinator)
    shift = open_shift(cast, capacity=4)
    seats = [sign(user, shift) for user in crowd(4)]
    booking = hold(cast.coordinator, school, shift, 4, minimum=3)
    for seat in seats[:3]:
        leave(seat)
    phone = Phone(cast.coordinator)
    shown = phone.get(f"/api/group-bookings/{booking.pk}").json()
    assert (shown["status"], shown["offer"]["places"], counts(shift)) == ("offered", 3, (1, 3, 0))
    answer = phone.post(f"/api/group-bookings/{booking.pk}/confirmation")
    assert (answer.status_code, answer.json()["held"], len(answer.json()["seats"])) == (200, 3, 3)
    assert (counts(shift), replayed()) == ((4, 0, 0), True)


def test_it_begins_and_who_still_waits_is_told_once(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    sign(first, shift)
    sign(second, shift)
    told(second)
    morning.move_to(STARTS)
    for _ in range(3):
        pass_by(due, clock.now())
    assert counts(shift) == (1, 0, 0)
    assert told(second) == ["已排进候补：周六义诊与陪伴日", "这次没有排上：周六义诊与陪伴日"]


def test_only_who_was_asked_says_yes(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    seat, waiting = sign(first, shift), sign(second, shift)
    leave(seat)
    with pytest.raises(NotFoundError):
        signups.accept_offer(signup_id=waiting.pk, by=first)


def test_the_decisions_are_for_whom_they_concern(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    sign(first, shift)
    sign(second, shift)
    seen = {user.pk: Phone(user).get(f"/api/shifts/{shift.pk}/decisions").status_code for user in (first, second, cast.carer, cast.mother)}
    assert seen == {first.pk: 404, second.pk: 200, cast.carer.pk: 200, cast.mother.pk: 404}
