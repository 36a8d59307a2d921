"""What a person's subscribed calendar holds."""

import datetime as dt
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from backend.accounts.models import User
from backend.activities.models import CalendarFeed, Session, Therapy
from backend.activities.queries.audience import meant
from backend.activities.queries.calendar import visible_session, with_activity
from backend.activities.rules import opens
from backend.common import clock, tokens
from backend.homes.models import running
from backend.homes.rules import staff_homes
from backend.people.models import Placement
from backend.people.rules import own_members

# A phone shows the last weeks, too.
SHOWN_BACK = dt.timedelta(days=31)


@dataclass(frozen=True)
class Entry:
    """One session as a calendar shows it. All its words are made here, so that equal entries make equal files."""

    session: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    words: str
    therapy: str
    cancelled: bool
    sequence: int
    touched_at: dt.datetime


def owner_of(token: str) -> User | None:
    feed = CalendarFeed.objects.select_related("user").filter(token_hash=tokens.hash_token(token)).first()
    return feed.user if feed and opens(feed) else None


def own_feed(user: User) -> CalendarFeed | None:
    feed = CalendarFeed.objects.select_related("user").filter(user=user, revoked_at=None).first()
    return feed if feed and opens(feed) else None


def feed(user: User) -> list[Entry]:
    """All of the Homes where the reader works, and what their own members are meant for: as they may see it now."""
    work = set(staff_homes(user).values_list("pk", flat=True))
    own = dict(own_members(user).values_list("pk", "short_name"))
    family = set(Placement.objects.filter(running(clock.today()), member__in=own).values_list("home", flat=True))
    rows = Session.objects.filter(home__in=work | family, starts_at__gte=clock.now() - SHOWN_BACK)
    sessions = list(with_activity(rows))
    theirs = meant(sessions, members=own)
    return [_entry(session, theirs[session.pk], own) for session in sessions if session.home_id in work or theirs[session.pk]]


def entry(user: User, session_id: int) -> Entry:
    """One session that the reader may see, for 加到手机日历."""
    session, found, _ = visible_session(user, session_id)
    own = dict(own_members(user).filter(pk__in=found.own).values_list("pk", "short_name"))
    return _entry(session, meant([session], members=own)[session.pk], own)


def _entry(session: Session, theirs: AbstractSet[int], own: Mapping[int, str]) -> Entry:
    words = (
        f"已取消：{session.reason}" if session.cancelled_at and session.reason else "",
        f"参加：{'、'.join(own[member] for member in sorted(theirs))}" if theirs else "",
        f"带队：{session.leader.title}" if session.leader else "",
        session.note,
    )
    therapy = Therapy(session.activity.therapy).label
    return Entry(
        session=session.pk,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        title=f"{therapy}：{session.title}",
        place=" ".join(filter(None, (session.home.name, session.place))),
        words="\n".join(filter(None, words)),
        therapy=therapy,
        cancelled=session.cancelled_at is not None,
        sequence=session.sequence,
        touched_at=session.touched_at,
    )
