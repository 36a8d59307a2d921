"""The words of volunteering. No member's name stands in them, and no volunteer's for another."""

import uuid
from collections.abc import Callable, Sequence
from typing import Any

from backend.volunteering.notices.bookings import booking_letters
from backend.volunteering.notices.events import as_told, cancelled_today, event_letters, reminder_letters, short_letters
from backend.volunteering.notices.letters import ANNOUNCED, THREAD, TOPIC, Batch
from backend.volunteering.notices.records import WHAT as OF_RECORDS
from backend.volunteering.notices.requests import credential_letters, organisation_letters, proposal_letters, wish_letters
from backend.volunteering.notices.signups import signup_letters
from notifications.sender import Letter

__all__ = ["ANNOUNCED", "THREAD", "TOPIC", "as_told", "cancelled_today", "letters"]

WHAT: dict[str, Callable[[Batch], Sequence[Letter]]] = {
    "booking": booking_letters,
    "credential": credential_letters,
    "event": event_letters,
    "organisation": organisation_letters,
    "proposal": proposal_letters,
    "reminder": reminder_letters,
    "short": short_letters,
    "signup": signup_letters,
    "wish": wish_letters,
    **OF_RECORDS,
}


def letters(*, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    """An announcement's letters to the next readers, if what it says still holds."""
    return WHAT[params["what"]](Batch(event=event, params=params, after=after, limit=limit))
