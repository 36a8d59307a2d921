"""What the passing of time does to the plans."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.activities.queries import opening
from backend.activities.services import timetable


def due(_now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A further day comes into sight, or a holiday was changed: a step for each Home that this concerns."""
    for home in opening.homes_to_lay_out():
        yield partial(timetable.lay_out_home, home)
