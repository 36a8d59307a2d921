"""The door's shapes."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from backend.common.schemas import Avatar, Id

State = Literal["waiting", "present", "leave", "missing", "departed", ""]
Fate = Literal["sent", "unreached", "told", "delivered", "seen"]


class Counts(Schema):
    expected: int
    present: int
    waiting: int
    leave: int
    missing: int
    departed: int


class MemberCard(Schema):
    id: int
    name: str
    short_name: str
    avatar: Avatar


class BoardMember(MemberCard):
    """One tile. A blank state: not due today and did not come."""

    state: State
    since: dt.datetime | None
    expected_at: dt.datetime | None
    departs_at: dt.datetime | None
    by: str
    mode: str
    event: uuid.UUID | None
    notice: Fate | None
    reply: str
    leave: uuid.UUID | None


class UnsignedItem(Schema):
    member: MemberCard
    date: dt.date
    since: dt.datetime | None
    event: uuid.UUID | None


class BoardHome(Schema):
    id: int
    name: str
    phone: str


class BoardOut(Schema):
    home: BoardHome
    date: dt.date
    open: bool
    rev: int
    at: dt.datetime
    counts: Counts
    members: list[BoardMember]
    others: list[BoardMember]
    unsigned: list[UnsignedItem]


# A tablet whose clock has forgotten the year is set right (rules.reckon); a year that no database stores is nonsense.
Told = Annotated[AwareDatetime, Field(ge=dt.datetime(1960, 1, 1, tzinfo=dt.UTC), lt=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))]


class EventIn(Schema):
    """What the tablet says; interface.md promises these names."""

    id: uuid.UUID
    member: Id
    kind: Literal["arrived", "departed", "void"]
    occurred_at: Told
    mode: Literal["", "relative", "alone", "shuttle", "other"] = ""
    corrects: uuid.UUID | None = None
    device: uuid.UUID | None = None
    device_seq: int | None = Field(None, ge=0, lt=2**63)
    taken_by: Id | None = None
    sent_at: Told | None = None


class EventOut(Schema):
    id: uuid.UUID
    effect: Literal["recorded", "none"]
    occurred_at: dt.datetime
    recorded_at: dt.datetime
    skewed: bool
    late: bool
    rev: int
    member: BoardMember
    counts: Counts


class LeaveIn(Schema):
    id: uuid.UUID
    member: Id
    date: dt.date | None = None


class LeaveOut(Schema):
    id: uuid.UUID
    member: int
    date: dt.date
