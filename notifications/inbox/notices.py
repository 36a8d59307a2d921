"""Notices as their reader sees them: pages of an inbox, by number or by conversation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from notifications.channels import live
from notifications.models import Inbox, Notice, Reply

# As many as one page or one reconnect may ask for; who missed more reads afresh.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class Page:
    epoch: str
    oldest: int
    latest: int
    items: list[dict[str, Any]]


def page(user_id: int, *, after: int = 0, before: int | None = None, thread: str | None = None, limit: int = MOST) -> Page:
    """In order of their numbers: the first after `after`, or the last before `before`.

    The inbox is read first: what is stored meanwhile shows up as an item above `latest`, never as a gap below it.
    """
    inbox = Inbox.objects.filter(user_id=user_id).first() or Inbox(user_id=user_id, epoch="")
    notices = Notice.objects.filter(inbox_id=user_id, seq__gt=after)
    if thread is not None:
        notices = notices.filter(thread=thread)
    found = list(notices.order_by("seq")[:limit]) if before is None else _last(notices, before, limit)
    return Page(epoch=inbox.epoch, oldest=inbox.oldest, latest=inbox.latest, items=shapes(found))


def _last(notices: QuerySet[Notice], before: int, limit: int) -> list[Notice]:
    return list(notices.filter(seq__lt=before).order_by("-seq")[:limit])[::-1]


def shapes(notices: Sequence[Notice]) -> list[dict[str, Any]]:
    """As their reader sees them, with their answers; one query more."""
    answers = defaultdict(list)
    for notice, kind in Reply.objects.filter(notice__in=[each.pk for each in notices]).order_by("kind").values_list("notice", "kind"):
        answers[notice].append(kind)
    return [shape(notice, answers[notice.pk]) for notice in notices]


def shape(notice: Notice, replies: Iterable[str] = ()) -> dict[str, Any]:
    """A notice as its reader sees it; a withheld one is a number and nothing else."""
    if notice.withheld_at is not None:
        return {"seq": notice.seq, "withheld": True}
    return {
        "seq": notice.seq,
        "id": notice.pk,
        "kind": notice.kind,
        "event": notice.event,
        "thread": notice.thread,
        "tag": notice.tag,
        "title": notice.title,
        "body": notice.body,
        "link": notice.link,
        "at": notice.at,
        "created_at": notice.created_at,
        "urgent": notice.urgent,
        "data": notice.data,
        "delivered_at": notice.delivered_at,
        "seen_at": notice.seen_at,
        "replies": list(replies),
    }


def message(item: dict[str, Any]) -> dict[str, Any]:
    """The live socket's message about a notice of this shape."""
    if "withheld" in item:
        return {"type": "notice", **item}
    return {"type": "notice", "seq": item["seq"], "notice": item}


def frame(notice: Notice) -> live.Item:
    return live.to_user(notice.inbox_id, message(shape(notice)))
