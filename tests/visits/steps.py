"""Visits in the tests' words: `shift = open_shift(cast, capacity=2)`, `signed = sign(user, shift)`."""

import datetime as dt
import uuid
from typing import Any

from backend.accounts.models import User
from backend.homes.models import Home
from backend.visits.models import ServiceEvent, Shift, Signup
from backend.visits.services import bookings, events, signups
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.models import Organisation
from tests.attendance.door import at
from tests.support.cast import Cast

# Ten days after the Wednesday of the tests: a Saturday.
SATURDAY = dt.date(2026, 3, 14)
STARTS, ENDS = at("09:00", SATURDAY), at("11:30", SATURDAY)


def plan_of(title: str = "周六义诊与陪伴日", *, shifts: list[ShiftPlan] | None = None, capacity: int = 2, **more: Any) -> EventPlan:
    facts: dict[str, Any] = {"kind": "clinic", "starts_at": STARTS, "ends_at": ENDS, **more}
    return EventPlan(title=title, shifts=shifts or [ShiftPlan(title="陪伴散步", capacity=capacity)], **facts)


def open_visit(
    cast: Cast, title: str = "周六义诊与陪伴日", *, home: Home | None = None, by: User | None = None, **more: Any
) -> ServiceEvent:
    """At 阳光家园, by 陆老师, planned and opened."""
    here, staff = home or cast.sunshine, by or cast.carer
    made = events.plan_event(event_id=uuid.uuid4(), home_id=here.pk, plan=plan_of(title, **more), by=staff).event
    return events.open_event(event_id=made.pk, by=staff)


def open_shift(cast: Cast, *, capacity: int = 2, **more: Any) -> Shift:
    """The only one of an open event."""
    return open_visit(cast, capacity=capacity, **more).shifts.get()


def sign(user: User, shift: Shift, **more: Any) -> Signup:
    done = signups.sign_up(signup_id=more.pop("id", None) or uuid.uuid4(), event_id=shift.event_id, shift_id=shift.pk, by=user, **more)
    return done.signup


def hold(coordinator: User, group: Organisation, shift: Shift, places: int, *, minimum: int = 1) -> Any:
    done = bookings.book(
        booking_id=uuid.uuid4(),
        event_id=shift.event_id,
        shift_id=shift.pk,
        organisation_id=group.pk,
        places=places,
        minimum=minimum,
        by=coordinator,
    )
    return done.booking


def counts(shift: Shift) -> tuple[int, int, int]:
    """Taken, offered, waiting, as they stand in the row; which must be what stands in the other tables."""
    shift.refresh_from_db()
    single = shift.signups.filter(status="confirmed", booking=None)
    taken = sum(each.places for each in single) + sum(shift.bookings.filter(status="held").values_list("held", flat=True))
    offered = sum(shift.offers.filter(state="open").values_list("places", flat=True))
    waiting = shift.entries.filter(state="waiting").count()
    assert (shift.taken, shift.offered, shift.waiting) == (taken, offered, waiting)
    for booking in shift.bookings.filter(status="held"):
        assert booking.named == booking.signups.filter(status="confirmed").count()
    return taken, offered, waiting
