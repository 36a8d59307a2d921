"""Announcements to those who come to a visit, or coordinate a group that does."""

import datetime as dt
from typing import Any

from backend.visits.models import GroupBooking, ServiceEvent, Signup
from backend.visits.notices.events import stated_facts
from backend.volunteers.services.announcements import announce


def announce_signup(signup: Signup) -> None:
    if signup.user_id is not None:
        announce("signup", signup=str(signup.pk), status=signup.status)


def announce_booking(booking: GroupBooking, news: str, *, until: dt.datetime | None = None, places: int = 0) -> None:
    """`news` is a status, or hold, names, released."""
    announce("booking", booking=str(booking.pk), news=news, until=until.isoformat() if until else None, places=places)


def announce_event(event: ServiceEvent, was: list[Any]) -> None:
    """Its time or place changed, or it was cancelled on another day than today."""
    now = stated_facts(event)
    if now != was:
        announce("event", service=str(event.pk), **{"is": now})
