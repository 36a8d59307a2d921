"""Times as people plan them."""

import datetime as dt

FIVE = dt.timedelta(minutes=5)
ZERO = dt.datetime.min.replace(tzinfo=dt.UTC)


def rounded(moment: dt.datetime) -> dt.datetime:
    """Down to five minutes."""
    return moment - (moment - ZERO) % FIVE
