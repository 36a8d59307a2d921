"""What planning begins with: a week that was, templates, groups."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from backend.activities.models import Activity, Group, Session
from backend.activities.queries.calendar import between
from backend.activities.templates import BUILT_IN, Template
from backend.homes.models import Home

# So many of a Home's own are looked through, and so many offered.
LOOKED_AT, OFFERED = 200, 30


def week(home: Home, monday: dt.date) -> list[Session]:
    """That took or take place, each with its activity."""
    rows = Session.objects.filter(between(monday, monday + dt.timedelta(days=6)), home=home, cancelled_at=None)
    return list(rows.select_related("activity").prefetch_related("activity__members").order_by("starts_at", "id"))


def templates(home: Home) -> list[Template]:
    """The Home's own activities, the newest of each name first; then those that every Home begins with."""
    found: dict[tuple[str, str], Template] = {}
    for template in (*_own(home), *BUILT_IN):
        found.setdefault((template.therapy, template.title), template)
    return list(found.values())


def _own(home: Home) -> Iterator[Template]:
    seen: set[tuple[str, str]] = set()
    for activity in Activity.objects.filter(home=home).order_by("-created_at", "pk")[:LOOKED_AT]:
        if (activity.therapy, activity.title) not in seen and len(seen) < OFFERED:
            seen.add((activity.therapy, activity.title))
            yield Template(
                activity.therapy, activity.title, activity.place, activity.minutes, activity.starts_at, activity.materials, activity.note
            )


def groups(home: Home) -> QuerySet[Group, Any]:
    return Group.objects.filter(home=home).prefetch_related("members").order_by("name", "pk")
