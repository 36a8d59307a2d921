"""Types that several schemas use."""

import uuid
from typing import Annotated, Literal

from ninja import Field, Schema

OrganisationKind = Literal["party", "team", "company", "school", "society"]
SkillKind = Literal["haircut", "clinic", "music", "law", "craft", "farming", "sport", "teaching"]
CredentialKind = Literal["medical", "hairdresser", "lawyer", "first_aid", "counselor"]
Token = Annotated[str, Field(min_length=16, max_length=120)]


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
