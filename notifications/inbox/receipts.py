"""Receipts: who received what, as marks on notices, and the word to the sender when an event's fate changed by them."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone

from notifications.channels import live
from notifications.inbox import progress
from notifications.models import Delivery, Notice, Reply
from notifications.sender import sender
from notifications.transactions import retrying

# How many unread notices one "seen up to here" marks in one transaction.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """One receipt of one reader. `via` is the rung it came by."""

    notice: uuid.UUID
    user_id: int
    state: Literal["delivered", "seen"]
    via: str = "live"


@retrying
def store(marks: Iterable[Mark]) -> None:
    """Store receipts; pass over what is not that reader's, unknown or already marked."""
    wanted = list(marks)
    locked = _lock(Notice.objects.filter(event__in=Notice.objects.filter(pk__in={mark.notice for mark in wanted}).values("event")))
    before = progress.fates_of(locked)
    _mark(locked, wanted)
    changed = progress.changes_since(before, locked)
    if changed:
        sender().progressed(changed)


@retrying
def confirm(notice_id: uuid.UUID, *, subscription: int, state: Literal["delivered", "seen"]) -> None:
    """Store the receipt of the phone itself, for the person the push was for, whoever uses the phone now."""
    reader = Notice.objects.filter(pk=notice_id).values_list("inbox_id", flat=True).first()
    if reader is None:
        return
    store([Mark(notice_id, reader, state, via="webpush")])
    waiting = Delivery.objects.filter(notice=notice_id, subscription=subscription, confirmed_at__isnull=True)
    waiting.update(confirmed_at=timezone.now())


def _lock(notices: QuerySet[Notice]) -> list[Notice]:
    """Lock all readers' notices of an event in the order in which everybody locks them."""
    return list(notices.select_for_update(no_key=True).order_by("pk"))


def _mark(locked: Sequence[Notice], marks: Iterable[Mark]) -> None:
    now = timezone.now()
    own = {(notice.pk, notice.inbox_id): notice for notice in locked if notice.withheld_at is None}
    changed = {}
    for mark in marks:
        notice = own.get((mark.notice, mark.user_id))
        if notice is not None and _apply(notice, mark, now):
            changed[notice.pk] = notice
    if changed:
        Notice.objects.bulk_update(changed.values(), ["delivered_at", "delivered_via", "seen_at"], batch_size=100)


def _apply(notice: Notice, mark: Mark, now: dt.datetime) -> bool:
    """True when the receipt says something new. What was seen was delivered, too."""
    new = False
    if notice.delivered_at is None:
        notice.delivered_at, notice.delivered_via, new = now, mark.via, True
    if mark.state == "seen" and notice.seen_at is None:
        notice.seen_at, new = now, True
    return new


def mark_seen(*, user_id: int, upto: int, thread: str | None = None) -> None:
    """Mark all up to this number (of one conversation, or of all), and tell the person's other phones."""
    unseen = Notice.objects.filter(inbox_id=user_id, seq__lte=upto, seen_at__isnull=True, withheld_at__isnull=True)
    if thread is not None:
        unseen = unseen.filter(thread=thread)
    while notices := list(unseen.order_by("seq").values_list("pk", flat=True)[:CHUNK]):
        store(Mark(notice, user_id, "seen") for notice in notices)
    live.post([live.to_user(user_id, {"type": "seen", "upto": upto} | ({} if thread is None else {"thread": thread}))])


@retrying
def mark_told(*, event: uuid.UUID, topic: str, by: int) -> int:
    """Mark the notices of this event that no phone has confirmed: somebody rang. How many those are."""
    locked = _lock(Notice.objects.filter(event=event, topic=topic))
    before = progress.fates_of(locked)
    told = [notice for notice in locked if notice.withheld_at is None and notice.told_at is None and not notice.received]
    now = timezone.now()
    for notice in told:
        notice.told_at, notice.told_by_id = now, by
    Notice.objects.filter(pk__in=[notice.pk for notice in told]).update(told_at=now, told_by_id=by)
    changed = progress.changes_since(before, locked)
    if changed:
        sender().progressed(changed)
    return len(told)


@retrying
def reply(*, notice: Notice, kind: str) -> bool:
    """Store a fixed answer; whoever answers has seen. True when it is the first of its kind."""
    store([Mark(notice.pk, notice.inbox_id, "seen")])
    _, first = Reply.objects.get_or_create(notice=notice, kind=kind, defaults={"at": timezone.now()})
    if first:
        sender().replied(event=notice.event, kind=kind, user_id=notice.inbox_id)
    return first


def mark_received(*, event: uuid.UUID, state: Literal["delivered", "seen"]) -> None:
    """Confirm on behalf of all of an event's readers: for a demo or a test without phones."""
    store(Mark(pk, user_id, state) for pk, user_id in Notice.objects.filter(event=event).values_list("pk", "inbox_id"))
