"""What time itself does: offers and holds end, people are reminded, a Home hears that too few come."""

import datetime as dt
import uuid

from django.db import transaction
from django.db.models import Sum

from backend.common import clock
from backend.volunteering.models import ServiceEvent, Signup
from backend.volunteering.services.line import lock_shift, settle
from backend.volunteering.services.telling import tell
from notifications import outbox

DAY_BEFORE, HOURS_BEFORE = dt.timedelta(hours=24), dt.timedelta(hours=2)


@outbox.retrying
@transaction.atomic
def settle_shift(shift_id: int) -> None:
    settle(lock_shift(shift_id))


@outbox.retrying
@transaction.atomic
def remind(shift_id: int) -> None:
    """A day before, and two hours before; who opens late is reminded once."""
    shift, now = lock_shift(shift_id), clock.now()
    near = shift.starts_at - HOURS_BEFORE <= now
    wanted = 2 if near else 1
    if shift.reminders >= wanted or shift.starts_at <= now:
        return
    shift.reminders = wanted
    shift.save(update_fields=["reminders"])
    if Signup.objects.filter(shift=shift, status=Signup.Status.CONFIRMED, user__isnull=False).exists():
        tell("reminder", shift=shift.pk, starts_at=shift.starts_at.timestamp(), hours=2 if near else 24)


@outbox.retrying
@transaction.atomic
def count_people(event_id: uuid.UUID) -> None:
    """Names are closed: the staff hear if fewer come than they need."""
    event = ServiceEvent.objects.select_for_update(no_key=True).get(pk=event_id)
    if event.counted_at is not None:
        return
    event.counted_at = clock.now()
    event.save(update_fields=["counted_at"])
    people = event.shifts.aggregate(people=Sum("taken"))["people"] or 0
    if people < event.minimum:
        tell("short", service=str(event.pk), people=people)
