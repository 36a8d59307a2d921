"""Schemas of sign-ups."""

import datetime as dt
import uuid

from ninja import Field, Schema

from backend.common.schemas import Id
from backend.visits.schemas.common import SignupStatus
from backend.visits.schemas.events import EventBrief, ShiftBrief
from backend.visits.schemas.waitlist import StandingOut


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


class SignupOut(StandingOut):
    """`reason_needed`: the deadline is past. `coming`: they said that they still come."""

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
