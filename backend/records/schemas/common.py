"""Types that several schemas use."""

from typing import Annotated, Literal

from ninja import Field, Schema

TapKind = Literal["in", "out"]
Year = Annotated[int, Field(ge=2000, lt=2200)]


class NamedHome(Schema):
    id: int
    name: str
