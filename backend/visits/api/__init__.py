"""The visits over HTTP."""

from ninja import Router

from backend.visits.api.bookings import router as bookings
from backend.visits.api.covers import router as covers
from backend.visits.api.door_codes import router as door_codes
from backend.visits.api.events import router as events
from backend.visits.api.quiet import router as quiet
from backend.visits.api.requests import router as requests
from backend.visits.api.signups import router as signups
from backend.visits.api.waitlist import router as waitlist

router = Router(tags=["visits"])
for part in (events, covers, quiet, signups, waitlist, bookings, requests, door_codes):
    router.add_router("", part)
