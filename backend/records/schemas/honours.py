"""Schemas of honours."""

from ninja import Field, Schema

from backend.activities.schemas import Day


class HonourIn(Schema):
    """No day: today."""

    title: str = Field(max_length=80)
    given_on: Day | None = None
