"""Notify: letters get their numbers and become notices, in the sender's own transaction."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications import conf, transactions
from notifications.channels import channel, live
from notifications.inbox.notices import frame
from notifications.inbox.numbering import take_inbox_numbers
from notifications.models import Announcement, Delivery, Notice
from notifications.sender import Letter

# What the column holds; a longer list of names must not keep the rest from being told.
LONGEST_BODY = 500


class OnCommit:
    """Shows the notices live and wakes the dispatcher. Being registered also says that this transaction has had its one `notify`."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self.notices = notices

    def __call__(self) -> None:
        live.post([*map(frame, self.notices), live.WAKE])

    __qualname__ = "OnCommit"


def has_notified() -> bool:
    return any(isinstance(hook, OnCommit) for hook in transactions.hooks())


def require_before_notify(verb: str) -> None:
    if not transactions.is_inside():
        msg = f"{verb}() belongs into the transaction of what it tells about."
        raise RuntimeError(msg)
    if has_notified():
        msg = f"{verb}() after notify(): the inboxes are locked last, once, or two writers wait for each other for ever."
        raise RuntimeError(msg)


def notify(letters: Sequence[Letter]) -> dict[int, int]:
    """Number and store the letters, once in a transaction and last in it. User id → their last number.

    The inboxes' rows are held until commit, so a number that can be seen implies all before it.
    """
    require_before_notify("notify")
    if not letters:
        return {}
    latest = take_inbox_numbers(Counter(letter.to for letter in letters))
    notices = _number(letters, latest, now=timezone.now())
    Notice.objects.bulk_create(notices)
    _address(notices)
    transaction.on_commit(OnCommit(notices), robust=True)
    return latest


def _number(letters: Iterable[Letter], latest: dict[int, int], *, now: dt.datetime) -> list[Notice]:
    coming = Counter(letter.to for letter in letters)
    following = conf.next_rung("")
    climb_at = now + dt.timedelta(seconds=following[1]) if following else None
    notices = []
    for letter in letters:
        coming[letter.to] -= 1
        notices.append(
            _notice(letter, latest[letter.to] - coming[letter.to], now=now, climb_at=climb_at if letter.urgent and letter.topic else None)
        )
    return notices


def _notice(letter: Letter, seq: int, *, now: dt.datetime, climb_at: dt.datetime | None) -> Notice:
    return Notice(
        inbox_id=letter.to,
        seq=seq,
        kind=letter.kind,
        event=letter.event,
        thread=letter.thread,
        tag=letter.tag,
        topic=letter.topic,
        title=letter.title,
        body=letter.body[:LONGEST_BODY],
        link=letter.link,
        data=letter.data,
        urgent=letter.urgent,
        at=letter.at,
        created_at=now,
        climb_at=climb_at,
    )


def _address(notices: Sequence[Notice]) -> None:
    """One Delivery per phone and rung that every notice stands on at once."""
    deliveries: list[Delivery] = []
    for rung in conf.first_rungs():
        deliveries += channel(rung).address(notices)
    if deliveries:
        Delivery.objects.bulk_create(deliveries)


def announce(
    *, topic: str, kind: str, due_at: dt.datetime, event: uuid.UUID | None = None, params: dict[str, Any] | None = None
) -> uuid.UUID:
    """Store something for many readers: the dispatcher asks the sender for the letters when it is due."""
    row = Announcement.objects.create(topic=topic, kind=kind, due_at=due_at, event=event or uuid.uuid4(), params=params or {})
    transaction.on_commit(lambda: live.post([live.WAKE]), robust=True)
    return row.pk
