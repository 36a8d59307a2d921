"""Group bookings of those who coordinate them."""

import datetime as dt
import uuid
from dataclasses import dataclass

from backend.accounts.models import User
from backend.common import clock
from backend.common.found import one
from backend.common.qr import svg
from backend.common.rows import Row
from backend.visits import rules
from backend.visits.models import GroupBooking, ServiceEvent, Shift, Signup
from backend.visits.queries.waitlist import WaitlistStatus, WaitlistStatuses
from backend.volunteers import links
from backend.volunteers.rules import coordinated_organisation, coordinated_organisations


@dataclass(frozen=True, kw_only=True)
class BookingCard(Row[GroupBooking], WaitlistStatus):
    @property
    def event(self) -> ServiceEvent:
        return self.row.shift.event


@dataclass(frozen=True, kw_only=True)
class Seat:
    number: int
    signup: uuid.UUID | None = None
    name: str = ""
    user: int | None = None
    me: bool = False


@dataclass(frozen=True, kw_only=True)
class BookingPage(BookingCard):
    """With its seats and, for its coordinators, the link to share."""

    own: bool
    link: str | None
    seats: list[Seat]

    @property
    def qr(self) -> str | None:
        return self.link and svg(self.link)


@dataclass(frozen=True, kw_only=True)
class SeatByLink:
    """What the link's holder looks at: no names."""

    organisation: str
    event: ServiceEvent
    shift: Shift
    empty: int
    names_due_at: dt.datetime | None
    mine: uuid.UUID | None


# -- groups ----------------------------------------------------------------------------------------
def bookings(user: User, *, organisation_id: int) -> list[BookingCard]:
    """An organisation's, for its coordinators: those to come."""
    organisation = coordinated_organisation(user, organisation_id)
    rows = GroupBooking.objects.filter(organisation=organisation, shift__ends_at__gte=clock.now())
    found = list(rows.select_related("organisation", "shift__event__home").order_by("shift__starts_at", "id"))
    statuses = WaitlistStatuses(bookings=found)
    return [BookingCard(row=row, **vars(statuses.of(row.pk))) for row in found]


def booking(user: User, booking_id: uuid.UUID) -> BookingPage:
    row = one(rules.visible_bookings(user).filter(pk=booking_id).select_related("organisation", "shift__event__home").distinct())
    own = coordinated_organisations(user).filter(pk=row.organisation_id).exists()
    link = links.sign_link("seat", row.pk, row.link_version) if own else None
    return BookingPage(row=row, own=own, link=link, seats=_seats(row, user), **vars(WaitlistStatuses(bookings=[row]).of(row.pk)))


def _seats(row: GroupBooking, user: User) -> list[Seat]:
    """Those with a name first, in the order in which they were taken."""
    named = row.signups.filter(status=Signup.Status.CONFIRMED).order_by("created_at", "id")
    shown = [
        Seat(number=number, signup=each.pk, name=each.name, user=each.user_id, me=each.user_id == user.pk)
        for number, each in enumerate(named, 1)
    ]
    return shown + [Seat(number=number) for number in range(len(shown) + 1, row.held + 1)]


def seat_link(user: User, row: GroupBooking) -> SeatByLink:
    mine = Signup.objects.filter(booking=row, user=user, status=Signup.Status.CONFIRMED).first()
    return SeatByLink(
        organisation=row.organisation.name,
        event=row.shift.event,
        shift=row.shift,
        empty=row.held - row.named,
        names_due_at=row.names_due_at,
        mine=mine.pk if mine else None,
    )
