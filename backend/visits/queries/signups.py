"""A person's own sign-ups."""

import uuid
from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.pagination import by_count
from backend.visits import rules
from backend.visits.models import Signup
from backend.visits.queries import events
from backend.visits.queries.waitlist import WaitlistStatuses

PAGE = 50


def signups(user: User, *, past: bool, after: int) -> dict[str, Any]:
    """Those to come, the next one first; or those that were, the last one first."""
    rows = Signup.objects.filter(user=user).select_related("shift__event__home", "booking__organisation", "organisation")
    now = clock.now()
    if past:
        rows = rows.filter(shift__ends_at__lt=now).order_by("-shift__starts_at", "-id")
    else:
        rows = rows.filter(shift__ends_at__gte=now).order_by("shift__starts_at", "id")
    page = by_count(rows, after=after, limit=PAGE)
    statuses = WaitlistStatuses(signups=page.items)
    return {"items": [_signup(row, statuses) for row in page.items], "next": page.next}


def signup(user: User, signup_id: uuid.UUID) -> dict[str, Any]:
    row = own_signup(user, signup_id)
    return _signup(row, WaitlistStatuses(signups=[row]))


def own_signup(user: User, signup_id: uuid.UUID) -> Signup:
    """One of one's own, or in a group that one coordinates."""
    rows = rules.own_signups(user).filter(pk=signup_id)
    return one(rows.select_related("shift__event__home", "booking__organisation", "organisation"))


def _signup(row: Signup, statuses: WaitlistStatuses) -> dict[str, Any]:
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
        "event": events.brief(row.shift.event),
        "shift": row.shift,
        **statuses.of(row.pk),
    }
