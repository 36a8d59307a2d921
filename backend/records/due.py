"""What the passing of time does to records: one query when no visit has just ended."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.records.queries import checkins
from backend.records.services import records


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """A step for each event whose people have not all got their record."""
    del now
    for event in checkins.to_finalise():
        yield partial(records.finalise_event, event_id=event)
