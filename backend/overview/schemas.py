"""What the overview answers with."""

import datetime as dt
import uuid
from typing import Literal

from ninja import Field, Schema

from backend.activities.schemas import Kind, Mark
from backend.attendance.schemas import BoardHome, Counts, Fate, MemberCard, State
from backend.volunteers.schemas.organisations import MembershipRole, OrganisationCard


class MyMember(Schema):
    id: int
    member: MemberCard
    home: BoardHome | None
    relation: str
    can_sign: bool
    shows_name: bool


class PostHome(BoardHome):
    area: str = Field(alias="area.name")


class MyPost(Schema):
    id: int
    home: PostHome
    role: Literal["carer", "manager"]
    title: str
    has_pin: bool


class MyOrganisation(OrganisationCard):
    role: MembershipRole


class MyArea(Schema):
    id: int = Field(alias="area_id")
    area: str = Field(alias="area.name")


class MyDevice(Schema):
    id: int
    shared: bool


class Me(Schema):
    """The person and everything they are; roles are rows, and may be several."""

    id: int
    name: str
    phone_masked: str
    held: bool
    relatives: list[MyMember]
    posts: list[MyPost]
    organisations: list[MyOrganisation]
    volunteer: bool
    officer: list[MyArea]
    device: MyDevice | None
    demo: bool


class TimelineItem(Schema):
    at: dt.datetime
    kind: str
    text: str
    late: bool
    recorded_at: dt.datetime


class DaySession(Schema):
    """`word`: the therapy's, such as 农疗. `photos`: how many of it I see."""

    id: int
    therapy: Kind
    word: str
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    mark: Mark | None
    photos: int


class DayCard(Schema):
    """`now`: only while the member is in the house. `sessions`: their own of the day."""

    member: MemberCard
    home: BoardHome
    date: dt.date
    open: bool
    state: State
    since: dt.datetime | None
    by: str
    mode: str
    arrived_at: dt.datetime | None
    expected_at: dt.datetime | None
    departs_at: dt.datetime | None
    unsigned: bool
    leave: uuid.UUID | None
    notice: Fate | None
    now: DaySession | None
    next: DaySession | None
    sessions: list[DaySession]
    pick_up: None
    timeline: list[TimelineItem]


class CallRelative(Schema):
    notice: uuid.UUID
    name: str
    relation: str
    phone: str | None
    why: str


class Told(Schema):
    by: str
    at: dt.datetime


class Call(Schema):
    event: uuid.UUID
    member: MemberCard
    title: str
    body: str
    at: dt.datetime
    relatives: list[CallRelative]
    told: Told | None


class Answer(Schema):
    member: MemberCard
    relation: str
    kind: str
    at: dt.datetime
    to: str


class TaggedMember(MemberCard):
    """`present`: in the house today. `allows`: the audiences that may see their photos."""

    present: bool
    allows: list[Literal["family", "home", "volunteers", "public"]]


class AskedMember(MemberCard):
    """`liked`: null until they have said it."""

    liked: bool | None


class VisitPhoto(Schema):
    id: uuid.UUID
    width: int
    height: int
    preview: str
    src: dict[str, str]


class VisitAlbum(Schema):
    """`hidden`, for staff: photos that only the Home sees, as somebody in them did not agree to volunteers. `developing`: more may come."""

    photos: list[VisitPhoto]
    hidden: int
    developing: bool


class HomeCounts(Schema):
    """`visits`: of volunteers, in this quarter."""

    id: int
    name: str
    area: str
    open: bool
    members: int
    counts: Counts
    unreached: int
    visits: int


class HomesOverview(Schema):
    """All Homes of an officer's areas: 85 in the city, so the list is whole; the page sorts and searches it."""

    date: dt.date
    totals: Counts
    unreached: int
    items: list[HomeCounts]
