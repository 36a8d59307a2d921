"""Reads of the five therapies: the calendar, who is meant, what meets, the balance, the feed."""

from backend.activities.queries.audience import meant
from backend.activities.queries.balance import balance
from backend.activities.queries.calendar import calendar, home_viewer, session, visible_session
from backend.activities.queries.conflicts import conflicts
from backend.activities.queries.day import OwnSession, own_sessions
from backend.activities.queries.feed import Entry, entry, feed, own_feed, owner_of
from backend.activities.queries.opening import homes_to_lay_out, laid_out_for, opening, running_activities
from backend.activities.queries.week import groups, templates, week

__all__ = [
    "Entry",
    "OwnSession",
    "balance",
    "calendar",
    "conflicts",
    "entry",
    "feed",
    "groups",
    "home_viewer",
    "homes_to_lay_out",
    "laid_out_for",
    "meant",
    "opening",
    "own_feed",
    "own_sessions",
    "owner_of",
    "running_activities",
    "session",
    "templates",
    "visible_session",
    "week",
]
