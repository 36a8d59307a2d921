"""Announcements of volunteering: words and readers are chosen when one goes out, and what is no longer true stays unsaid."""

import uuid
from typing import Any

from backend.common import clock
from notifications import outbox

TOPIC = "volunteering"


def announce(kind: str, **params: Any) -> None:
    """At once, or when the night is over. `kind` is one of the table in overview/sender.py."""
    outbox.announce(topic=TOPIC, kind=kind, due_at=clock.calm(clock.now()), event=uuid.uuid4(), params=params)
