"""What follows from the door's events, and who may tap. Pure: nothing here writes or knows HTTP."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from backend.accounts.models import User
from backend.attendance.models import AttendanceEvent, DayStatus
from backend.homes.rules import staff_homes
from backend.people.models import Placement
from backend.people.rules import own_members

Kind = AttendanceEvent.Kind
State = DayStatus.State

# An event that reached the server later than this after it happened says so (product.md, rule 3).
LATE_AFTER = dt.timedelta(minutes=2)
# A tablet whose clock differs more than this at upload is not believed (interface.md).
SKEW_ALLOWED = dt.timedelta(seconds=60)
# What a tablet kept longer than this is not recorded by itself any more: a person decides.
OLDEST_CLAIM = dt.timedelta(days=7)
# No tablet is left lying longer than this; an older claim is a clock that forgot the year.
OLDEST_CLOCK = dt.timedelta(days=366)
# Two late events of one member recorded within this time are told together.
PAIR_WITHIN = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Reckoned:
    occurred_at: dt.datetime
    skewed: bool


def reckon(*, claimed: dt.datetime, sent: dt.datetime | None, recorded: dt.datetime) -> Reckoned:
    """When it really happened, from the tablet's clock at the tap and at upload and our own.

    Never in the future. With a wrong clock only the time that passed on it is believed.
    """
    occurred, skewed = claimed, False
    if sent is not None and abs(recorded - sent) > SKEW_ALLOWED:
        occurred, skewed = recorded - (sent - claimed), True
    if occurred > recorded or recorded - occurred > OLDEST_CLOCK:
        occurred, skewed = recorded, skewed or occurred - recorded > SKEW_ALLOWED or occurred < recorded
    return Reckoned(occurred, skewed)


def chain(events: Sequence[AttendanceEvent]) -> list[AttendanceEvent]:
    """A member's day as alternating arrivals and departures, oldest first.

    Taps that say the same again (double taps, two tablets) are one link: the one recorded first.
    Voided events and the voids themselves are not links.
    """
    voided = {event.corrects_id for event in events if event.kind == Kind.VOID}
    taps = [event for event in events if event.kind != Kind.VOID and event.id not in voided]
    taps.sort(key=lambda event: (event.occurred_at, event.device_seq or 0, event.id))
    return [min(run, key=lambda event: (event.recorded_at, event.id)) for _, run in groupby(taps, key=lambda event: event.kind)]


def state_of(links: Sequence[AttendanceEvent], *, on_leave: bool, expected_at: dt.datetime | None, now: dt.datetime) -> str:
    """The day's state; blank for a member who was not due and did not come."""
    if links:
        return State.PRESENT if links[-1].kind == Kind.ARRIVED else State.DEPARTED
    if on_leave:
        return State.LEAVE
    if expected_at is None:
        return ""
    return State.MISSING if now > expected_at else State.WAITING


def is_late(event: AttendanceEvent) -> bool:
    return event.recorded_at - event.occurred_at > LATE_AFTER


def told_together(earlier: AttendanceEvent, later: AttendanceEvent) -> bool:
    """Whether two links of a chain are a stale pair, which families get as one notice."""
    return is_late(earlier) and is_late(later) and later.recorded_at - earlier.recorded_at <= PAIR_WITHIN


def may_ask_leave(user: User, placement: Placement) -> bool:
    """Staff of the Home, and the member's own relatives."""
    return staff_homes(user).filter(pk=placement.home_id).exists() or own_members(user).filter(pk=placement.member_id).exists()
