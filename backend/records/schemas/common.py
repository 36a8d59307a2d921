"""Types that several schemas use."""

import datetime as dt
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

TapKind = Literal["in", "out"]
Moment = Annotated[AwareDatetime, Field(ge=dt.datetime(2000, 1, 1, tzinfo=dt.UTC), lt=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), lt=dt.date(2200, 1, 1))]


class NamedHome(Schema):
    id: int
    name: str


Year = Annotated[int, Field(ge=2000, lt=2200)]
