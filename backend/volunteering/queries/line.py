"""A shift's waitlist as the decisions see it, and as people read it."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.common import clock
from backend.volunteering.models import DecisionLog, Offer, Shift, WaitlistEntry
from backend.volunteering.waitlist import Asked, Line, Waiting, explain

State = WaitlistEntry.State


def line(shift: Shift) -> Line:
    """Two queries, whoever waits."""
    waiting = WaitlistEntry.objects.filter(shift=shift, state=State.WAITING).select_related("signup", "booking__organisation")
    asked = Offer.objects.filter(shift=shift, state=Offer.State.OPEN).select_related("entry__signup", "entry__booking__organisation")
    return Line(
        starts_at=shift.starts_at,
        free=shift.free,
        asked=[Asked(id=o.entry_id, label=label(o.entry), places=o.places, expires_at=o.expires_at) for o in asked.order_by("entry")],
        waiting=[_waiting(entry) for entry in waiting.order_by("id")],
    )


def _waiting(entry: WaitlistEntry) -> Waiting:
    return Waiting(
        id=entry.pk,
        label=label(entry),
        places=entry.places,
        minimum=entry.minimum,
        passes=entry.passes,
        held_until=entry.held_until,
    )


def label(entry: WaitlistEntry) -> str:
    """What others in the line may read: an organisation's name, never a person's."""
    if entry.booking is None:
        return "一位志愿者" if entry.places == 1 else f"{entry.places} 位一起来的志愿者"
    least = f"（至少 {entry.minimum} 人）" if entry.minimum < entry.places else ""
    return f"{entry.booking.organisation.name} {entry.places} 人一组{least}"


def explanation(entry: WaitlistEntry, line: Line) -> str:
    return explain(line, entry.pk, clock.now()) if entry.state == State.WAITING else ""


def lines_of(shifts: Iterable[Shift]) -> dict[int, Line]:
    """Several shifts' lines in two queries."""
    by_id = {shift.pk: shift for shift in shifts}
    waiting: dict[int, list[Waiting]] = {pk: [] for pk in by_id}
    rows = WaitlistEntry.objects.filter(shift__in=by_id, state=State.WAITING).select_related("signup", "booking__organisation")
    for entry in rows.order_by("id"):
        waiting[entry.shift_id].append(_waiting(entry))
    return {pk: Line(starts_at=shift.starts_at, free=shift.free, waiting=waiting[pk]) for pk, shift in by_id.items()}


def position() -> Coalesce:
    """How many wait before an entry, and itself: an annotation."""
    ahead = WaitlistEntry.objects.filter(shift=OuterRef("shift"), state=State.WAITING, id__lte=OuterRef("id"))
    return Coalesce(Subquery(ahead.order_by().values("shift").annotate(n=Count("id")).values("n")), 0)


def decisions(shift: Shift) -> QuerySet[DecisionLog]:
    return DecisionLog.objects.filter(shift=shift).order_by("-id")


def told_decisions(shift: Shift, *, most: int = 50) -> list[dict[str, Any]]:
    """The newest first, each with its sentence."""
    rows = decisions(shift)[:most]
    return [{"at": row.at, "kind": each["kind"], "sentence": each["sentence"]} for row in rows for each in reversed(row.decisions)]
