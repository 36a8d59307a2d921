"""Sign-ups, groups, the waitlist."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.common.schemas import Id
from backend.volunteering.schemas.common import BookingStatus, People, SignupStatus
from backend.volunteering.schemas.events import EventBrief, ShiftBrief
from backend.volunteering.schemas.people import OrganisationCard


class SignupIn(Schema):
    """`organisation`: for which of mine I come."""

    id: uuid.UUID
    shift: Id
    companions: int = Field(0, ge=0, le=20)
    organisation: Id | None = None


class SignedUpOut(Schema):
    id: uuid.UUID
    status: SignupStatus
    position: int | None
    collisions: list[str]


class OfferOut(Schema):
    places: int
    expires_at: dt.datetime


class StandingOut(Schema):
    """While one waits: the position and one sentence about it; or an offer to confirm."""

    position: int | None
    explanation: str
    offer: OfferOut | None


class SignupOut(StandingOut):
    """`reason_needed`: the deadline is past. `coming`: he said that he still comes."""

    id: uuid.UUID
    status: SignupStatus
    name: str
    companions: int
    organisation: str
    booking: uuid.UUID | None
    coming: bool
    created_at: dt.datetime
    reason_needed: bool
    begun: bool
    event: EventBrief
    shift: ShiftBrief


class SignupPage(Schema):
    items: list[SignupOut]
    next: str | None


class SignupSearch(Schema):
    past: bool = False
    after: int = Field(0, ge=0, le=100_000)


class TransferIn(Schema):
    to: Id


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


class DecisionOut(Schema):
    at: dt.datetime
    kind: Literal["expire", "hold", "offer", "unhold", "end"]
    sentence: str
