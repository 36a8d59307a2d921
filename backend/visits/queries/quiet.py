"""A Home's quiet, and who has not been visited for longest."""

from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from backend.common import clock
from backend.homes.models import Home
from backend.visits.models import BlackoutDay, HomeQuiet, ServiceEvent


def quiet(home: Home) -> dict[str, Any]:
    row = HomeQuiet.objects.filter(home=home).first() or HomeQuiet(home=home)
    days = BlackoutDay.objects.filter(home=home, date__gte=clock.today()).order_by("date")
    return {"visits_a_week": row.visits_a_week, "blackout_days": list(days)}


def homes_to_visit(area_id: int | None) -> list[dict[str, Any]]:
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
    return [
        {"home": row, "area": row.area.name, "last": row.last, "wishes": row.wishes_open, "planned": row.planned}
        for row in rows.order_by(F("last").asc(nulls_first=True), "id")
    ]
