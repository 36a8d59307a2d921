"""A person's own sign-ups."""

import uuid
from dataclasses import dataclass

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.pagination import by_count
from backend.common.rows import Row
from backend.visits import rules
from backend.visits.models import ServiceEvent, Signup
from backend.visits.queries.waitlist import WaitlistStatus, WaitlistStatuses

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class SignupCard(Row[Signup], WaitlistStatus):
    @property
    def organisation(self) -> str:
        return self.row.organisation.name if self.row.organisation else ""

    @property
    def booking(self) -> uuid.UUID | None:
        return self.row.booking_id

    @property
    def reason_needed(self) -> bool:
        return self.row.status == Signup.Status.CONFIRMED and clock.now() > self.row.shift.event.cancel_until

    @property
    def begun(self) -> bool:
        return self.row.shift.starts_at <= clock.now()

    @property
    def event(self) -> ServiceEvent:
        return self.row.shift.event


@dataclass(frozen=True)
class SignupPage:
    items: list[SignupCard]
    next: str | None


def signups(user: User, *, past: bool, after: int) -> SignupPage:
    """Those to come, the next one first; or those that were, the last one first."""
    rows = Signup.objects.filter(user=user).select_related("shift__event__home", "booking__organisation", "organisation")
    now = clock.now()
    if past:
        rows = rows.filter(shift__ends_at__lt=now).order_by("-shift__starts_at", "-id")
    else:
        rows = rows.filter(shift__ends_at__gte=now).order_by("shift__starts_at", "id")
    page = by_count(rows, after=after, limit=PAGE)
    statuses = WaitlistStatuses(signups=page.items)
    return SignupPage([SignupCard(row=row, **vars(statuses.of(row.pk))) for row in page.items], page.next)


def signup(user: User, signup_id: uuid.UUID) -> SignupCard:
    row = own_signup(user, signup_id)
    return SignupCard(row=row, **vars(WaitlistStatuses(signups=[row]).of(row.pk)))


def own_signup(user: User, signup_id: uuid.UUID) -> Signup:
    """One of one's own, or in a group that one coordinates."""
    rows = rules.own_signups(user).filter(pk=signup_id)
    return one(rows.select_related("shift__event__home", "booking__organisation", "organisation"))
