"""Schemas of the day of an event."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.records.schemas.common import NamedHome, TapKind


class CheckInIn(Schema):
    """`code`: what was scanned (text or address), or the eight digits. `offline`: there was no network then, so it waits for a yes."""

    id: uuid.UUID
    kind: TapKind
    code: str = Field(max_length=300)
    offline: bool = False


class CheckInOut(Schema):
    """`message` is to be shown as it is. `minutes`: what counts now, once they went out."""

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
    """`record`: what their coming made so far."""

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
