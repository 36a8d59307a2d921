"""What is told is announced: the words and the readers are chosen when it goes out, and what is no longer true stays untold."""

import datetime as dt
import uuid
from typing import Any

from backend.common import clock
from backend.volunteering.models import GroupBooking, ServiceEvent, Signup
from backend.volunteering.notices import ANNOUNCED, TOPIC, as_told
from notifications import outbox


def tell(what: str, **params: Any) -> None:
    """At once, or when the night is over."""
    outbox.announce(topic=TOPIC, kind=ANNOUNCED, due_at=clock.calm(clock.now()), event=uuid.uuid4(), params={"what": what, **params})


def tell_signup(signup: Signup) -> None:
    if signup.user_id is not None:
        tell("signup", signup=str(signup.pk), status=signup.status)


def tell_booking(booking: GroupBooking, news: str, *, until: dt.datetime | None = None, places: int = 0) -> None:
    """`news` is a status, or hold, names, released."""
    tell("booking", booking=str(booking.pk), news=news, until=until.isoformat() if until else None, places=places)


def tell_event(event: ServiceEvent, was: list[Any]) -> None:
    """Its time or place changed, or it was cancelled on another day than today."""
    now = as_told(event)
    if now != was:
        tell("event", service=str(event.pk), **{"is": now})
