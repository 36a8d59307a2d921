"""Types that several schemas use."""

from typing import Annotated, Literal

from ninja import Field

EventKind = Literal["company", "clinic", "haircut", "farming", "show", "party_day", "open_day", "training", "other"]
SignupStatus = Literal["confirmed", "waitlisted", "offered", "cancelled", "lapsed"]
BookingStatus = Literal["held", "waitlisted", "offered", "cancelled", "lapsed"]
People = Annotated[int, Field(ge=1, le=500)]
