"""Escalation: whoever has not confirmed in time is tried by the next rung, until a device or a person has."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils import timezone

from notifications import conf
from notifications.channels import channel
from notifications.inbox import progress
from notifications.models import Delivery, Notice, has_newer
from notifications.sender import sender
from notifications.transactions import retrying

AT_ONCE = 50
POSTPONED_BY = dt.timedelta(minutes=1)


def due_events() -> list[uuid.UUID]:
    rows = Notice.objects.filter(climb_at__lte=timezone.now()).order_by("climb_at")
    return list(dict.fromkeys(rows.values_list("event", flat=True)[:AT_ONCE]))


@retrying
def escalate(events: Sequence[uuid.UUID]) -> int:
    """Move these events up by one rung, and tell the sender in the same transaction. How many notices climbed."""
    now = timezone.now()
    locked = Notice.objects.select_for_update(no_key=True, of=("self",)).filter(event__in=events).annotate(outdated=has_newer())
    held = list(locked.order_by("pk"))
    before = progress.fates_of(held)
    climbing, resting = _split(held, now)
    Notice.objects.filter(pk__in=[notice.pk for notice in resting]).update(climb_at=None)
    _move_up(climbing)
    changed = progress.changes_since(before, held)
    if changed:
        sender().progressed(changed)
    return len(climbing)


def postpone(event: uuid.UUID) -> None:
    """Let the others go first when the sender fails at this one."""
    Notice.objects.filter(event=event, climb_at__isnull=False).update(climb_at=timezone.now() + POSTPONED_BY)


def _split(held: Iterable[Notice], now: dt.datetime) -> tuple[list[Notice], list[Notice]]:
    """The notices due that climb, and those that need not: a reader of the event knows, or was told, or a newer notice says it."""
    by_event = defaultdict(list)
    for notice in held:
        by_event[notice.topic, notice.event].append(notice)
    climbing: list[Notice] = []
    resting: list[Notice] = []
    for notices in by_event.values():
        known = any(notice.received or notice.told_at for notice in notices)
        for notice in notices:
            if notice.climb_at is None or notice.climb_at > now:
                continue
            over = known or notice.withheld_at is not None or notice.outdated  # type: ignore[attr-defined]  # annotated above
            (resting if over else climbing).append(notice)
    return climbing, resting


def _move_up(climbing: Sequence[Notice]) -> None:
    by_rung = defaultdict(list)
    for notice in climbing:
        by_rung[notice.rung].append(notice)
    for rung, notices in by_rung.items():
        following = conf.next_rung(rung)
        name = following[0] if following else rung
        for notice in notices:
            notice.rung, notice.climb_at = name, _climbs_at(notice, name)
        Notice.objects.bulk_update(notices, ["rung", "climb_at"], batch_size=100)
        if following:
            Delivery.objects.bulk_create(channel(name).address(notices))


def _climbs_at(notice: Notice, rung: str) -> dt.datetime | None:
    further = conf.next_rung(rung)
    return notice.created_at + dt.timedelta(seconds=further[1]) if further else None
