"""Events as people read them. Names of volunteers only for the Home's staff."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from backend.accounts.models import User
from backend.common import clock, dates
from backend.common.errors import InvalidError
from backend.common.found import one
from backend.homes.rules import staff_homes
from backend.visits import rules
from backend.visits.models import GroupBooking, ServiceEvent, Shift, Signup
from backend.visits.queries import overlaps

Status = Signup.Status
LONGEST_RANGE = dt.timedelta(days=366)
FACTS = (
    *("id", "title", "kind", "therapy", "place", "starts_at", "ends_at", "text", "bring", "cover", "minimum", "maximum", "audience"),
    *("signup_opens_at", "signup_closes_at", "cancel_until", "state", "reason", "takes_names"),
)


def with_shifts(rows: QuerySet[ServiceEvent]) -> QuerySet[ServiceEvent]:
    return rows.select_related("home__area", "contact").prefetch_related("shifts").order_by("starts_at", "id")


def events(user: User, first: dt.date, last: dt.date, home_id: int | None) -> list[dict[str, Any]]:
    """Those of these days, of one Home or of all. Six queries, however many."""
    if not dt.timedelta(0) <= last - first <= LONGEST_RANGE:
        raise InvalidError("请选不超过一年的日期。", fields={"to": "从开始日起最多 366 天。"})
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    rows = rules.visible_events(user).filter(starts_at__gte=start, starts_at__lt=end)
    if home_id is not None:
        rows = rows.filter(home=home_id)
    return cards(user, list(with_shifts(rows)))


def visible_event(user: User, event_id: uuid.UUID) -> ServiceEvent:
    return one(with_shifts(rules.visible_events(user).filter(pk=event_id)))


def event(user: User, event_id: uuid.UUID) -> dict[str, Any]:
    """One, with what of one's own would meet each shift."""
    found = visible_event(user, event_id)
    card = cards(user, [found])[0]
    own = overlaps.own_around(user, found.starts_at, found.ends_at)
    for shift, shown in zip(_shifts(found), card["shifts"], strict=True):
        shown["collisions"] = overlaps.collisions(own, shift)
    return card


def cards(user: User, found: Sequence[ServiceEvent]) -> list[dict[str, Any]]:
    mine = {row.shift_id: row for row in Signup.objects.filter(user=user, shift__event__in=found, status__in=Signup.ACTIVE)}
    staffed = set(staff_homes(user).values_list("pk", flat=True))
    groups, singles = _visitors(found)
    return [
        {
            **facts(event),
            "shifts": [_shift(shift, mine.get(shift.pk)) for shift in _shifts(event)],
            "visitors": groups[event.pk],
            "individuals": singles[event.pk],
            "staff": event.home_id in staffed,
        }
        for event in found
    ]


def share(user: User, event_id: uuid.UUID) -> dict[str, Any]:
    """What a share card shows. Nothing of people stands on it."""
    found = visible_event(user, event_id)
    return {
        "title": found.title,
        "when": dates.day_and_span(found.starts_at, found.ends_at),
        "where": " ".join(filter(None, (found.home.name, found.home.address, found.place))),
        "url": f"{settings.PUBLIC_URL}/service/{found.pk}",
    }


def _shifts(event: ServiceEvent) -> list[Shift]:
    return sorted(event.shifts.all(), key=lambda shift: (shift.starts_at, shift.pk))


def facts(event: ServiceEvent) -> dict[str, Any]:
    shifts = list(event.shifts.all())
    return {name: getattr(event, name) for name in FACTS} | {
        "home": event.home,
        "picture": f"{settings.MEDIA_URL}{event.picture}" if event.picture else None,
        "contact": event.contact,
        "capacity": sum(shift.capacity for shift in shifts),
        "taken": sum(shift.taken for shift in shifts),
    }


def brief(event: ServiceEvent) -> dict[str, Any]:
    """What stands on a sign-up or a share card."""
    names = ["id", "title", "kind", "place", "starts_at", "ends_at", "bring", "cancel_until", "cancelled_at", "reason"]
    return {name: getattr(event, name) for name in names} | {"home": event.home, "cancelled": event.cancelled_at is not None}


def _shift(shift: Shift, mine: Signup | None) -> dict[str, Any]:
    names = ["id", "title", "starts_at", "ends_at", "capacity", "taken", "offered", "free", "skill", "credential", "minimum_age"]
    return {name: getattr(shift, name) for name in names} | {
        "free": max(shift.free, 0) if not shift.waiting else 0,
        "waitlist": shift.waiting,
        "mine": {"id": mine.pk, "status": mine.status} if mine else None,
        "collisions": [],
    }


def _visitors(found: Sequence[ServiceEvent]) -> tuple[defaultdict[Any, list[dict[str, Any]]], defaultdict[Any, int]]:
    """Who comes, for families too: organisations with their number, and how many besides."""
    groups: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
    held = GroupBooking.objects.filter(shift__event__in=found, status=GroupBooking.Status.HELD, held__gt=0)
    for event_id, name, people in (
        held.values_list("shift__event", "organisation__name").annotate(people=Sum("held")).order_by("organisation__name")
    ):
        groups[event_id].append({"organisation": name, "people": people})
    alone = Signup.objects.filter(shift__event__in=found, status=Status.CONFIRMED, booking=None).order_by().values_list("shift__event")
    singles: defaultdict[Any, int] = defaultdict(int)
    for event_id, people, companions in alone.annotate(people=Count("id"), more=Sum("companions")):
        singles[event_id] = people + companions
    return groups, singles


# -- for the Home's staff --------------------------------------------------------------------------
def event_people(user: User, event_id: uuid.UUID) -> list[dict[str, Any]]:
    """Who comes and who waits, by shift; a phone number only around the day itself."""
    event = rules.staffed_event(user, event_id)
    rows = Signup.objects.filter(shift__event=event, status__in=Signup.ACTIVE).select_related("shift", "user", "organisation", "entry")
    return [
        {
            "id": row.pk,
            "shift": row.shift_id,
            "shift_title": row.shift.title,
            "name": row.name,
            "phone": row.user.phone if row.user and row.status == Status.CONFIRMED and rules.shows_phone(row.shift) else None,
            "organisation": row.organisation.name if row.organisation else "",
            "companions": row.companions,
            "status": row.status,
            "coming": row.coming_at is not None,
        }
        for row in rows.order_by("shift__starts_at", "shift", "status", "entry", "created_at")
    ]
