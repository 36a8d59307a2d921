"""Progress of an event: how the notices about it fare, taken together. The best of its readers counts."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from notifications.channels import PEOPLE
from notifications.models import Notice
from notifications.sender import Fate, Progress

# What outdoes what.
ORDER: tuple[Fate, ...] = ("sent", "unreached", "told", "delivered", "seen")


def fate_of(notice: Notice) -> Fate:
    if notice.seen_at is not None:
        return "seen"
    if notice.delivered_at is not None:
        return "delivered"
    if notice.told_at is not None:
        return "told"
    return "unreached" if notice.rung in PEOPLE else "sent"


def fates_of(notices: Iterable[Notice]) -> dict[tuple[str, uuid.UUID], Fate]:
    """By topic and event. A reader who lost their rights counts only by what they had received before."""
    found: defaultdict[tuple[str, uuid.UUID], list[Fate]] = defaultdict(list)
    for notice in notices:
        if notice.withheld_at is None or notice.received:
            found[notice.topic, notice.event].append(fate_of(notice))
    return {key: max(fates, key=ORDER.index) for key, fates in found.items()}


def changes_since(before: dict[tuple[str, uuid.UUID], Fate], notices: Iterable[Notice]) -> list[Progress]:
    """What has changed since `before`, in the order in which topics are locked."""
    after = fates_of(notices)
    changed = sorted(key for key, fate in after.items() if before.get(key) != fate)
    return [Progress(topic=topic, event=event, fate=after[topic, event]) for topic, event in changed if topic]
