"""Answers of push services, and what they mean (RFC 8030 and what the four big ones document)."""

import time
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from notifications.wire.outcome import Outcome

GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
KEY_REFUSED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})
TRY_AGAIN = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
# Our key is at fault, not the phone: nothing is thrown away, and there is time to mend it.
KEY_REFUSED_WAIT = 60.0
LONGEST_WAIT = 4 * 3600.0


def judge(status: int, retry_after: str = "") -> Outcome:
    """A redirect is a failure: followed, it would lead wherever a stranger likes."""
    error = str(status)
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Outcome(state="sent")
    if status in GONE:
        return Outcome(state="gone", error=error, ends_target=True)
    if status in KEY_REFUSED:
        return Outcome(state="retry", error=error, wait=KEY_REFUSED_WAIT, alarms=True)
    if status in TRY_AGAIN or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Outcome(state="retry", error=error, wait=parse_retry_after(retry_after))
    return Outcome(state="failed", error=error)


def parse_retry_after(retry_after: str) -> float | None:
    """Seconds, from both forms of Retry-After (RFC 9110, 10.2.3). None for nonsense."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_WAIT)
    try:
        wait = parsedate_to_datetime(text).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, 0.0), LONGEST_WAIT)
