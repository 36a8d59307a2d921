"""Letting time do at once what the scheduler does step by step."""

import datetime as dt
from collections.abc import Callable, Iterator

from notifications.delivery import expansion


def pass_by(due: Callable[[dt.datetime], Iterator[Callable[[], object]]], now: dt.datetime) -> None:
    for step in due(now):
        step()


def expand_all() -> None:
    """What the dispatcher does with the announcements that are due."""
    while announcement := expansion.due_announcement():
        expansion.expand(announcement)
