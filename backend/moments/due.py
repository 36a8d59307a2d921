"""What the passing of time does to the moments."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.common import clock
from backend.moments.models import Photo
from backend.moments.queries import homes_with_news
from backend.moments.services import align_stale, announce_digest
from backend.moments.services.digests import LOOKS_BACK

# After the morning and after the afternoon.
TIMES = (dt.time(12, 10), dt.time(17, 10))


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Photos of members whose consents changed, a few at a time; and a step for each Home whose families have news to hear of."""
    while Photo.objects.filter(stale=True).exists():
        yield align_stale
    upto = last_half_day(now)
    for home in homes_with_news(upto - LOOKS_BACK, upto):
        yield partial(announce_digest, home, upto)


def last_half_day(now: dt.datetime) -> dt.datetime:
    today = clock.local_date(now)
    times = [clock.at(day, time) for day in (today - dt.timedelta(days=1), today) for time in TIMES]
    return max(time for time in times if time <= now)
