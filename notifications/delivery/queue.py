"""Queue of deliveries in the database: leases what is due, and stores what became of it. Each call is one transaction."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from notifications import conf
from notifications.channels.attempt import Attempt, Target
from notifications.models import Delivery, Notice, PushSubscription, has_newer
from notifications.transactions import retrying
from notifications.wire.outcome import Outcome

# Longer than the longest send and its wait; what a dead process held is free again after it.
LEASE = dt.timedelta(seconds=30)
NO_LEASE: dict[str, None] = {"lease_owner": None, "lease_until": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    attempt: Attempt
    outcome: Outcome
    # When to try again, for a "retry".
    due_at: dt.datetime | None = None


def is_due(now: dt.datetime) -> Q:
    """Filter: due, and leased by nobody alive."""
    return Q(state=Delivery.State.WAITING, due_at__lte=now) & (Q(lease_until__isnull=True) | Q(lease_until__lte=now))


def has_due() -> bool:
    return Delivery.objects.filter(is_due(timezone.now())).exists()


@retrying
def release(owner: uuid.UUID) -> int:
    """End the leases that an earlier process with the same worker lock held when it died."""
    return Delivery.objects.filter(state=Delivery.State.WAITING, lease_owner=owner).update(**NO_LEASE)


@retrying
def store_and_lease(*, owner: uuid.UUID, results: Sequence[Result], limit: int) -> list[Attempt]:
    """Store results and lease up to `limit` more: together they cost one commit."""
    _store(results)
    return _lease(owner, limit) if limit else []


def _lease(owner: uuid.UUID, limit: int) -> list[Attempt]:
    now = timezone.now()
    rows = Delivery.objects.filter(is_due(now)).select_for_update(skip_locked=True, of=("self",), no_key=True)
    due = list(rows.select_related("notice", "subscription").annotate(outdated=has_newer("notice__")).order_by("due_at", "pk")[:limit])
    needless: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    to_send = []
    for row in due:
        reason = _why_not(row, now)
        if reason is None:
            to_send.append(row)
        else:
            needless[reason].append(row.pk)
    for (state, error), ids in needless.items():
        Delivery.objects.filter(pk__in=ids).update(state=state, error=error, **NO_LEASE)
    leased = Delivery.objects.filter(pk__in=[row.pk for row in to_send])
    leased.update(lease_owner=owner, lease_until=now + LEASE, attempts=F("attempts") + 1)
    return _attempts(to_send)


def _why_not(row: Delivery, now: dt.datetime) -> tuple[str, str] | None:
    """State and reason, when this need not be sent."""
    notice, phone = row.notice, row.subscription
    if notice.withheld_at is not None:
        return Delivery.State.GONE, "withheld"
    if phone is None or phone.ended_at is not None or phone.user_id != notice.inbox_id:
        return Delivery.State.GONE, "ended"
    if row.outdated:  # type: ignore[attr-defined]  # annotated above
        return Delivery.State.SUPERSEDED, "newer"
    if row.confirmed_at is not None:  # whoever sent it died before storing that
        return Delivery.State.SENT, ""
    if notice.seen_at is not None:
        return Delivery.State.SUPERSEDED, "seen"
    return (Delivery.State.FAILED, row.error or "expired") if conf.pushed_until(notice.created_at, urgent=notice.urgent) <= now else None


def _attempts(rows: Sequence[Delivery]) -> list[Attempt]:
    readers = {row.notice.inbox_id for row in rows}
    unseen = (
        Notice.objects.filter(inbox_id__in=readers, seen_at__isnull=True, withheld_at__isnull=True) if readers else Notice.objects.none()
    )
    unread = dict(unseen.values("inbox").annotate(count=Count("pk")).values_list("inbox", "count"))
    return [
        Attempt(
            delivery=row.pk,
            rung=row.rung,
            number=row.attempts + 1,
            notice=row.notice,
            unread=unread.get(row.notice.inbox_id, 0),
            target=Target(row.subscription.pk, row.subscription.endpoint, row.subscription.p256dh, row.subscription.auth),
        )
        for row in rows
        if row.subscription is not None
    ]


def _store(results: Iterable[Result]) -> None:
    now = timezone.now()
    sent, ended = [], []
    given_up: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    again: list[Result] = []
    for result in results:
        outcome = result.outcome
        if outcome.state == "sent":
            sent.append(result.attempt)
        elif outcome.state == "retry":
            again.append(result)
        else:
            given_up[outcome.state, outcome.error].append(result.attempt.delivery)
        if outcome.ends_target:
            ended.append(result.attempt.target.id)
    _store_sent(sent, now)
    for (state, error), ids in given_up.items():
        _waiting(ids).update(state=state, error=error, **NO_LEASE)
    _postpone(again)
    if ended:
        PushSubscription.objects.filter(pk__in=ended, ended_at__isnull=True).update(ended_at=now)


def _waiting(ids: Iterable[int]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=ids, state=Delivery.State.WAITING)


def _store_sent(attempts: Sequence[Attempt], now: dt.datetime) -> None:
    if attempts:
        _waiting([attempt.delivery for attempt in attempts]).update(state=Delivery.State.SENT, sent_at=now, error="", **NO_LEASE)
        PushSubscription.objects.filter(pk__in={attempt.target.id for attempt in attempts}).update(last_ok_at=now)


def _postpone(results: Sequence[Result]) -> None:
    rows = {result.attempt.delivery: result for result in results}
    waiting = list(_waiting(rows))
    for row in waiting:
        row.due_at, row.error = rows[row.pk].due_at or row.due_at, rows[row.pk].outcome.error
        row.lease_owner = row.lease_until = None
    if waiting:
        Delivery.objects.bulk_update(waiting, ["due_at", "error", *NO_LEASE], batch_size=50)
