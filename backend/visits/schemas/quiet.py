"""Schemas of a Home's quiet."""

import datetime as dt

from ninja import Field, Schema

from backend.volunteers.schemas.common import VisitHome


class QuietIn(Schema):
    visits_a_week: int = Field(ge=0, le=21)


class BlackoutOut(Schema):
    date: dt.date
    reason: str


class QuietOut(Schema):
    visits_a_week: int
    blackout_days: list[BlackoutOut]


class HomeToVisit(Schema):
    """`last`: when the last visit ended; null: never."""

    home: VisitHome
    area: str
    last: dt.datetime | None
    wishes: int
    planned: bool
