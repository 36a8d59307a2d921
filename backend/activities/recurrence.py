"""On which dates an activity runs: its RRULE, read by python-dateutil, on the days that the Home opens."""

import datetime as dt
import re
from collections.abc import Set as AbstractSet

from dateutil.rrule import rrulestr

from backend.homes.queries import SATURDAY

DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
# What the phone's form can say, and no more: a rule is read by every subscribed calendar, too.
RULE = re.compile(
    rf"FREQ=(?:DAILY|WEEKLY;(?:INTERVAL=[1-9];)?BYDAY={DAY}(?:,{DAY})*|MONTHLY;(?:INTERVAL=[1-9];)?BYDAY=(?:[1-4]|-1){DAY})(?:;UNTIL=(?P<until>\d{{8}}))?"
)


def is_rule(text: str) -> bool:
    found = RULE.fullmatch(text)
    if found is None:
        return False
    try:
        _until(text)
    except ValueError:
        return False
    return True


def dates(*, rule: str, starts_on: dt.date, opened: AbstractSet[dt.date]) -> set[dt.date]:
    """Those of the opened days on which it runs. A weekend make-up workday runs like that week's Monday, as the door does."""
    if not opened:
        return set()
    first, last = _midnight(min(opened)), _midnight(max(opened))
    found = _between(rule, starts_on, first, last) & opened
    if rule.startswith("FREQ=WEEKLY"):
        # The Monday may lie before the first session: counted from its week's Monday, every other week stays the same.
        mondays = _between(rule, _monday(starts_on), first - dt.timedelta(days=6), last)
        until = _until(rule) or dt.date.max
        made_up = {day for day in opened if day.weekday() >= SATURDAY and starts_on <= day <= until}
        found |= {day for day in made_up if _monday(day) in mondays}
    return found


def _between(rule: str, starts_on: dt.date, first: dt.datetime, last: dt.datetime) -> set[dt.date]:
    occurrences = rrulestr(rule, dtstart=_midnight(starts_on))
    return {moment.date() for moment in occurrences.between(first, last, inc=True)}


def _until(rule: str) -> dt.date | None:
    found = RULE.fullmatch(rule)
    text = found["until"] if found else None
    return dt.datetime.strptime(text, "%Y%m%d").date() if text else None  # noqa: DTZ007 - a date has no zone


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
