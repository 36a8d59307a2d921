"""A shift's waitlist as the decisions see it, and as people read it."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.homes.rules import staff_homes
from backend.visits.models import DecisionLog, GroupBooking, Offer, Shift, Signup, WaitlistEntry
from backend.visits.waitlist import Asked, Waiting, Waitlist, explain
from backend.volunteers.rules import coordinated_organisations

Status = Signup.Status
State = WaitlistEntry.State
MOST_DECISIONS = 50
# Of a waitlist: who came first is asked first. Who may be passed over is said in backend/visits/waitlist.py.
ORDER = "id"


def waitlist_of(shift: Shift) -> Waitlist:
    """Two queries, whoever waits."""
    asked = Offer.objects.filter(shift=shift, state=Offer.State.OPEN).select_related("entry__signup", "entry__booking__organisation")
    return Waitlist(
        starts_at=shift.starts_at,
        free=shift.free,
        asked=[Asked(id=o.entry_id, label=label(o.entry), places=o.places, expires_at=o.expires_at) for o in asked.order_by("entry")],
        waiting=[_waiting(entry) for entry in _in_line([shift.pk])],
    )


def _in_line(shifts: Iterable[int]) -> QuerySet[WaitlistEntry]:
    waiting = WaitlistEntry.objects.filter(shift__in=shifts, state=State.WAITING)
    return waiting.select_related("signup", "booking__organisation").order_by(ORDER)


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
    """What others in the waitlist may read: an organisation's name, never a person's."""
    if entry.booking is None:
        return "一位志愿者" if entry.places == 1 else f"{entry.places} 位一起来的志愿者"
    least = f"（至少 {entry.minimum} 人）" if entry.minimum < entry.places else ""
    return f"{entry.booking.organisation.name} {entry.places} 人一组{least}"


def explanation(entry: WaitlistEntry, waitlist: Waitlist) -> str:
    return explain(waitlist, entry.pk, clock.now()) if entry.state == State.WAITING else ""


def waitlists_of(shifts: Iterable[Shift]) -> dict[int, Waitlist]:
    """Several shifts' waitlists in two queries."""
    by_id = {shift.pk: shift for shift in shifts}
    waiting: dict[int, list[Waiting]] = {pk: [] for pk in by_id}
    for entry in _in_line(by_id):
        waiting[entry.shift_id].append(_waiting(entry))
    return {pk: Waitlist(starts_at=shift.starts_at, free=shift.free, waiting=waiting[pk]) for pk, shift in by_id.items()}


def position() -> Coalesce:
    """How many wait before an entry, and itself: an annotation."""
    ahead = WaitlistEntry.objects.filter(Q((f"{ORDER}__lte", OuterRef(ORDER))), shift=OuterRef("shift"), state=State.WAITING)
    return Coalesce(Subquery(ahead.order_by().values("shift").annotate(n=Count("id")).values("n")), 0)


@dataclass(frozen=True, kw_only=True)
class WaitlistStatus:
    """How a waiting person or group stands: position, sentence, offer."""

    position: int | None = None
    explanation: str = ""
    offer: Offer | None = None


@dataclass(frozen=True)
class Decided:
    at: dt.datetime
    kind: str
    sentence: str


class WaitlistStatuses:
    """Of several sign-ups or groups, in four queries."""

    def __init__(self, *, signups: Sequence[Signup] = (), bookings: Sequence[GroupBooking] = ()) -> None:
        concerned = Q(signup__in=[each.pk for each in signups]) | Q(booking__in=[each.pk for each in bookings])
        rows = WaitlistEntry.objects.filter(concerned, state__in=("waiting", "offered")).select_related("shift")
        entries = list(rows.annotate(position=position()))
        waitlists = waitlists_of({entry.shift_id: entry.shift for entry in entries}.values())
        offers = {offer.entry_id: offer for offer in Offer.objects.filter(entry__in=entries, state=Offer.State.OPEN)}
        self._found = {entry.signup_id or entry.booking_id: _status(entry, waitlists[entry.shift_id], offers) for entry in entries}

    def of(self, key: uuid.UUID) -> WaitlistStatus:
        return self._found.get(key, WaitlistStatus())


def _status(entry: Any, waitlist: Waitlist, offers: dict[int, Offer]) -> WaitlistStatus:
    offer = offers.get(entry.pk)
    if offer is not None:
        return WaitlistStatus(offer=offer)
    return WaitlistStatus(position=entry.position, explanation=explanation(entry, waitlist))


def decisions(user: User, shift_id: int) -> list[Decided]:
    """The newest first, each with its sentence; for whoever waits or waited there, alone or for a group, and for the Home's staff."""
    shift = Shift.objects.select_related("event").filter(pk=shift_id).first()
    concerned = Q(signup__user=user) | Q(booking__organisation__in=coordinated_organisations(user))
    if shift is None or not (
        WaitlistEntry.objects.filter(concerned, shift=shift).exists() or staff_homes(user).filter(pk=shift.event.home_id).exists()
    ):
        raise NotFoundError
    rows = DecisionLog.objects.filter(shift=shift).order_by("-id")[:MOST_DECISIONS]
    return [Decided(row.at, each["kind"], each["sentence"]) for row in rows for each in reversed(row.decisions)]


def position_of(signup: Signup) -> int | None:
    """The position on the waitlist; None unless it waits."""
    if signup.status != Status.WAITLISTED:
        return None
    return int(WaitlistEntry.objects.filter(signup=signup).annotate(position=position()).values_list("position", flat=True).get())
