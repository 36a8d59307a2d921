"""What the passing of time does to visits."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Q

from backend.visits.models import GroupBooking, ServiceEvent, Shift
from backend.visits.services import bookings, events, reminders, waitlist
from backend.visits.services.reminders import DAY_BEFORE, HOURS_BEFORE


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A step for each shift, group or event: four queries when nothing is due."""
    for shift in Shift.objects.filter(waitlist_due_at__lte=now).order_by("waitlist_due_at").values_list("pk", flat=True):
        yield partial(waitlist.advance_due, shift)
    for booking in GroupBooking.objects.filter(step_at__lte=now).order_by("step_at").values_list("pk", flat=True):
        yield partial(bookings.advance_booking, booking)
    near = Q(reminders__lt=2, starts_at__lte=now + HOURS_BEFORE) | Q(reminders__lt=1, starts_at__lte=now + DAY_BEFORE)
    taking_place = Shift.objects.filter(event__opened_at__isnull=False, event__cancelled_at=None, starts_at__gt=now)
    for shift in taking_place.filter(near).order_by("pk").values_list("pk", flat=True):
        yield partial(reminders.remind, shift)
    closed = ServiceEvent.objects.filter(opened_at__isnull=False, cancelled_at=None, counted_at=None, starts_at__gt=now)
    for event in closed.filter(Q(signup_closes_at__lte=now) | Q(closed_at__isnull=False)).values_list("pk", flat=True):
        yield partial(events.count_people, event)
