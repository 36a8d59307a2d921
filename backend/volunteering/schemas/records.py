"""The shapes of the records of service, what is asked about them, and a city's rules."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema

from backend.common.schemas import Id
from backend.people.schemas import LocalTime
from backend.volunteering.schemas.service import Day, Moment, TapKind

Year = Annotated[int, Field(ge=2000, lt=2200)]
Minutes = Annotated[int, Field(ge=0, le=720)]
# PostgreSQL refuses a NUL.
Number = Annotated[str, Field(min_length=4, max_length=20, pattern=r"^[^\x00-\x1f]*$")]


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
    state: Literal["waiting", "accepted", "refused", "withdrawn"]
    answer: str


class AskedCorrection(CorrectionOut):
    """`mine`: I asked for it."""

    pairs: list[Pair]
    reason: str
    asked_by: str
    mine: bool
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    minutes_before: int


class TapOut(Schema):
    """As it was tapped; `way` in words."""

    kind: TapKind
    at: dt.datetime
    way: str


class GivenHonour(Schema):
    id: int
    title: str
    given_on: dt.date


class EventRecord(RecordOut):
    honours: list[GivenHonour]


class RecordPage(EventRecord):
    """`refusal`: why nobody may ask for other times any more. They lie between `earliest` and `latest`. `manages`: may give honours.

    `other_rules`: the city counts in another way by now; this one keeps its own.
    """

    home_id: int
    mine: bool
    manages: bool
    taps: list[TapOut]
    corrections: list[AskedCorrection]
    refusal: str
    until: dt.date
    earliest: dt.datetime
    latest: dt.datetime
    most_pairs: int
    other_rules: bool


class OpenCorrection(Schema):
    """`minutes` and `outcome`: what a yes would make of it. `own`: I asked for it or it is about me, so somebody else answers."""

    id: uuid.UUID
    record: RecordOut
    taps: list[TapOut]
    pairs: list[Pair]
    minutes: int
    outcome: str
    reason: str
    asked_by: str
    asked_at: dt.datetime
    own: bool


class CorrectionAnswer(Schema):
    accept: bool
    answer: str = Field("", max_length=200)


class HonourIn(Schema):
    """No day: today."""

    title: str = Field(max_length=80)
    given_on: Day | None = None


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
    """`since`: when they were last changed; null: the usual ones. `changes`: they are mine to change."""

    area: str
    since: dt.datetime | None
    changes: bool
