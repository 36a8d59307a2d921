"""What the passing of time does to the plans."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.activities import queries
from backend.activities.services import lay_out_home


def due(_now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A further day comes into sight, or a holiday was changed: a step for each Home that this concerns."""
    for home in queries.homes_to_lay_out():
        yield partial(lay_out_home, home)
