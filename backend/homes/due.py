"""What the passing of time does to the calendar."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.homes.services import seed_holidays, years_to_seed


def due(_now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Fills in the years that have been published, also those that a newer library brings."""
    if years := years_to_seed():
        yield partial(seed_holidays, years=years)
