"""Schemas of corrections."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Moment
from backend.records.schemas.records import EventRecord, RecordOut, TapOut


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
