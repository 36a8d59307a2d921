"""Reads of volunteering, each with a fixed number of queries."""

from backend.volunteering.queries.events import (
    brief,
    collisions,
    event,
    event_people,
    events,
    own_around,
    share,
    visible_event,
    where_he_stands,
)
from backend.volunteering.queries.line import line
from backend.volunteering.queries.mine import booking, bookings, decisions, own_signup, seat_link, signup, signups
from backend.volunteering.queries.people import my_organisations, organisation, papers_to_check, profile, seen_by_link, unverified
from backend.volunteering.queries.quiet import homes_to_visit, proposals, quiet, wishes

__all__ = [
    "booking",
    "bookings",
    "brief",
    "collisions",
    "decisions",
    "event",
    "event_people",
    "events",
    "homes_to_visit",
    "line",
    "my_organisations",
    "organisation",
    "own_around",
    "own_signup",
    "papers_to_check",
    "profile",
    "proposals",
    "quiet",
    "seat_link",
    "seen_by_link",
    "share",
    "signup",
    "signups",
    "unverified",
    "visible_event",
    "where_he_stands",
    "wishes",
]
