"""Words that several shapes use."""

import uuid
from typing import Annotated, Literal

from ninja import Field, Schema

EventKind = Literal["company", "clinic", "haircut", "farming", "show", "party_day", "open_day", "training", "other"]
OrganisationKind = Literal["party", "team", "company", "school", "society"]
SkillKind = Literal["haircut", "clinic", "music", "law", "craft", "farming", "sport", "teaching"]
CredentialKind = Literal["medical", "hairdresser", "lawyer", "first_aid", "counselor"]
SignupStatus = Literal["confirmed", "waitlisted", "offered", "cancelled", "lapsed"]
BookingStatus = Literal["held", "waitlisted", "offered", "cancelled", "lapsed"]
Token = Annotated[str, Field(min_length=16, max_length=120)]
People = Annotated[int, Field(ge=1, le=500)]


class VisitHome(Schema):
    id: int
    name: str
    address: str
    phone: str


class Why(Schema):
    reason: str = Field("", max_length=200)


class Reference(Schema):
    """What was made."""

    id: uuid.UUID
