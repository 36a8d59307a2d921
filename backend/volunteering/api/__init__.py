"""Volunteering over HTTP."""

from ninja import Router

from backend.volunteering.api.arranging import router as arranging
from backend.volunteering.api.bookings import router as bookings
from backend.volunteering.api.daybook import router as daybook
from backend.volunteering.api.events import router as events
from backend.volunteering.api.people import router as people
from backend.volunteering.api.records import router as records
from backend.volunteering.api.signups import router as signups

router = Router(tags=["volunteering"])
for part in (people, events, signups, bookings, arranging, daybook, records):
    router.add_router("", part)
