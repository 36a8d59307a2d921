"""Topics: shared states that people watch live. Each change has a number, so whoever misses one knows."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from notifications.channels import live
from notifications.inbox.notify import require_before_notify
from notifications.inbox.numbering import take_revision
from notifications.models import Topic


def publish(topic: str, payload: dict[str, Any]) -> int:
    """Take the topic's next revision in this transaction; its watchers get the payload with it on commit."""
    require_before_notify("publish")
    revision = take_revision(topic)
    item = live.to_topic(topic, {**payload, "rev": revision})
    transaction.on_commit(lambda: live.post([item]), robust=True)
    return revision


def renew(topic: str) -> int:
    """Take the next revision for what no frame tells: whoever watches reads the whole state again."""
    return publish(topic, {"type": "rev", "topic": topic})


def rev(topic: str) -> int:
    return Topic.objects.filter(name=topic).values_list("rev", flat=True).first() or 0


def revs(topics: Collection[str]) -> dict[str, int]:
    found = dict(Topic.objects.filter(name__in=topics).values_list("name", "rev")) if topics else {}
    return {name: found.get(name, 0) for name in topics}
