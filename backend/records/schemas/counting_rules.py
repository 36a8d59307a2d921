"""Schemas of a city's rules."""

import datetime as dt
from typing import Annotated

from ninja import Field, Schema

from backend.people.schemas import LocalTime

Minutes = Annotated[int, Field(ge=0, le=720)]


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
