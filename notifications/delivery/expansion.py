"""Expansion: announcements that are due become letters, a chunk of readers at a time, so that nobody holds seventy inboxes at once."""

import datetime as dt
import uuid

from django.utils import timezone

from notifications.inbox.notify import notify
from notifications.models import Announcement
from notifications.sender import sender
from notifications.transactions import retrying

CHUNK = 50
POSTPONED_BY = dt.timedelta(minutes=1)


def due_announcement() -> uuid.UUID | None:
    waiting = Announcement.objects.filter(done_at__isnull=True, due_at__lte=timezone.now())
    return waiting.order_by("due_at", "pk").values_list("pk", flat=True).first()


@retrying
def expand(announcement: uuid.UUID) -> bool:
    """Post its next chunk of letters. False: another process is at it."""
    row = Announcement.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=announcement, done_at__isnull=True).first()
    if row is None:
        return False
    letters = sender().expand(row.kind, topic=row.topic, event=row.event, params=row.params, after=row.expanded_upto, limit=CHUNK)
    row.expanded_upto = max((letter.to for letter in letters), default=row.expanded_upto)
    if len(letters) < CHUNK:
        row.done_at = timezone.now()
    row.save(update_fields=["expanded_upto", "done_at"])
    notify(letters)
    return True


def postpone(announcement: uuid.UUID) -> None:
    """Let the others go first when the sender fails at this one."""
    Announcement.objects.filter(pk=announcement).update(due_at=timezone.now() + POSTPONED_BY)
