"""What accounts do by the clock."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.accounts import services


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Once an hour is often enough for what is a day old."""
    if now.minute == 0:
        yield partial(services.sweep, now=now)
