"""The shapes of the day, the records and what remains of a visit."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from backend.common.schemas import Id
from backend.people.schemas import LocalTime

TapKind = Literal["in", "out"]
Moment = Annotated[AwareDatetime, Field(ge=dt.datetime(2000, 1, 1, tzinfo=dt.UTC), lt=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), lt=dt.date(2200, 1, 1))]
Year = Annotated[int, Field(ge=2000, lt=2200)]
Minutes = Annotated[int, Field(ge=0, le=720)]
Number = Annotated[str, Field(min_length=4, max_length=20)]


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
    signup: uuid.UUID
    name: str
    shift: str
    organisation: str
    companions: int
    standing: Literal["expected", "overdue", "here", "left", "no_show"]
    since: dt.datetime | None
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


# -- records ---------------------------------------------------------------------------------------
class RecordOut(Schema):
    id: int
    event: uuid.UUID
    title: str
    home: str
    shift: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    organisation: str
    name: str
    date: dt.date
    planned: int
    minutes: int
    reason: str
    late: int
    early: int
    no_show: bool
    correcting: bool


class Sums(Schema):
    """`times` and `homes` of what counted."""

    minutes: int
    times: int
    homes: int


class YearSums(Sums):
    year: int


class OrganisationSums(Sums):
    organisation: str


class MyRecords(Schema):
    items: list[RecordOut]
    next: str | None
    years: list[YearSums]
    organisations: list[OrganisationSums]


class RecordsAsked(Schema):
    year: Year
    after: str = Field("", max_length=20)
    limit: int = Field(50, ge=1, le=200)


class PersonSums(Sums):
    name: str


class OrganisationVisit(Schema):
    event: uuid.UUID
    title: str
    home: str
    date: dt.date
    people: int
    minutes: int


class NamedOrganisation(Schema):
    id: int
    name: str


class OrganisationRecords(Sums):
    organisation: NamedOrganisation
    year: int
    people: list[PersonSums]
    visits: list[OrganisationVisit]


class TableAsked(Schema):
    """Of a Home, of an organisation, or, with neither, my own."""

    year: Year
    home: Id | None = None
    organisation: Id | None = None
    format: Literal["csv", "xlsx"] = "xlsx"


class Pair(Schema):
    start: Moment
    end: Moment


class CorrectionIn(Schema):
    id: uuid.UUID
    pairs: list[Pair] = Field(max_length=10)
    reason: str = Field(max_length=200)


class CorrectionOut(Schema):
    id: uuid.UUID
    state: Literal["waiting", "accepted", "refused"]
    answer: str


class OpenCorrection(Schema):
    id: uuid.UUID
    record: RecordOut
    pairs: list[Pair]
    reason: str
    asked_by: str
    asked_at: dt.datetime


class CorrectionAnswer(Schema):
    accept: bool
    answer: str = Field("", max_length=200)


class HonourIn(Schema):
    title: str = Field(max_length=80)


class QuarterParty(Schema):
    """`organisation` is blank for people who came by themselves."""

    organisation: str
    visits: int


class Quarter(Schema):
    """Without `visits` it is blank: nobody came."""

    year: int
    quarter: int
    visits: int
    people: int
    minutes: int
    organisations: list[QuarterParty]


class HomeBalance(Schema):
    """`quarters`: the last four, the present one at the end. `last`: when somebody came at all; `next`: when somebody is to come."""

    id: int
    name: str
    area: str
    last: dt.date | None
    next: dt.date | None
    quarters: list[Quarter]


class Meal(Schema):
    start: LocalTime
    end: LocalTime


class RulesBody(Schema):
    issuer: str = Field(min_length=2, max_length=40)
    least_percent: int = Field(ge=0, le=100)
    pairs_a_day: int = Field(ge=1, le=10)
    grace: Minutes
    unit: int = Field(ge=1, le=60)
    meals: list[Meal] = Field(max_length=5)
    opens_before: Minutes
    closes_after: Minutes
    corrected_within: int = Field(ge=1, le=365)


class RulesOut(RulesBody):
    area: str


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
