"""What is planned at the same time. It is said, and never refused."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from backend.activities.models import Session
from backend.activities.queries.audience import meant
from backend.common import clock, dates
from backend.homes.models import Home
from backend.homes.queries import open_days
from backend.people.models import Member

# So many sentences are read; a plan that meets more is looked at anyway.
MOST = 8
NAMED = 3


def conflicts(home: Home, sessions: Iterable[Session]) -> list[str]:
    """A sentence for each way in which these sessions to come meet others of the Home: place, leader, members, a closed day."""
    now = clock.now()
    mine = [session for session in sessions if session.cancelled_at is None and session.ends_at > now]
    if not mine:
        return []
    first, last = min(s.starts_at for s in mine), max(s.ends_at for s in mine)
    around = Session.objects.filter(home=home, cancelled_at=None, starts_at__lt=last, ends_at__gt=first)
    by_day = defaultdict(list)
    for session in around.select_related("activity", "leader").order_by("starts_at", "id"):
        by_day[clock.local_date(session.starts_at)].append(session)
    pairs = [(s, other) for s in mine for other in by_day[clock.local_date(s.starts_at)] if other.pk != s.pk and _meet(s, other)]
    return [*_closed(home, mine), *_said(pairs)][:MOST]


def _meet(one: Session, other: Session) -> bool:
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _closed(home: Home, sessions: Sequence[Session]) -> list[str]:
    days = sorted({clock.local_date(session.starts_at) for session in sessions})
    opened = open_days(home, days[0], days[-1])
    return [f"{dates.day(day)}{home.name}休息。" for day in days if day not in opened]


def _said(pairs: Sequence[tuple[Session, Session]]) -> list[str]:
    """Once for each other activity and reason, however many weeks it goes on."""
    together = meant([session for pair in pairs for session in pair])
    short = dict(Member.objects.filter(pk__in=frozenset().union(*together.values())).values_list("pk", "short_name"))
    times: defaultdict[tuple[str, str], list[dt.datetime]] = defaultdict(list)
    for one, other in pairs:
        both = [short[member] for member in sorted(together[one.pk] & together[other.pk])]
        for reason in _reasons(one, other, both):
            times[reason, other.title].append(max(one.starts_at, other.starts_at))
    return [_sentence(reason, title, sorted(moments)) for (reason, title), moments in times.items()]


def _reasons(one: Session, other: Session, both: Sequence[str]) -> Iterator[str]:
    if one.place and one.place == other.place:
        yield f"{one.place}里还有"
    if other.leader and one.leader_id == other.leader_id:
        yield f"{other.leader.title}还要带"
    if both:
        yield f"{'、'.join(both[:NAMED])}{f'等 {len(both)} 人' if len(both) > NAMED else ''}还要参加"


def _sentence(reason: str, title: str, moments: Sequence[dt.datetime]) -> str:
    first = moments[0]
    more = f"，一共 {len(moments)} 次" if len(moments) > 1 else ""
    return f"{dates.day_and_time(first)}，{reason}“{title}”{more}。"
