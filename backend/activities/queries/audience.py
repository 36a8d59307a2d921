"""Who is meant by which session."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from backend.activities.models import Activity, Group, Session
from backend.common import clock
from backend.homes.queries import SATURDAY
from backend.people.models import Placement, WeeklyPattern

Audience = Activity.Audience


def meant(sessions: Sequence[Session], *, members: Iterable[int] | None = None) -> dict[int, frozenset[int]]:
    """By session: the members who should come, of these or of all. Four queries, however many of either.

    Whoever belongs to the Home that day is meant if in the group or named; by what is for all, if it is one of their days.
    """
    placements = _placements(sessions, members)
    groups = _links(Group.members.through, "group", {session.activity.group_id for session in sessions})
    named = _links(Activity.members.through, "activity", {session.activity_id for session in sessions})
    weekdays: defaultdict[int, set[int]] = defaultdict(set)
    for member, weekday in WeeklyPattern.objects.filter(member__in={p[1] for p in placements}).values_list("member", "weekday"):
        weekdays[member].add(weekday)

    @cache
    def placed(home: int, day: dt.date) -> frozenset[int]:
        return frozenset(m for h, m, since, until in placements if h == home and since <= day and (until is None or day < until))

    @cache
    def due(home: int, day: dt.date) -> frozenset[int]:
        return frozenset(member for member in placed(home, day) if _comes(weekdays[member], day))

    def of(session: Session) -> frozenset[int]:
        home, day, activity = session.home_id, clock.local_date(session.starts_at), session.activity
        if activity.audience == Audience.ALL:
            return due(home, day)
        return placed(home, day) & (groups[activity.group_id] if activity.audience == Audience.GROUP else named[activity.pk])

    return {session.pk: of(session) for session in sessions}


def _comes(weekdays: set[int], day: dt.date) -> bool:
    """A make-up workday on a weekend runs like a Monday."""
    return day.weekday() in weekdays or (day.weekday() >= SATURDAY and 0 in weekdays)


def _placements(sessions: Sequence[Session], members: Iterable[int] | None) -> list[tuple[int, int, dt.date, dt.date | None]]:
    rows = Placement.objects.filter(home__in={session.home_id for session in sessions})
    if members is not None:
        rows = rows.filter(member__in=members)
    return list(rows.values_list("home", "member", "starts_on", "ends_on"))


def _links(through: Any, of: str, ids: set[Any]) -> defaultdict[Any, set[int]]:
    found: defaultdict[Any, set[int]] = defaultdict(set)
    for key, member in through.objects.filter(**{f"{of}__in": ids - {None}}).values_list(of, "member"):
        found[key].add(member)
    return found
