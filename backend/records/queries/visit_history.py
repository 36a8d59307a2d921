"""Who visited whom: an organisation's visits, and how evenly the Homes were visited."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Sum

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.pagination import by_count
from backend.homes.models import Home
from backend.homes.rules import managed_homes, officer_homes
from backend.records.models import ServiceRecord, Thanks
from backend.visits.models import GroupBooking, ServiceEvent, Signup
from backend.volunteers.models import Organisation
from backend.volunteers.rules import coordinated_organisations

PAGE = 30
MINUTES = Sum("minutes", default=0)
QUARTERS = 4


# -- an organisation's ------------------------------------------------------------------------------
def organisation_visits(user: User, organisation: Organisation, *, past: bool, after: int) -> dict[str, Any]:
    """Those to come, the next one first; or those that were, the last one first. Numbers only: a fixed number of queries."""
    page = by_count(_been(organisation) if past else _to_come(organisation), after=after, limit=PAGE)
    shown = [event.pk for event in page.items]
    people, minutes = (_came if past else _expected)(organisation, shown)
    thanks = dict(Thanks.objects.filter(event__in=shown).values_list("event", "text"))
    return {
        "items": [
            {
                **{name: getattr(event, name) for name in ("id", "title", "kind", "home", "starts_at", "ends_at")},
                "people": people[event.pk],
                "minutes": minutes[event.pk],
                "thanks": thanks.get(event.pk),
            }
            for event in page.items
        ],
        "next": page.next,
        "leads": coordinated_organisations(user).filter(pk=organisation.pk).exists(),
    }


def _been(organisation: Organisation) -> QuerySet[ServiceEvent]:
    came = ServiceRecord.objects.filter(organisation=organisation, event=OuterRef("pk"), no_show=False)
    over = ServiceEvent.objects.filter(Exists(came), ends_at__lt=clock.now(), cancelled_at=None)
    return over.select_related("home").order_by("-starts_at", "id")


def _to_come(organisation: Organisation) -> QuerySet[ServiceEvent]:
    held = GroupBooking.objects.filter(organisation=organisation, shift__event=OuterRef("pk"), status=GroupBooking.Status.HELD, held__gt=0)
    own = Signup.objects.filter(organisation=organisation, shift__event=OuterRef("pk"), status=Signup.Status.CONFIRMED)
    ahead = ServiceEvent.objects.filter(Exists(held) | Exists(own), ends_at__gte=clock.now(), cancelled_at=None)
    return ahead.select_related("home").order_by("starts_at", "id")


Numbers = tuple[defaultdict[uuid.UUID, int], defaultdict[uuid.UUID, int]]


def _came(organisation: Organisation, events: Sequence[uuid.UUID]) -> Numbers:
    people: defaultdict[uuid.UUID, int] = defaultdict(int)
    minutes: defaultdict[uuid.UUID, int] = defaultdict(int)
    came = ServiceRecord.objects.filter(organisation=organisation, event__in=events, no_show=False).order_by()
    for event, many, served in came.values_list("event").annotate(people=Count("id"), sum_minutes=MINUTES):
        people[event], minutes[event] = many, served
    return people, minutes


def _expected(organisation: Organisation, events: Sequence[uuid.UUID]) -> Numbers:
    """Places held by the group, whether they have a name or not, and who comes for it besides."""
    people: defaultdict[uuid.UUID, int] = defaultdict(int)
    held = GroupBooking.objects.filter(organisation=organisation, shift__event__in=events, status=GroupBooking.Status.HELD).order_by()
    for event, places in held.values_list("shift__event").annotate(places=Sum("held")):
        people[event] += places
    own = Signup.objects.filter(organisation=organisation, shift__event__in=events, status=Signup.Status.CONFIRMED, booking=None).order_by()
    for event, many, more in own.values_list("shift__event").annotate(people=Count("id"), more=Sum("companions")):
        people[event] += many + more
    return people, defaultdict(int)


# -- the balance ------------------------------------------------------------------------------------
def visit_balance(user: User) -> list[dict[str, Any]]:
    """A manager's Homes, or an officer's, in the last four quarters: how often, by whom, when last. A fixed number of queries."""
    homes = list((managed_homes(user) | officer_homes(user)).select_related("area").order_by("id").distinct())
    if not homes:
        raise NotFoundError
    wanted = _last_quarters(clock.today())
    came = ServiceRecord.objects.filter(home__in=homes, no_show=False)
    last = dict(came.order_by().values_list("home").annotate(last=Max("date")))
    ahead = ServiceEvent.objects.filter(home__in=homes, opened_at__isnull=False, cancelled_at=None, starts_at__gt=clock.now())
    coming = dict(ahead.order_by().values_list("home").annotate(first=Min("starts_at")))
    found: defaultdict[tuple[int, dt.date], list[dict[str, Any]]] = defaultdict(list)
    for row in _by_event(came.filter(date__gte=wanted[0])):
        found[row["home"], _quarter_of(row["date"])].append(row)
    return [
        {
            "id": home.pk,
            "name": home.name,
            "area": home.area.name,
            "last": last.get(home.pk),
            "next": clock.local_date(coming[home.pk]) if home.pk in coming else None,
            "quarters": [_quarter(first, found[home.pk, first]) for first in wanted],
        }
        for home in homes
    ]


def visits_this_quarter(homes: Sequence[Home]) -> dict[int, int]:
    """How many each had, by Home; one that had none is not in it."""
    came = ServiceRecord.objects.filter(home__in=homes, date__gte=_quarter_of(clock.today()), no_show=False)
    return dict(came.order_by().values_list("home").annotate(n=Count("event", distinct=True)))


def _by_event(came: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord, Any]:
    by_name = F("organisation__name").asc(nulls_last=True)
    groups: QuerySet[ServiceRecord, Any] = came.values("home", "event", "date", "organisation__name")
    return groups.annotate(people=Count("id"), sum_minutes=MINUTES).order_by("date", "event", by_name)


def _quarter_of(day: dt.date) -> dt.date:
    """Its first day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def _last_quarters(today: dt.date) -> list[dt.date]:
    """The first days of the last four, the present one at the end."""
    found = [_quarter_of(today)]
    while len(found) < QUARTERS:
        found.insert(0, _quarter_of(found[0] - dt.timedelta(days=1)))
    return found


def _quarter(first: dt.date, rows: list[dict[str, Any]]) -> dict[str, Any]:
    by_whom: defaultdict[str, set[uuid.UUID]] = defaultdict(set)
    for row in rows:
        by_whom[row["organisation__name"] or ""].add(row["event"])
    return {
        "year": first.year,
        "quarter": (first.month + 2) // 3,
        "visits": len({row["event"] for row in rows}),
        "people": sum((row["people"] for row in rows), start=0),
        "minutes": sum((row["sum_minutes"] for row in rows), start=0),
        "organisations": [{"organisation": name, "visits": len(events)} for name, events in by_whom.items()],
    }
