"""Schemas of the waitlist."""

import datetime as dt
from typing import Literal

from ninja import Schema


class OfferOut(Schema):
    places: int
    expires_at: dt.datetime


class StandingOut(Schema):
    """While one waits: the position and one sentence about it; or an offer to confirm."""

    position: int | None
    explanation: str
    offer: OfferOut | None


class DecisionOut(Schema):
    at: dt.datetime
    kind: Literal["expire", "hold", "offer", "unhold", "end"]
    sentence: str
