"""The shapes of members, families and invitations."""

import datetime as dt
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import AfterValidator, WithJsonSchema

from backend.common.schemas import Avatar
from backend.people import rules
from backend.people.models import Invitation, Member, Relative


class MemberRow(Schema):
    id: int
    name: str
    short_name: str
    avatar: Avatar
    relatives_count: int
    unbound: bool

    @staticmethod
    def resolve_unbound(member: Any) -> bool:
        return bool(member.relatives_count == 0)


class MemberSearch(Schema):
    q: str = Field("", max_length=40)
    after: str = Field("", max_length=20)
    limit: int = Field(50, ge=1, le=200)


class MemberPage(Schema):
    items: list[MemberRow]
    next: str | None


def _on_the_wall(time: dt.time) -> dt.time:
    if time.tzinfo is not None:
        msg = "a wall clock has no offset"
        raise ValueError(msg)
    return time


# OpenAPI's own "time" would carry an offset; these are the Home's wall clock.
LocalTime = Annotated[
    dt.time, AfterValidator(_on_the_wall), WithJsonSchema({"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?$"})
]


class Day(Schema):
    weekday: int = Field(ge=0, le=6)
    arrives_at: LocalTime
    departs_at: LocalTime


class RelativeOut(Schema):
    id: int
    name: str = Field(alias="user.name")
    relation: str
    can_sign: bool
    phone: str | None = Field(alias="user.phone")
    since: dt.datetime
    held: bool

    @staticmethod
    def resolve_held(relative: Any) -> bool:
        """One of their devices waits for somebody who knows them."""
        return bool(relative.user.held_devices)


class InvitationOut(Schema):
    id: int
    relation: str
    can_sign: bool
    expires_at: dt.datetime
    state: Literal["open", "used", "revoked", "expired"]

    @staticmethod
    def resolve_state(invitation: Invitation) -> str:
        return rules.state_of(invitation)


class MemberOut(Schema):
    id: int
    name: str
    short_name: str
    avatar: Avatar
    pattern: list[Day]
    relatives: list[RelativeOut]
    invitations: list[InvitationOut]

    @staticmethod
    def resolve_pattern(member: Member) -> list[Any]:
        return sorted(member.pattern.all(), key=lambda day: day.weekday)

    @staticmethod
    def resolve_relatives(member: Any) -> list[Relative]:
        return list(member.family)

    @staticmethod
    def resolve_invitations(member: Any) -> list[Invitation]:
        return list(member.recent_invitations)


class MemberIn(Schema):
    """What is left out stays as it is."""

    short_name: str | None = Field(None, max_length=40)
    colour: int | None = Field(None, ge=0, le=7)
    pattern: list[Day] | None = Field(None, max_length=7)


class InviteIn(Schema):
    relation: str = Field(max_length=40)
    can_sign: bool = False


class InvitedOut(Schema):
    id: int
    url: str
    qr: str = Field(description="SVG")
    expires_at: dt.datetime


class InvitedMember(Schema):
    short_name: str
    avatar: Avatar


class InvitationView(Schema):
    """What the invited person sees before saying yes."""

    member: InvitedMember
    home: str = Field(alias="home.name")
    relation: str
    expires_at: dt.datetime


class BoundOut(Schema):
    relative: int
    member: int
    home: int


class Watcher(Schema):
    relation: str
    name: str
    me: bool


class ProblemOut(Schema):
    row: int
    column: str
    message: str


class RosterOut(Schema):
    rows: int
    problems: list[ProblemOut]
    created: int


class ConsentMember(Schema):
    id: int
    short_name: str
    avatar: Avatar


class ConsentKey(Schema):
    """`yes`: the last answer, if there was one. `wording`: the sentence to ask with, and to send back with the answer."""

    yes: bool | None
    wording: str


class ConsentQuestion(Schema):
    audience: Literal["family", "home", "volunteers", "public"]
    allowed: bool
    own: ConsentKey = Field(description="the member's own")
    guardian: ConsentKey


class ConsentLine(Schema):
    at: dt.datetime
    key: Literal["self", "guardian"]
    audience: Literal["family", "home", "volunteers", "public"]
    yes: bool
    wording: str
    by: str
    on_paper: bool


class ConsentOut(Schema):
    """`asks`: I may show the member the tablet, and record what the guardian signed on paper. `signs`: I am the guardian."""

    member: ConsentMember
    asks: bool
    signs: bool
    audiences: list[ConsentQuestion]
    history: list[ConsentLine]


class RelativeIn(Schema):
    shows_name: bool


class RelativeName(Schema):
    id: int
    shows_name: bool
