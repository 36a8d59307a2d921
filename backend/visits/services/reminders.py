"""Reminders before a shift."""

import datetime as dt

from backend.common import clock
from backend.common.verb import verb
from backend.visits.models import Signup
from backend.visits.services import waitlist
from backend.volunteers.services.announcements import announce

DAY_BEFORE, HOURS_BEFORE = dt.timedelta(hours=24), dt.timedelta(hours=2)


@verb
def remind(shift_id: int) -> None:
    """A day before, and two hours before; who opens late is reminded once."""
    shift, now = waitlist.lock_shift(shift_id), clock.now()
    near = shift.starts_at - HOURS_BEFORE <= now
    wanted = 2 if near else 1
    if shift.reminders >= wanted or shift.starts_at <= now:
        return
    shift.reminders = wanted
    shift.save(update_fields=["reminders"])
    if Signup.objects.filter(shift=shift, status=Signup.Status.CONFIRMED, user__isnull=False).exists():
        announce("reminder", shift=shift.pk, starts_at=shift.starts_at.timestamp(), hours=2 if near else 24)
