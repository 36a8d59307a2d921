"""Schemas of events and their shifts."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Day, Kind, Leader, Moment
from backend.common.schemas import Id
from backend.visits.schemas.common import EventKind, People, SignupStatus
from backend.volunteers.schemas.common import CredentialKind, SkillKind, VisitHome

EventAudience = Literal["open", "organisations"]


class EventRange(Schema):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")
    home: Id | None = None


class MySignup(Schema):
    id: uuid.UUID
    status: SignupStatus


class ShiftOut(Schema):
    """`free` is 0 while somebody waits: nobody goes past the line. `collisions` are said when one event is asked for."""

    id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    capacity: int
    taken: int
    offered: int
    free: int
    waitlist: int
    skill: SkillKind | Literal[""]
    credential: CredentialKind | Literal[""]
    minimum_age: int
    mine: MySignup | None
    collisions: list[str]


class Visitors(Schema):
    organisation: str
    people: int


class ServiceEventOut(Schema):
    """`visitors` and `individuals`: who comes, as the families see it too. `picture`: the cover's address; null: the drawn one."""

    id: uuid.UUID
    home: VisitHome
    title: str
    kind: EventKind
    therapy: Kind | Literal[""]
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    text: str
    bring: str
    cover: str
    picture: str | None
    contact: Leader | None
    minimum: int
    maximum: int | None
    audience: EventAudience
    signup_opens_at: dt.datetime | None
    signup_closes_at: dt.datetime
    cancel_until: dt.datetime
    state: Literal["draft", "open", "full", "closed", "running", "done", "cancelled"]
    reason: str
    takes_names: bool
    capacity: int
    taken: int
    shifts: list[ShiftOut]
    visitors: list[Visitors]
    individuals: int
    staff: bool


class ServiceEventList(Schema):
    items: list[ServiceEventOut]
    next: str | None = None


class EventBrief(Schema):
    id: uuid.UUID
    home: VisitHome
    title: str
    kind: EventKind
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    bring: str
    cancel_until: dt.datetime
    cancelled: bool
    reason: str


class ShiftBrief(Schema):
    id: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class ShiftIn(Schema):
    """Without times: the event's own. With an id: that shift, changed."""

    id: Id | None = None
    title: str = Field(max_length=40)
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    capacity: People
    skill: SkillKind | Literal[""] = ""
    credential: CredentialKind | Literal[""] = ""
    minimum_age: Literal[0, 14, 18] = 0


class EventBody(Schema):
    """What is left out of a change is emptied: the form sends everything."""

    title: str = Field(max_length=80)
    kind: EventKind
    therapy: Kind | Literal[""] = ""
    place: str = Field("", max_length=120)
    starts_at: Moment
    ends_at: Moment
    text: str = Field("", max_length=1200)
    bring: str = Field("", max_length=400)
    cover: Literal["", "spring", "summer", "autumn", "winter", "red"] = ""
    contact: Id | None = None
    minimum: People = 1
    maximum: People | None = None
    audience: EventAudience = "open"
    signup_opens_at: Moment | None = None
    signup_closes_at: Moment | None = None
    cancel_until: Moment | None = None
    shifts: list[ShiftIn] = Field(min_length=1, max_length=20)


class EventIn(EventBody):
    id: uuid.UUID
    home: Id


class CopyIn(Schema):
    id: uuid.UUID
    starts_at: Moment


class EventPerson(Schema):
    """`phone` only from a day before until a day after, and only of who has a place."""

    id: uuid.UUID
    shift: int
    shift_title: str
    name: str
    phone: str | None
    organisation: str
    companions: int
    status: SignupStatus
    coming: bool


class ShareOut(Schema):
    """What the phone draws on the share card; the QR opens `url`."""

    title: str
    when: str
    where: str
    url: str
    qr: str
