"""What the passing of time does to the moments."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from backend.common import clock
from backend.moments.models import Digest, Photo
from backend.moments.queries import digests
from backend.moments.services import digests as digests_services
from backend.moments.services import renderings
from backend.moments.services.digests import LOOKS_BACK
from backend.moments.services.renderings import CHUNK

# After the morning and after the afternoon.
TIMES = (dt.time(12, 10), dt.time(17, 10))


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Photos of members whose consents changed, a few at a time; and a step for each Home whose families have news to hear of."""
    stale = Photo.objects.filter(stale=True).count()
    for _ in range(0, stale, CHUNK):
        yield renderings.align_stale
    upto = last_half_day(now)
    if not Digest.objects.filter(home=None, upto=upto).exists():
        for home in digests.homes_with_news(upto - LOOKS_BACK, upto):
            yield partial(digests_services.announce_digest, home, upto)
        yield partial(digests_services.close_half_day, upto)


def last_half_day(now: dt.datetime) -> dt.datetime:
    today = clock.local_date(now)
    times = [clock.at(day, time) for day in (today - dt.timedelta(days=1), today) for time in TIMES]
    return max(time for time in times if time <= now)
