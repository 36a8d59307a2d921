"""The shapes of the five therapies."""

import datetime as dt
import uuid
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

from backend.activities.models import Group
from backend.activities.services.planning import Planned
from backend.activities.services.week import Copied
from backend.common.schemas import Avatar, Id
from backend.people.schemas import LocalTime

Kind = Literal["work", "farm", "rehab", "counseling", "culture"]
AudienceKind = Literal["all", "group", "named"]
Mark = Literal["joined", "left_early", "declined"]
# A year that no database stores, or that no calendar shows, is nonsense.
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), lt=dt.date(2200, 1, 1))]
Moment = Annotated[AwareDatetime, Field(ge=dt.datetime(2000, 1, 1, tzinfo=dt.UTC), lt=dt.datetime(2200, 1, 1, tzinfo=dt.UTC))]
Minutes = Annotated[int, Field(ge=5, le=720)]


class Range(Schema):
    home: Id
    first: Day = Field(alias="from")
    last: Day = Field(alias="to")


class CalendarHome(Schema):
    id: int
    name: str
    phone: str


class CalendarDay(Schema):
    """`kind`: a holiday, or a workday in exchange for one. `name`: its name, or why the Home is closed."""

    date: dt.date
    open: bool
    kind: Literal["holiday", "workday"] | None
    name: str


class Leader(Schema):
    id: int
    title: str


class Result(Schema):
    text: str
    baskets: int | None
    pieces: int | None
    rank: int | None


class Part(Schema):
    """What a session has to do with a member: whether they are meant, and what they did, if somebody said."""

    meant: bool
    state: Mark | None


class MyPart(Part):
    member: int


class SessionCard(Schema):
    id: int
    activity: uuid.UUID
    therapy: Kind
    title: str
    place: str
    leader: Leader | None
    note: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: Literal["planned", "now", "done", "cancelled"]
    reason: str
    recurring: bool
    changed: bool
    audience: AudienceKind
    group: str
    meant: int
    joined: int
    result: Result
    mine: list[MyPart]


class CalendarOut(Schema):
    home: CalendarHome
    staff: bool
    days: list[CalendarDay]
    sessions: list[SessionCard]


class PartMember(Schema):
    id: int
    name: str
    short_name: str
    avatar: Avatar


class MemberPart(Part):
    member: PartMember


class PlanBody(Schema):
    """What is left out of a change is emptied: the form sends everything."""

    therapy: Kind
    title: str = Field(max_length=80)
    place: str = Field("", max_length=80)
    leader: Id | None = None
    audience: AudienceKind = "all"
    group: Id | None = None
    members: list[Id] = Field([], max_length=200)
    materials: str = Field("", max_length=400)
    note: str = Field("", max_length=400)
    starts_on: Day
    starts_at: LocalTime
    minutes: Minutes
    rule: str = Field("", max_length=120, description="RRULE; blank: once")


class PlanIn(PlanBody):
    id: uuid.UUID
    home: Id


class PlanOut(PlanBody):
    pass


class SessionOut(SessionCard):
    """`members`: for staff everybody meant or there, for relatives their own. `plan`: the activity's form, for staff."""

    materials: str
    members: list[MemberPart]
    plan: PlanOut | None


class PlannedOut(Schema):
    """`conflicts`: sentences to show; nothing was refused."""

    activity: uuid.UUID = Field(alias="activity.pk")
    sessions: list[int]
    conflicts: list[str]

    @staticmethod
    def resolve_sessions(done: Planned) -> list[int]:
        return [session.pk for session in done.sessions]


class SessionIn(Schema):
    starts_at: Moment
    minutes: Minutes
    title: str = Field(max_length=80)
    place: str = Field("", max_length=80)
    leader: Id | None = None
    note: str = Field("", max_length=400)


class ChangedOut(Schema):
    session: int = Field(alias="session.pk")
    conflicts: list[str]


class ReasonIn(Schema):
    reason: str = Field("", max_length=120)


class MarkIn(Schema):
    """No `state`: nobody has said."""

    member: Id
    state: Mark | None = None


class ResultIn(Schema):
    text: str = Field("", max_length=400)
    baskets: int | None = Field(None, ge=0, le=100_000)
    pieces: int | None = Field(None, ge=0, le=1_000_000)
    rank: int | None = Field(None, ge=1, le=1000)


class WeekIn(Schema):
    """Any day of the week to copy into; `source`: any day of the week to copy, or the one before."""

    home: Id
    week: Day
    source: Day | None = None


class CopiedOut(Schema):
    """`activities`: what was made, for taking it back."""

    activities: list[uuid.UUID]
    sessions: list[int]
    conflicts: list[str]

    @staticmethod
    def resolve_activities(done: Copied) -> list[uuid.UUID]:
        return [activity.pk for activity in done.activities]

    @staticmethod
    def resolve_sessions(done: Copied) -> list[int]:
        return [session.pk for session in done.sessions]


class TakeBackIn(Schema):
    home: Id
    activities: list[uuid.UUID] = Field(max_length=500)


class TakenBackOut(Schema):
    sessions: int


class TemplateOut(Schema):
    therapy: Kind
    title: str
    place: str
    minutes: int
    starts_at: LocalTime
    materials: str
    note: str


class GroupBody(Schema):
    name: str = Field(max_length=40)
    members: list[Id] = Field(max_length=200)


class GroupIn(GroupBody):
    home: Id


class GroupOut(Schema):
    id: int
    name: str
    members: list[int]

    @staticmethod
    def resolve_members(group: Group) -> list[int]:
        return sorted(member.pk for member in group.members.all())


class BalanceRow(Schema):
    therapy: Kind
    planned: int
    taken: int


class BalanceOut(Schema):
    member: int
    short_name: str
    month: str
    therapies: list[BalanceRow]


class FeedOut(Schema):
    """The address itself is shown only when it is made."""

    active: bool
    since: dt.datetime | None


class FeedMade(Schema):
    url: str
