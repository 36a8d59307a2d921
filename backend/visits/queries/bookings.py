"""Group bookings of those who coordinate them."""

import uuid
from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.qr import svg
from backend.visits import rules
from backend.visits.models import GroupBooking, Signup
from backend.visits.queries import events
from backend.visits.queries.waitlist import WaitlistStatuses
from backend.volunteers import links
from backend.volunteers.rules import coordinated_organisation, coordinated_organisations


# -- groups ----------------------------------------------------------------------------------------
def bookings(user: User, *, organisation_id: int) -> list[dict[str, Any]]:
    """An organisation's, for its coordinators: those to come."""
    organisation = coordinated_organisation(user, organisation_id)
    rows = GroupBooking.objects.filter(organisation=organisation, shift__ends_at__gte=clock.now())
    found = list(rows.select_related("organisation", "shift__event__home").order_by("shift__starts_at", "id"))
    statuses = WaitlistStatuses(bookings=found)
    return [_booking(row, statuses) for row in found]


def booking(user: User, booking_id: uuid.UUID) -> dict[str, Any]:
    """With its seats and, for its coordinators, the link to share."""
    row = one(rules.visible_bookings(user).filter(pk=booking_id).select_related("organisation", "shift__event__home").distinct())
    own = coordinated_organisations(user).filter(pk=row.organisation_id).exists()
    link = links.sign_link("seat", row.pk, row.link_version) if own else None
    return {
        **_booking(row, WaitlistStatuses(bookings=[row])),
        "link": link,
        "qr": link and svg(link),
        "seats": seats(row, user),
        "own": own,
    }


def _booking(row: GroupBooking, statuses: WaitlistStatuses) -> dict[str, Any]:
    names = ["id", "status", "places", "minimum", "held", "named", "names_due_at", "created_at"]
    return {name: getattr(row, name) for name in names} | {
        "organisation": row.organisation,
        "event": events.brief(row.shift.event),
        "shift": row.shift,
        **statuses.of(row.pk),
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
        "event": events.brief(row.shift.event),
        "shift": row.shift,
        "empty": row.held - row.named,
        "names_due_at": row.names_due_at,
        "mine": mine.pk if mine else None,
    }
