"""Schemas of records of service."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.common.schemas import Id
from backend.records.schemas.common import TapKind, Year


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
