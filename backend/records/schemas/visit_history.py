"""Schemas of who visited whom."""

import datetime as dt
import uuid

from ninja import Field, Schema

from backend.visits.schemas.common import EventKind
from backend.volunteers.schemas.common import VisitHome


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


class VisitsAsked(Schema):
    past: bool = False
    after: int = Field(0, ge=0, le=100_000)


class OrganisationVisitCard(Schema):
    """`people`: who is to come or came for it; `minutes`: what they served; `thanks`: the Home's words."""

    id: uuid.UUID
    title: str
    kind: EventKind
    home: VisitHome
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int
    minutes: int
    thanks: str | None


class OrganisationVisits(Schema):
    """`leads`: I coordinate it, so I may read what remains of each visit."""

    items: list[OrganisationVisitCard]
    next: str | None
    leads: bool
