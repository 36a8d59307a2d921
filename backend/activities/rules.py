"""Who may read a Home's calendar, and what of it. Nothing here writes."""

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from backend.accounts.models import User
from backend.activities.models import Activity, CalendarFeed, Session
from backend.common import clock, tokens
from backend.homes.models import Home, running
from backend.homes.rules import is_staff, may_see_home
from backend.people.models import Placement
from backend.people.rules import own_members

# Sessions are laid out so far ahead: the months that a phone shows, and a little more.
HORIZON = dt.timedelta(weeks=9)
# A single activity may be planned, and a calendar asked for, so far ahead.
FARTHEST = dt.timedelta(days=366)
LONGEST_RANGE = dt.timedelta(days=62)


@dataclass(frozen=True)
class Viewer:
    """Somebody who may read this Home's calendar: as its staff, for their own members there, or as its officer."""

    user: User
    home: Home
    staff: bool
    own: frozenset[int]


def viewer(user: User, home: Home) -> Viewer | None:
    placed = Placement.objects.filter(running(clock.today()), home=home, member__in=own_members(user))
    own = frozenset(placed.values_list("member", flat=True))
    staff = is_staff(user, home)
    return Viewer(user, home, staff, own) if staff or own or may_see_home(user, home) else None


def may_see_session(viewer: Viewer, session: Session, meant: AbstractSet[int]) -> bool:
    """What is only for some members by name is their families' business, and the staff's: a talk with one of them, say."""
    named = session.activity.audience == Activity.Audience.NAMED
    return viewer.staff or not named or bool(viewer.own & meant)


def seal_of(user: User) -> str:
    """Sessions are sealed with the unusable password, which signing out everywhere makes again; so is the calendar's address."""
    return tokens.hash_token(user.password)


def opens(feed: CalendarFeed) -> bool:
    """A lost phone holds the address as well as the session."""
    return feed.revoked_at is None and feed.user.is_active and feed.seal == seal_of(feed.user)
