"""One word to the families per Home and half-day."""

import datetime as dt

from backend.common import clock
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.topics import home_topic
from backend.moments.models import Digest
from backend.moments.notices import MOMENTS
from notifications import outbox

# What is older was told, or nobody was here to tell it.
LOOKS_BACK = dt.timedelta(days=1)


@verb
def announce_digest(home: Home, upto: dt.datetime) -> None:
    """What came since the one before; once."""
    before = Digest.objects.filter(home=home).order_by("-upto").values_list("upto", flat=True).first()
    _, made = Digest.objects.get_or_create(home=home, upto=upto)
    if made:
        since = max(before or upto - LOOKS_BACK, upto - LOOKS_BACK)
        params = {"home": home.pk, "since": since.isoformat(), "upto": upto.isoformat()}
        outbox.announce(topic=home_topic(home.pk), kind=MOMENTS, due_at=clock.calm(clock.now()), params=params)


def close_half_day(upto: dt.datetime) -> None:
    """All Homes have been looked at: nobody looks again."""
    Digest.objects.create(home=None, upto=upto)
