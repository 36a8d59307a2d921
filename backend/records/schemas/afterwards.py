"""Schemas of thanks, thumbs and feedback."""

import datetime as dt
import uuid

from ninja import Field, Schema

from backend.records.schemas.common import NamedHome


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
