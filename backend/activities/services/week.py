"""复制上周: a week's sessions once more."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q

from backend.accounts.models import User
from backend.activities.models import Activity, Session
from backend.activities.queries import conflicts as conflicts_queries
from backend.activities.queries import week as queries
from backend.activities.rules import FARTHEST
from backend.activities.services.plan import Plan
from backend.activities.services.planning import create
from backend.activities.services.timetable import lay_out, lock_timetable
from backend.common import clock
from backend.common.errors import InvalidError
from backend.common.verb import verb
from backend.homes.models import StaffPost, running
from backend.homes.queries import SATURDAY, open_days, staffed_home

WEEK = dt.timedelta(days=7)
# So long a copy can be taken back whole; later it is cancelled one by one.
REGRET = dt.timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Copied:
    activities: list[Activity]
    sessions: list[Session]
    conflicts: list[str]


@verb
def copy_week(*, home_id: int, week: dt.date, source: dt.date | None, by: User) -> Copied:
    """Into the week of that day, from that of `source` or the one before. What is there already is not doubled."""
    home = staffed_home(by, home_id)
    lock_timetable(home)
    monday = week - dt.timedelta(days=week.weekday())
    first = source - dt.timedelta(days=source.weekday()) if source else monday - WEEK
    today = clock.today()
    if not today - WEEK < monday <= today + FARTHEST or first == monday:
        raise InvalidError("请选这一周或以后的一周。", fields={"week": "请选这一周或以后的一周。"})
    there = queries.week(home, monday)
    known = {_likeness(session, clock.local_date(session.starts_at)) for session in there}
    dates = {(session.activity_id, session.date) for session in there}
    held = set(StaffPost.objects.filter(running(today), home=home).values_list("pk", flat=True))
    made: list[Activity] = []
    for session, day in _pairs(
        queries.week(home, first), sorted(open_days(home, max(monday, today), monday + WEEK - dt.timedelta(days=1)))
    ):
        activity_id = uuid.uuid5(session.activity_id, f"{session.pk} {day}")
        plan = _plan(session, day, held)
        if _likeness(session, day) in known or (session.activity_id, day) in dates or clock.at(day, plan.starts_at) <= clock.now():
            continue
        if not Activity.objects.filter(pk=activity_id).exists():
            made.append(create(activity_id, home, plan, by=by))
    sessions = lay_out(made, opened=frozenset())
    return Copied(activities=made, sessions=sessions, conflicts=conflicts_queries.conflicts(home, sessions))


@verb
def take_back_copy(*, home_id: int, activities: Sequence[uuid.UUID], by: User) -> int:
    """As if the week had not been copied: what began or was changed since stays. How many are gone."""
    home = staffed_home(by, home_id)
    lock_timetable(home)
    made = Activity.objects.filter(pk__in=activities, home=home, rule="", created_at__gt=clock.now() - REGRET)
    kept = Session.objects.filter(Q(starts_at__lte=clock.now()) | Q(changed=True) | Q(cancelled_at__isnull=False), activity__in=made)
    _, gone = made.exclude(pk__in=kept.values("activity")).delete()
    return gone.get("activities.Session", 0)


def _pairs(sessions: Sequence[Session], days: Sequence[dt.date]) -> Iterator[tuple[Session, dt.date]]:
    """Each session on the same weekday of those that the Home opens; a weekend worked in exchange runs like a Monday."""
    by_weekday = defaultdict(list)
    for session in sessions:
        by_weekday[clock.local(session.starts_at).weekday()].append(session)
    for day in days:
        weekday = 0 if day.weekday() >= SATURDAY and not by_weekday[day.weekday()] else day.weekday()
        yield from ((session, day) for session in by_weekday[weekday])


def _likeness(session: Session, day: dt.date) -> tuple[object, ...]:
    return day, clock.local(session.starts_at).time(), session.activity.therapy, session.title


def _plan(session: Session, day: dt.date, held: set[int]) -> Plan:
    """As the session was, once; without a teacher who has left."""
    activity = session.activity
    return Plan(
        therapy=activity.therapy,
        title=session.title,
        place=session.place,
        leader=session.leader_id if session.leader_id in held else None,
        audience=activity.audience,
        group=activity.group_id,
        members=[member.pk for member in activity.members.all()],
        materials=activity.materials,
        note=session.note,
        starts_on=day,
        starts_at=clock.local(session.starts_at).time(),
        minutes=int((session.ends_at - session.starts_at).total_seconds()) // 60,
    )
