"""What the passing of time does to visits."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Q

from backend.volunteering.models import GroupBooking, ServiceEvent, Shift
from backend.volunteering.queries.daybook import unsettled
from backend.volunteering.services import count_people, remind, settle_shift, take_step
from backend.volunteering.services.passing import DAY_BEFORE, HOURS_BEFORE
from backend.volunteering.services.records import settle_event


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A step for each shift, group or event: five queries when nothing is due."""
    for shift in Shift.objects.filter(settle_at__lte=now).order_by("settle_at").values_list("pk", flat=True):
        yield partial(settle_shift, shift)
    for booking in GroupBooking.objects.filter(step_at__lte=now).order_by("step_at").values_list("pk", flat=True):
        yield partial(take_step, booking)
    near = Q(reminders__lt=2, starts_at__lte=now + HOURS_BEFORE) | Q(reminders__lt=1, starts_at__lte=now + DAY_BEFORE)
    taking_place = Shift.objects.filter(event__opened_at__isnull=False, event__cancelled_at=None, starts_at__gt=now)
    for shift in taking_place.filter(near).order_by("pk").values_list("pk", flat=True):
        yield partial(remind, shift)
    closed = ServiceEvent.objects.filter(opened_at__isnull=False, cancelled_at=None, counted_at=None, starts_at__gt=now)
    for event in closed.filter(Q(signup_closes_at__lte=now) | Q(closed_at__isnull=False)).values_list("pk", flat=True):
        yield partial(count_people, event)
    for event in unsettled():
        yield partial(settle_event, event_id=event)
