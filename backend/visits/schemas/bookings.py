"""Schemas of groups and their seats."""

import datetime as dt
import uuid

from ninja import Field, Schema

from backend.common.schemas import Id
from backend.visits.schemas.common import BookingStatus, People
from backend.visits.schemas.events import EventBrief, ShiftBrief
from backend.visits.schemas.waitlist import StandingOut
from backend.volunteers.schemas.organisations import OrganisationCard


class BookingIn(Schema):
    id: uuid.UUID
    organisation: Id
    shift: Id
    places: People
    minimum: People = 1


class BookedOut(Schema):
    """`link` is what colleagues take their seats with."""

    id: uuid.UUID
    status: BookingStatus
    held: int
    link: str
    names_due_at: dt.datetime | None


class BookingCard(StandingOut):
    id: uuid.UUID
    organisation: OrganisationCard
    event: EventBrief
    shift: ShiftBrief
    status: BookingStatus
    places: int
    minimum: int
    held: int
    named: int
    names_due_at: dt.datetime | None
    created_at: dt.datetime


class SeatOut(Schema):
    """Without a `signup` it is empty."""

    number: int
    signup: uuid.UUID | None
    name: str
    user: int | None
    me: bool


class BookingOut(BookingCard):
    """`own`: I coordinate it; then the link is there, and its QR as an SVG."""

    own: bool
    link: str | None
    qr: str | None
    seats: list[SeatOut]


class SeatIn(Schema):
    """`user`: a member of the organisation. Else the name of somebody who is told by the coordinator."""

    id: uuid.UUID
    user: Id | None = None
    name: str = Field("", max_length=80)


class SeatByLink(Schema):
    """No names: whoever holds the link sees the group, the visit and how many seats are empty."""

    organisation: str
    event: EventBrief
    shift: ShiftBrief
    empty: int
    names_due_at: dt.datetime | None
    mine: uuid.UUID | None


class TakeIn(Schema):
    id: uuid.UUID
