"""Reports: what the sender may ask about its letters. Each read costs a fixed number of queries."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from notifications.channels import PEOPLE
from notifications.ids import first_id_at
from notifications.inbox import progress
from notifications.models import Delivery, Notice, PushSubscription, Reply, has_newer
from notifications.sender import Fate

RECEIVED = Q(delivered_at__isnull=False) | Q(seen_at__isnull=False)
# Who was told stays on the list for the shift, so that nobody rings twice.
TOLD_FOR = dt.timedelta(hours=12)
# After a week a call about a day long gone helps nobody.
LISTED_FOR = dt.timedelta(days=7)

Why = Literal["no_device", "push_failed", "not_delivered"]


@dataclass(frozen=True, kw_only=True)
class Reader:
    notice_id: uuid.UUID
    user_id: int
    why: Why


@dataclass(kw_only=True)
class Unreached:
    """An event that no phone of any reader has confirmed in time."""

    event: uuid.UUID
    at: dt.datetime
    title: str
    body: str
    data: dict[str, Any]
    readers: list[Reader] = field(default_factory=list)
    told_at: dt.datetime | None = None
    told_by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    event: uuid.UUID
    user_id: int
    kind: str
    at: dt.datetime
    title: str
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Recipients:
    tag: str
    readers: frozenset[int]


@dataclass(frozen=True, kw_only=True)
class Thread:
    """One conversation: its newest notice and how many of it were not looked at."""

    thread: str
    latest: Notice
    unread: int


def unreached(topic: str) -> list[Unreached]:
    """The events of a topic, oldest first."""
    found: dict[uuid.UUID, Unreached] = {}
    notices = list(_unreached_notices(topic))
    why = _why(notices)
    for notice in notices:
        entry = found.setdefault(
            notice.event, Unreached(event=notice.event, at=notice.at, title=notice.title, body=notice.body, data=notice.data)
        )
        entry.readers.append(Reader(notice_id=notice.pk, user_id=notice.inbox_id, why=why[notice.pk]))
        if notice.told_at is not None:
            entry.told_at, entry.told_by_id = notice.told_at, notice.told_by_id
    return list(found.values())


def _unreached_notices(topic: str) -> QuerySet[Notice]:
    now = timezone.now()
    reached = Exists(Notice.objects.filter(RECEIVED, event=OuterRef("event"), topic=OuterRef("topic")))
    # `rung` is not blank: said once more in the index's own words, or SQLite reads every notice there ever was.
    on_rung = Notice.objects.filter(~Q(rung=""), topic=topic, rung__in=PEOPLE)
    on_list = on_rung.filter(withheld_at__isnull=True, created_at__gt=now - LISTED_FOR)
    still = on_list.filter(Q(told_at__isnull=True) | Q(told_at__gt=now - TOLD_FOR))
    return still.exclude(reached).exclude(has_newer()).order_by("created_at", "inbox")


def _why(notices: Sequence[Notice]) -> dict[uuid.UUID, Why]:
    """From the deliveries: nothing to send to, or everything refused, or sent and not confirmed."""
    states = defaultdict(set)
    for notice, state in Delivery.objects.filter(notice__in=notices).values_list("notice_id", "state"):
        states[notice].add(state)
    owners = {notice.inbox_id for notice in notices}
    phones = set(PushSubscription.objects.filter(user_id__in=owners, ended_at__isnull=True).values_list("user_id", flat=True))
    return {notice.pk: _reason(states[notice.pk], has_phone=notice.inbox_id in phones) for notice in notices}


def _reason(states: set[str], *, has_phone: bool) -> Why:
    if states & {Delivery.State.WAITING, Delivery.State.SENT, Delivery.State.SUPERSEDED}:
        return "not_delivered"
    if Delivery.State.FAILED in states:
        return "push_failed"
    return "not_delivered" if has_phone and not states else "no_device"


def fate(events: Iterable[uuid.UUID]) -> dict[uuid.UUID, Fate]:
    """Events without a notice are left out."""
    together = progress.fates_of(Notice.objects.filter(event__in=set(events)))
    best: dict[uuid.UUID, Fate] = {}
    for (_, event), each in together.items():
        best[event] = max(best.get(event, "sent"), each, key=progress.ORDER.index)
    return best


def replies(*, topic: str, limit: int = 50) -> list[Answer]:
    """The readers' fixed answers to the last week's news of a topic, newest first; whoever lost their rights is left out."""
    lately = Reply.objects.filter(notice__gte=first_id_at(timezone.now() - LISTED_FOR))
    rows = lately.filter(notice__topic=topic, notice__withheld_at__isnull=True).select_related("notice")
    return [_answer(row) for row in rows.order_by("-at", "-pk")[:limit]]


def _answer(row: Reply) -> Answer:
    letter = row.notice
    return Answer(event=letter.event, user_id=letter.inbox_id, kind=row.kind, at=row.at, title=letter.title, data=letter.data)


def recipients(events: Iterable[uuid.UUID], *, topic: str) -> Recipients:
    """Who got a letter about these events under this topic, and still may; with the newest one's tag."""
    rows = list(Notice.objects.filter(event__in=set(events), topic=topic).order_by("-pk").values_list("tag", "inbox_id", "withheld_at"))
    return Recipients(tag=next((tag for tag, _, _ in rows), ""), readers=frozenset(user for _, user, withheld in rows if withheld is None))


def readers(tag: str) -> set[int]:
    """Who got a letter with this tag, and still may."""
    return set(Notice.objects.filter(tag=tag, withheld_at__isnull=True).values_list("inbox_id", flat=True))


def latest(*, user_id: int) -> list[Thread]:
    """The person's conversations, the one with the newest notice first."""
    later = Notice.objects.filter(inbox_id=user_id, thread=OuterRef("thread"), seq__gt=OuterRef("seq"), withheld_at__isnull=True)
    newest = Notice.objects.filter(Q(inbox_id=user_id), ~Exists(later), withheld_at__isnull=True).order_by("-seq")
    unseen = Notice.objects.filter(inbox_id=user_id, seen_at__isnull=True, withheld_at__isnull=True).values("thread")
    unread = dict(unseen.annotate(count=Count("pk")).values_list("thread", "count"))
    return [Thread(thread=notice.thread, latest=notice, unread=unread.get(notice.thread, 0)) for notice in newest]
