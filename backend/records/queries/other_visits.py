"""Other visits of the same person on a day, which bear on how a record is counted. Two queries, however many records."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.common import clock
from backend.records import hours
from backend.records.models import CheckIn, ServiceRecord
from backend.visits.models import Signup


@dataclass(frozen=True)
class OtherVisits:
    """How often a person went in and out that day before this event, and after it; and what their other records of the day count."""

    earlier: int = 0
    later: int = 0
    elsewhere: Sequence[hours.Span] = ()


def by_signup(signups: Iterable[Signup]) -> dict[object, OtherVisits]:
    """By sign-up; its shift and event are to be loaded. Nobody knows what else a name without a user did."""
    known = [signup for signup in signups if signup.user_id is not None]
    if not known:
        return {}
    days = {clock.local_date(signup.shift.starts_at) for signup in known}
    records = list(ServiceRecord.objects.filter(user__in={signup.user_id for signup in known}, date__in=days))
    taps = list(_taps(known, min(days), max(days)))
    return {signup.pk: _other_visits(signup, records, taps) for signup in known}


def _taps(signups: Sequence[Signup], first: dt.date, last: dt.date) -> Iterable[CheckIn]:
    """Of the confirmed places of these people in shifts of these days, in order."""
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    rows = CheckIn.objects.filter(signup__user__in={signup.user_id for signup in signups}, signup__status=Signup.Status.CONFIRMED)
    rows = rows.filter(signup__shift__starts_at__gte=start, signup__shift__starts_at__lt=end)
    return rows.select_related("signup__shift__event").order_by("at", "recorded_at", "pk")


def _other_visits(signup: Signup, records: Sequence[ServiceRecord], taps: Sequence[CheckIn]) -> OtherVisits:
    event, day = signup.shift.event, clock.local_date(signup.shift.starts_at)
    others = [row for row in records if row.user_id == signup.user_id and row.date == day and row.signup_id != signup.pk]
    before: list[hours.Tap] = []
    after: list[hours.Tap] = []
    for tap in taps:
        shift = tap.signup.shift
        if tap.signup.user_id == signup.user_id and tap.event_id != event.pk and clock.local_date(shift.starts_at) == day:
            side = before if shift.event.starts_at < event.starts_at else after
            side.append(hours.Tap("in" if tap.kind == "in" else "out", tap.at))
    elsewhere = [hours.Span(*(dt.datetime.fromisoformat(at) for at in span)) for row in others for span in row.spans]
    return OtherVisits(len(hours.pair_taps(before).spans), len(hours.pair_taps(after).spans), elsewhere)
