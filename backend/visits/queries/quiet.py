"""A Home's quiet, and who has not been visited for longest."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from backend.common import clock
from backend.homes.models import Home
from backend.visits.models import BlackoutDay, HomeQuiet, ServiceEvent


@dataclass(frozen=True)
class Quiet:
    visits_a_week: int
    blackout_days: list[BlackoutDay]


@dataclass(frozen=True)
class HomeToVisit:
    home: Home
    area: str
    last: dt.datetime | None
    wishes: int
    planned: bool


def quiet(home: Home) -> Quiet:
    row = HomeQuiet.objects.filter(home=home).first() or HomeQuiet(home=home)
    days = BlackoutDay.objects.filter(home=home, date__gte=clock.today()).order_by("date")
    return Quiet(row.visits_a_week, list(days))


def homes_to_visit(area_id: int | None) -> list[HomeToVisit]:
    """The longest not visited first; those never visited before all. One query."""
    now = clock.now()
    took_place = Q(service_events__opened_at__isnull=False, service_events__cancelled_at=None)
    rows = Home.objects.select_related("area").annotate(
        last=Max("service_events__ends_at", filter=took_place & Q(service_events__ends_at__lte=now)),
        wishes_open=Count("wishes", filter=Q(wishes__withdrawn_at=None, wishes__organisation=None), distinct=True),
        planned=Exists(ServiceEvent.objects.filter(home=OuterRef("pk"), opened_at__isnull=False, cancelled_at=None, starts_at__gt=now)),
    )
    if area_id is not None:
        rows = rows.filter(Q(area=area_id) | Q(area__parent=area_id))
    found = rows.order_by(F("last").asc(nulls_first=True), "id")
    return [HomeToVisit(row, row.area.name, row.last, row.wishes_open, row.planned) for row in found]
