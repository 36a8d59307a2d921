"""The demo goes on: each day is told again."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.conf import settings

from backend.demo.cast import is_loaded
from backend.demo.day import untold
from backend.demo.today import tell_today


def due(_now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A step is one Home's whole morning."""
    if settings.DEMO and is_loaded():
        for home in untold():
            yield partial(tell_today, home)
