"""Schemas of volunteers and their papers."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Day
from backend.common.schemas import Id
from backend.volunteers.schemas.common import CredentialKind, SkillKind, VisitHome

AgeGroup = Literal["child", "teen", "adult", "senior"]


class ProfileIn(Schema):
    """`agree`: to confidentiality and to taking no photos."""

    name: str = Field(max_length=80)
    age_group: AgeGroup
    skills: list[SkillKind] = Field([], max_length=20)
    agree: bool


class CredentialOut(Schema):
    id: int
    kind: CredentialKind
    valid_until: dt.date
    home: VisitHome
    state: Literal["shown", "checked", "refused"]
    reason: str


class ProfileOut(Schema):
    name: str
    age_group: AgeGroup
    skills: list[SkillKind]
    agreed_at: dt.datetime
    credentials: list[CredentialOut]


class MyProfile(Schema):
    """`profile` is null until it has been given."""

    profile: ProfileOut | None


class CredentialIn(Schema):
    kind: CredentialKind
    valid_until: Day
    home: Id


class PaperOut(Schema):
    """For the staff who look at the paper: the name that must stand on it."""

    credential: CredentialOut
    name: str


class CheckedIn(Schema):
    accepted: bool
    reason: str = Field("", max_length=120)
