"""Shared states that people watch live: each change has a number, so who misses one knows."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from notifications.channels import live
from notifications.inbox.notify import must_come_before_notify
from notifications.inbox.numbering import next_of_topic
from notifications.models import Topic


def publish(topic: str, payload: dict[str, Any]) -> int:
    """The topic's next revision, in this transaction; its watchers get the payload with it on commit."""
    must_come_before_notify("publish")
    revision = next_of_topic(topic)
    item = live.to_topic(topic, {**payload, "rev": revision})
    transaction.on_commit(lambda: live.post([item]), robust=True)
    return revision


def renew(topic: str) -> int:
    """The next revision, for what no frame tells: whoever watches reads the whole state again."""
    return publish(topic, {"type": "rev", "topic": topic})


def rev(topic: str) -> int:
    return Topic.objects.filter(name=topic).values_list("rev", flat=True).first() or 0


def revs(topics: Collection[str]) -> dict[str, int]:
    found = dict(Topic.objects.filter(name__in=topics).values_list("name", "rev")) if topics else {}
    return {name: found.get(name, 0) for name in topics}
