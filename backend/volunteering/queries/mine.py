"""A person's own sign-ups, and the groups that he coordinates."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.qr import svg
from backend.homes.rules import staff_homes
from backend.volunteering import links, rules
from backend.volunteering.models import GroupBooking, Offer, Shift, Signup, WaitlistEntry
from backend.volunteering.queries.events import brief
from backend.volunteering.queries.line import explanation, lines_of, position, told_decisions
from backend.volunteering.waitlist import Line

PAGE = 50


@dataclass(frozen=True)
class Standing:
    """How a waiting person or group stands: position, sentence, offer."""

    position: int | None
    explanation: str
    offer: dict[str, Any] | None


class Standings:
    """Of several sign-ups or groups, in four queries."""

    def __init__(self, *, signups: Sequence[Signup] = (), bookings: Sequence[GroupBooking] = ()) -> None:
        standing = Q(signup__in=[each.pk for each in signups]) | Q(booking__in=[each.pk for each in bookings])
        rows = WaitlistEntry.objects.filter(standing, state__in=("waiting", "offered")).select_related("shift")
        entries = list(rows.annotate(position=position()))
        lines = lines_of({entry.shift_id: entry.shift for entry in entries}.values())
        offers = {offer.entry_id: offer for offer in Offer.objects.filter(entry__in=entries, state=Offer.State.OPEN)}
        self._found = {entry.signup_id or entry.booking_id: _standing(entry, lines[entry.shift_id], offers) for entry in entries}

    def of(self, key: object) -> dict[str, Any]:
        found = self._found.get(key) or Standing(None, "", None)  # type: ignore[call-overload]  # a UUID
        return {"position": found.position, "explanation": found.explanation, "offer": found.offer}


def _standing(entry: Any, line: Line, offers: dict[int, Offer]) -> Standing:
    offer = offers.get(entry.pk)
    if offer is not None:
        return Standing(None, "", {"places": offer.places, "expires_at": offer.expires_at})
    return Standing(entry.position, explanation(entry, line), None)


def signups(user: User, *, past: bool, after: int) -> dict[str, Any]:
    """Those to come, the next one first; or those that were, the last one first."""
    rows = Signup.objects.filter(user=user).select_related("shift__event__home", "booking__organisation", "organisation")
    now = clock.now()
    if past:
        rows = rows.filter(shift__ends_at__lt=now).order_by("-shift__starts_at", "-id")
    else:
        rows = rows.filter(shift__ends_at__gte=now).order_by("shift__starts_at", "id")
    found = list(rows[after : after + PAGE + 1])
    shown = found[:PAGE]
    standings = Standings(signups=shown)
    return {"items": [_signup(row, standings) for row in shown], "next": str(after + PAGE) if len(found) > PAGE else None}


def signup(user: User, signup_id: uuid.UUID) -> dict[str, Any]:
    row = own_signup(user, signup_id)
    return _signup(row, Standings(signups=[row]))


def own_signup(user: User, signup_id: uuid.UUID) -> Signup:
    """One of his own, or in a group of his."""
    rows = rules.own_signups(user).filter(pk=signup_id)
    row = rows.select_related("shift__event__home", "booking__organisation", "organisation").first()
    if row is None:
        raise NotFoundError
    return row


def _signup(row: Signup, standings: Standings) -> dict[str, Any]:
    return {
        "id": row.pk,
        "status": row.status,
        "name": row.name,
        "companions": row.companions,
        "organisation": row.organisation.name if row.organisation else "",
        "booking": row.booking_id,
        "coming": row.coming_at is not None,
        "created_at": row.created_at,
        "reason_needed": row.status == Signup.Status.CONFIRMED and clock.now() > row.shift.event.cancel_until,
        "begun": row.shift.starts_at <= clock.now(),
        "event": brief(row.shift.event),
        "shift": row.shift,
        **standings.of(row.pk),
    }


# -- groups ----------------------------------------------------------------------------------------
def bookings(user: User, *, organisation_id: int) -> list[dict[str, Any]]:
    """An organisation's, for its coordinators: those to come."""
    organisation = rules.coordinated_organisation(user, organisation_id)
    rows = GroupBooking.objects.filter(organisation=organisation, shift__ends_at__gte=clock.now())
    found = list(rows.select_related("organisation", "shift__event__home").order_by("shift__starts_at", "id"))
    standings = Standings(bookings=found)
    return [_booking(row, standings) for row in found]


def booking(user: User, booking_id: uuid.UUID) -> dict[str, Any]:
    """With its seats and, for its coordinators, the link to share."""
    row = rules.visible_bookings(user).filter(pk=booking_id).select_related("organisation", "shift__event__home").distinct().first()
    if row is None:
        raise NotFoundError
    own = rules.coordinated(user).filter(pk=row.organisation_id).exists()
    link = links.made("seat", row.pk, row.link_version) if own else None
    return {
        **_booking(row, Standings(bookings=[row])),
        "link": link,
        "qr": link and svg(link),
        "seats": seats(row, user),
        "own": own,
    }


def _booking(row: GroupBooking, standings: Standings) -> dict[str, Any]:
    names = ["id", "status", "places", "minimum", "held", "named", "names_due_at", "created_at"]
    return {name: getattr(row, name) for name in names} | {
        "organisation": row.organisation,
        "event": brief(row.shift.event),
        "shift": row.shift,
        **standings.of(row.pk),
    }


def seats(row: GroupBooking, user: User) -> list[dict[str, Any]]:
    """Those with a name first, in the order in which they were taken."""
    named = row.signups.filter(status=Signup.Status.CONFIRMED).order_by("created_at", "id")
    shown: list[dict[str, Any]] = [
        {"number": number, "signup": each.pk, "name": each.name, "user": each.user_id, "me": each.user_id == user.pk}
        for number, each in enumerate(named, 1)
    ]
    empty = {"signup": None, "name": "", "user": None, "me": False}
    return shown + [{"number": number, **empty} for number in range(len(shown) + 1, row.held + 1)]


def seat_link(user: User, row: GroupBooking) -> dict[str, Any]:
    """What the link's holder looks at: no names."""
    mine = Signup.objects.filter(booking=row, user=user, status=Signup.Status.CONFIRMED).first()
    return {
        "organisation": row.organisation.name,
        "event": brief(row.shift.event),
        "shift": row.shift,
        "empty": row.held - row.named,
        "names_due_at": row.names_due_at,
        "mine": mine.pk if mine else None,
    }


def decisions(user: User, shift_id: int) -> list[dict[str, Any]]:
    """For whoever waits or waited there, for himself or for a group; and for the Home's staff."""
    shift = Shift.objects.select_related("event").filter(pk=shift_id).first()
    concerned = Q(signup__user=user) | Q(booking__organisation__in=rules.coordinated(user))
    if shift is None or not (
        WaitlistEntry.objects.filter(concerned, shift=shift).exists() or staff_homes(user).filter(pk=shift.event.home_id).exists()
    ):
        raise NotFoundError
    return told_decisions(shift)
