"""Volunteering in the tests' words: `shift = open_shift(cast, capacity=2)`, `signed = sign(user, shift)`."""

import datetime as dt
import uuid
from collections import Counter
from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.volunteering.models import Organisation, OrganisationMembership, ServiceEvent, Shift, Signup, VolunteerProfile
from backend.volunteering.services import EventPlan, ShiftPlan, book, open_event, plan_event, sign_up
from notifications.models import Announcement, Notice
from tests.attendance.door import at
from tests.support.cast import Cast, person
from tests.support.passing import expand_all

# Ten days after the Wednesday of the tests: a Saturday.
SATURDAY = dt.date(2026, 3, 14)
STARTS, ENDS = at("09:00", SATURDAY), at("11:30", SATURDAY)


def ready(user: User, *, age_group: str = "adult", skills: tuple[str, ...] = ()) -> User:
    """Has given his volunteer's facts."""
    now = clock.now()
    name = user.name or "新来的"
    facts = {"name": name, "age_group": age_group, "skills": list(skills), "agreed_at": now, "created_at": now}
    VolunteerProfile.objects.update_or_create(user=user, defaults=facts)
    return user


def crowd(number: int, *, first: int = 0) -> list[User]:
    """Volunteers nobody knows yet: 志愿者1, 志愿者2 …"""
    return [ready(person(f"+86137{first + index:08d}", f"志愿者{index + 1}")) for index in range(number)]


def organisation(name: str, coordinator: User, *members: User, verified: bool = True, kind: str = "party") -> Organisation:
    now = clock.now()
    made = Organisation.objects.create(name=name, kind=kind, created_by=coordinator, created_at=now, verified_at=now if verified else None)
    for user in (coordinator, *members):
        role = "coordinator" if user == coordinator else "member"
        OrganisationMembership.objects.create(user=ready(user), organisation=made, role=role, since=now)
    return made


def plan_of(title: str = "周六义诊与陪伴日", *, shifts: list[ShiftPlan] | None = None, capacity: int = 2, **more: Any) -> EventPlan:
    facts: dict[str, Any] = {"kind": "clinic", "starts_at": STARTS, "ends_at": ENDS, **more}
    return EventPlan(title=title, shifts=shifts or [ShiftPlan(title="陪伴散步", capacity=capacity)], **facts)


def open_visit(
    cast: Cast, title: str = "周六义诊与陪伴日", *, home: Home | None = None, by: User | None = None, **more: Any
) -> ServiceEvent:
    """At 阳光家园, by 陆老师, planned and opened."""
    here, staff = home or cast.sunshine, by or cast.carer
    made = plan_event(event_id=uuid.uuid4(), home_id=here.pk, plan=plan_of(title, **more), by=staff).event
    return open_event(event_id=made.pk, by=staff)


def open_shift(cast: Cast, *, capacity: int = 2, **more: Any) -> Shift:
    """The only one of an open event."""
    return open_visit(cast, capacity=capacity, **more).shifts.get()


def sign(user: User, shift: Shift, **more: Any) -> Signup:
    done = sign_up(signup_id=more.pop("id", None) or uuid.uuid4(), event_id=shift.event_id, shift_id=shift.pk, by=user, **more)
    return done.signup


def hold(coordinator: User, group: Organisation, shift: Shift, places: int, *, minimum: int = 1) -> Any:
    done = book(
        booking_id=uuid.uuid4(),
        event_id=shift.event_id,
        shift_id=shift.pk,
        organisation_id=group.pk,
        places=places,
        minimum=minimum,
        by=coordinator,
    )
    return done.booking


def told(user: User) -> list[str]:
    """The titles in the inbox once everything due has been written."""
    expand_all()
    return list(Notice.objects.filter(inbox=user.pk).order_by("seq").values_list("title", flat=True))


def told_whom(words: str) -> Counter[int]:
    """How often each was told that; at night, too, when it would wait for the morning."""
    Announcement.objects.update(due_at=clock.now())
    expand_all()
    return Counter(Notice.objects.filter(title__contains=words).values_list("inbox", flat=True))


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
