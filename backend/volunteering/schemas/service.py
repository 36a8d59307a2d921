"""The shapes of the day and what remains of a visit."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

TapKind = Literal["in", "out"]
Moment = Annotated[AwareDatetime, Field(ge=dt.datetime(2000, 1, 1, tzinfo=dt.UTC), lt=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), lt=dt.date(2200, 1, 1))]


class NamedHome(Schema):
    id: int
    name: str


# -- the day ---------------------------------------------------------------------------------------
class DoorCode(Schema):
    """`address` is what the QR says; `qr` is an SVG; `digits` are to be typed where there is no camera."""

    address: str
    digits: str
    qr: str
    shown_from: dt.datetime
    shown_until: dt.datetime


class DoorCodes(Schema):
    """The code to show now and those that follow, so that the tablet changes them without a network. `now` is the server's clock."""

    event: uuid.UUID
    title: str
    now: dt.datetime
    codes: list[DoorCode]


class CheckInIn(Schema):
    """`code`: what was scanned (text or address), or the eight digits. `offline`: there was no network then, so it waits for a yes."""

    id: uuid.UUID
    kind: TapKind
    code: str = Field(max_length=300)
    offline: bool = False


class CheckInOut(Schema):
    """`message` is to be shown as it is. `minutes`: what counts now, once he went out."""

    effect: Literal["recorded", "claimed", "none"]
    kind: TapKind
    at: dt.datetime
    message: str
    minutes: int | None


class PersonTap(Schema):
    id: uuid.UUID
    signup: uuid.UUID


class PeopleIn(Schema):
    kind: TapKind
    taps: list[PersonTap] = Field(min_length=1, max_length=200)


class ExpectedPerson(Schema):
    """`record`: what his coming made so far."""

    signup: uuid.UUID
    name: str
    shift: str
    organisation: str
    companions: int
    standing: Literal["expected", "overdue", "here", "left", "no_show"]
    since: dt.datetime | None
    record: int | None
    minutes: int | None
    reason: str


class OpenClaim(Schema):
    id: uuid.UUID
    name: str
    kind: TapKind
    at: dt.datetime
    claimed_at: dt.datetime


class EventDay(Schema):
    event: uuid.UUID
    title: str
    home: NamedHome
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: list[ExpectedPerson]
    claims: list[OpenClaim]


class YesNo(Schema):
    accept: bool


class Party(Schema):
    """`organisation` is blank for people who come by themselves."""

    organisation: str
    expected: int
    here: int
    came: int


class Visit(Schema):
    event: uuid.UUID
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    parties: list[Party]
    here: int
    waiting: bool = Field(description="A tap made offline waits for a yes.")


# -- afterwards ------------------------------------------------------------------------------------
class ThanksIn(Schema):
    text: str = Field(max_length=400)
    post: uuid.UUID | None = None


class ThanksOut(Schema):
    """`album`: there are photos of the visit that may be mine to see."""

    text: str
    album: bool
    at: dt.datetime


class OpinionIn(Schema):
    """No `liked`: taken back."""

    liked: bool | None = None


class FeedbackIn(Schema):
    again: bool
    text: str = Field("", max_length=600)


class FeedbackOut(Schema):
    name: str
    again: bool
    text: str
    said_at: dt.datetime
    mine: bool


class Afterwards(Schema):
    """`feedback` all of it for staff, my own for others; `expected`: I may give some."""

    event: uuid.UUID
    title: str
    home: NamedHome
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool
    staff: bool
    expected: bool
    came: int
    minutes: int
    thanks: ThanksOut | None
    liked: int
    disliked: int
    feedback: list[FeedbackOut]
