"""A visit in the tests' words: `shift = visit(cast)`, `signup = coming(shift, cast.volunteer, "徐明")`, `tap(signup, "in", "09:00")`."""

import datetime as dt
import uuid
from typing import Any

import time_machine

from backend.accounts.models import User
from backend.common import clock
from backend.records.hours import DEFAULT, Kind, as_data
from backend.records.models import ServiceRecord
from backend.records.services import checkins
from backend.records.services.checkins import Done
from backend.visits import door_codes
from backend.visits.models import ServiceEvent, Shift, Signup
from backend.volunteers.models import Organisation, OrganisationMembership, VolunteerProfile
from tests.attendance.door import DAY, at
from tests.support.cast import Cast


def visit(cast: Cast, title: str = "周六义诊", *, on: dt.date = DAY, begins: str = "09:00", ends: str = "11:30", **more: Any) -> Shift:
    """At 阳光家园, open, with one shift, unless told otherwise."""
    starts_at, ends_at = at(begins, on), at(ends, on)
    facts = {
        "home": cast.sunshine,
        "kind": "clinic",
        "signup_closes_at": starts_at,
        "cancel_until": starts_at,
        "opened_at": clock.now(),
        "touched_at": clock.now(),
        "created_by": cast.carer,
        "created_at": clock.now(),
        **more,
    }
    return another_shift(ServiceEvent.objects.create(title=title, starts_at=starts_at, ends_at=ends_at, **facts))


def another_shift(
    event: ServiceEvent, title: str = "陪伴散步", *, begins: dt.datetime | None = None, ends: dt.datetime | None = None
) -> Shift:
    return Shift.objects.create(event=event, title=title, starts_at=begins or event.starts_at, ends_at=ends or event.ends_at, capacity=20)


def coming(shift: Shift, user: User | None, name: str = "徐明", **more: Any) -> Signup:
    """Confirmed."""
    by = user or shift.event.created_by
    facts = {"status": "confirmed", "created_by": by, "created_at": clock.now(), **more}
    return Signup.objects.create(shift=shift, user=user, name=name, **facts)


def volunteer(user: User, name: str = "徐明") -> VolunteerProfile:
    moment = clock.now()
    return VolunteerProfile.objects.create(user=user, name=name, age_group="adult", agreed_at=moment, created_at=moment)


def branch(cast: Cast, name: str = "供电所党支部", *, members: tuple[User, ...] = ()) -> Organisation:
    """赵书记's."""
    made = Organisation.objects.create(name=name, kind="party", created_by=cast.coordinator, created_at=clock.now())
    belongs = {cast.coordinator: "coordinator", **dict.fromkeys(members, "member")}
    OrganisationMembership.objects.bulk_create(
        OrganisationMembership(user=user, organisation=made, role=role, since=clock.now()) for user, role in belongs.items()
    )
    return made


def code_at(event: ServiceEvent, moment: dt.datetime) -> str:
    return door_codes.codes_to_show(event.pk, moment)[0].text


def scan(signup: Signup, kind: Kind, hhmm: str, *, on: dt.date = DAY, **more: Any) -> Done:
    """The code on the tablet, at that time of the day."""
    assert signup.user is not None
    with time_machine.travel(at(hhmm, on), tick=False):
        facts = {"tap_id": uuid.uuid4(), "code": code_at(signup.shift.event, clock.now()), "offline": False, **more}
        return checkins.check_in(event_id=signup.shift.event_id, kind=kind, by=signup.user, **facts)


def led(by: User, kind: Kind, hhmm: str, *signups: Signup) -> list[Done]:
    """By the coordinator or by staff."""
    with time_machine.travel(at(hhmm), tick=False):
        taps = [(uuid.uuid4(), signup.pk) for signup in signups]
        return checkins.check_in_people(event_id=signups[0].shift.event_id, kind=kind, taps=taps, by=by)


def served(signup: Signup, came: str = "09:00", left: str = "11:30", *, on: dt.date = DAY) -> ServiceRecord:
    """In and out, and the record that it makes."""
    scan(signup, "in", came, on=on)
    scan(signup, "out", left, on=on)
    return ServiceRecord.objects.get(signup=signup)


def counted(signup: Signup, minutes: int = 120) -> ServiceRecord:
    """A record as if it had been tapped."""
    shift = signup.shift
    facts = {"user": signup.user, "organisation": signup.organisation, "name": signup.name, "home": shift.event.home, "event": shift.event}
    return ServiceRecord.objects.create(
        signup=signup,
        **facts,
        date=clock.local_date(shift.starts_at),
        planned=150,
        minutes=minutes,
        reason="09:00–11:00 在场，计 2 小时。",
        rules=as_data(DEFAULT),
        made_at=clock.now(),
    )
