"""The one clock. Everything that asks for the time asks here, so tests can move it."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from zoneinfo import ZoneInfo

from django.utils import timezone

HOME_ZONE = ZoneInfo("Asia/Shanghai")
# What may wait does not interrupt at night (product.md, rule 4).
QUIET_FROM, QUIET_UNTIL = dt.time(21), dt.time(7)


_told: ContextVar[dt.datetime | None] = ContextVar("told", default=None)


def now() -> dt.datetime:
    """Aware, UTC."""
    return _told.get() or timezone.now()


@contextmanager
def moved_to(moment: dt.datetime) -> Iterator[None]:
    """Inside, it is that moment: how the demo lives through a morning in a second."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def local(moment: dt.datetime) -> dt.datetime:
    return moment.astimezone(HOME_ZONE)


def today() -> dt.date:
    """The Homes' local day."""
    return local(now()).date()


def local_date(moment: dt.datetime) -> dt.date:
    return local(moment).date()


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """The aware moment of a local wall-clock time on a local day."""
    return dt.datetime.combine(day, time, tzinfo=HOME_ZONE)


def calm(moment: dt.datetime) -> dt.datetime:
    """That moment, or the end of the quiet hours it falls into."""
    wall = local(moment)
    if QUIET_UNTIL <= wall.time() < QUIET_FROM:
        return moment
    evening = wall.time() >= QUIET_FROM
    return at(wall.date() + dt.timedelta(days=evening), QUIET_UNTIL)
