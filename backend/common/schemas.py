"""Shapes that every app answers with."""

from typing import Annotated

from ninja import Field, Schema

# A database id as it may come in a path: more digits would not fit the column.
Id = Annotated[int, Field(gt=0, lt=2**63)]


class Error(Schema):
    code: str
    message: str
    fields: dict[str, str] = {}


class Avatar(Schema):
    """A portrait, or one character on one of eight colours."""

    text: str
    colour: int
    photo: str | None = None
