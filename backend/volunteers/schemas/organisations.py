"""Schemas of organisations."""

import datetime as dt
from typing import Literal

from ninja import Field, Schema

from backend.volunteers.schemas.common import OrganisationKind

MembershipRole = Literal["coordinator", "member"]


class OrganisationIn(Schema):
    name: str = Field(max_length=120)
    kind: OrganisationKind


class OrganisationCard(Schema):
    id: int
    name: str
    kind: OrganisationKind
    verified: bool


class OrganisationMember(Schema):
    """`ready`: has given a volunteer's facts, so a seat can be filled with this person."""

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


class RoleIn(Schema):
    role: MembershipRole
