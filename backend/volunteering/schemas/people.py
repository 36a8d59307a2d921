"""Volunteers, organisations, papers."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Day
from backend.common.schemas import Id
from backend.volunteering.schemas.common import CredentialKind, EventKind, OrganisationKind, SkillKind, VisitHome

AgeGroup = Literal["child", "teen", "adult", "senior"]
MembershipRole = Literal["coordinator", "member"]


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


class OrganisationIn(Schema):
    name: str = Field(max_length=120)
    kind: OrganisationKind


class OrganisationCard(Schema):
    id: int
    name: str
    kind: OrganisationKind
    verified: bool


class OrganisationMember(Schema):
    """`ready`: has given his volunteer's facts, so a seat can be filled with him."""

    user: int
    name: str
    role: MembershipRole
    ready: bool
    me: bool


class OrganisationOut(OrganisationCard):
    """`link`, its QR as an SVG, and `members` are for its coordinators."""

    people: int
    role: MembershipRole
    link: str | None
    qr: str | None
    members: list[OrganisationMember]


class UnverifiedOut(Schema):
    id: int
    name: str
    kind: OrganisationKind
    people: int
    created_at: dt.datetime


class OrganisationByLink(OrganisationCard):
    member: bool


class VisitsAsked(Schema):
    past: bool = False
    after: int = Field(0, ge=0, le=100_000)


class OrganisationVisitCard(Schema):
    """`people`: who is to come or came for it; `minutes`: what they served; `thanks`: the Home's words."""

    id: uuid.UUID
    title: str
    kind: EventKind
    home: VisitHome
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int
    minutes: int
    thanks: str | None


class OrganisationVisits(Schema):
    """`leads`: I coordinate it, so I may read what remains of each visit."""

    items: list[OrganisationVisitCard]
    next: str | None
    leads: bool


class RoleIn(Schema):
    role: MembershipRole
