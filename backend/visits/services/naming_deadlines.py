"""Naming deadlines: until when a group's seats need names."""

import datetime as dt

from backend.common import clock
from backend.visits.models import GroupBooking, Shift

DAYS_BEFORE, AT = dt.timedelta(days=2), dt.time(18)
# Less time than this before that evening: half of what is left instead.
LEAST = dt.timedelta(hours=12)
FIRST_REMINDER, SECOND_REMINDER = dt.timedelta(hours=24), dt.timedelta(hours=3)
REMINDERS = 2


def names_due(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """Two days before, at six in the evening."""
    evening = clock.at(clock.local_date(starts_at) - DAYS_BEFORE, AT)
    return (evening if evening - now >= LEAST else now + (starts_at - now) / 2).astimezone(dt.UTC)


def set_deadline(booking: GroupBooking, shift: Shift, *, held: int) -> None:
    """The group has its places: from now on they want names."""
    now = clock.now()
    due = names_due(now, shift.starts_at)
    booking.status, booking.held, booking.reminders = GroupBooking.Status.HELD, held, 0
    booking.names_due_at, booking.step_at = due, due - min(FIRST_REMINDER, (due - now) / 2)
    booking.save(update_fields=["status", "held", "reminders", "names_due_at", "step_at"])


def next_step(due: dt.datetime, reminders: int, now: dt.datetime) -> dt.datetime:
    """After so many reminders: the second one, or the end."""
    return due if reminders >= REMINDERS else due - min(SECOND_REMINDER, max(due - now, dt.timedelta()) / 4)
