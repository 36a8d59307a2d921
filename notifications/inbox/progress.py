"""How the letters about one event fare, taken together: the best of its readers counts."""

import uuid
from collections import defaultdict
from collections.abc import Iterable

from notifications.channels import PEOPLE
from notifications.models import Notice
from notifications.sender import Fate, Progress

# What outdoes what.
ORDER: tuple[Fate, ...] = ("sent", "unreached", "told", "delivered", "seen")


def of_notice(notice: Notice) -> Fate:
    if notice.seen_at is not None:
        return "seen"
    if notice.delivered_at is not None:
        return "delivered"
    if notice.told_at is not None:
        return "told"
    return "unreached" if notice.rung in PEOPLE else "sent"


def together(notices: Iterable[Notice]) -> dict[tuple[str, uuid.UUID], Fate]:
    """By topic and event. A reader who lost his rights counts only by what he had received before."""
    found: defaultdict[tuple[str, uuid.UUID], list[Fate]] = defaultdict(list)
    for notice in notices:
        if notice.withheld_at is None or notice.received:
            found[notice.topic, notice.event].append(of_notice(notice))
    return {key: max(fates, key=ORDER.index) for key, fates in found.items()}


def changes(before: dict[tuple[str, uuid.UUID], Fate], notices: Iterable[Notice]) -> list[Progress]:
    """What became of these notices since `before`, in the order in which topics are locked."""
    after = together(notices)
    changed = sorted(key for key, fate in after.items() if before.get(key) != fate)
    return [Progress(topic=topic, event=event, fate=after[topic, event]) for topic, event in changed if topic]
