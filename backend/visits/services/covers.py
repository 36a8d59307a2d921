"""Covers: the picture above an event, in place of the drawn one."""

import uuid
from pathlib import Path

from django.db import transaction

from backend.accounts.models import User
from backend.common.verb import verb
from backend.visits import media, rules
from backend.visits.models import ServiceEvent
from backend.visits.services import quiet


def set_cover(*, event_id: uuid.UUID, source: Path, by: User) -> ServiceEvent:
    """By the Home's staff. Developed before the transaction begins: a slow photo holds nobody up."""
    rules.staffed_event(by, event_id)
    path = media.reencode(source)
    try:
        return _swap(event_id, path, by=by)
    except Exception:
        media.discard(path)
        raise


def remove_cover(*, event_id: uuid.UUID, by: User) -> ServiceEvent:
    return _swap(event_id, "", by=by)


@verb
def _swap(event_id: uuid.UUID, path: str, *, by: User) -> ServiceEvent:
    """With the Home's turn: whoever changes or copies the event meanwhile has read it before, or reads it afterwards."""
    quiet.lock_home(rules.staffed_event(by, event_id).home)
    event = rules.staffed_event(by, event_id)
    old, event.picture = event.picture, path
    event.save(update_fields=["picture"])
    transaction.on_commit(lambda: media.discard(old), robust=True)
    return event
