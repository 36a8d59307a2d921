"""Siblings side by side: the relative's day card, the call list, the family's answers, the officer's page."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet

from backend.accounts.models import Device, User
from backend.activities.queries import day as day_queries
from backend.activities.queries.day import OwnSession
from backend.attendance import notices as door
from backend.attendance.models import AttendanceEvent, DayStatus
from backend.attendance.queries import COUNTED, counts, day_events, expected_times, placements_left, statuses
from backend.attendance.rules import chain, is_late
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.rows import Row
from backend.homes.models import Home, OfficerPost, StaffPost, running
from backend.homes.queries import is_open, open_homes
from backend.homes.rules import officer_posts, staff_homes, staff_posts
from backend.homes.topics import home_topic
from backend.moments.queries import guests, tagging
from backend.moments.queries import photos as photos_queries
from backend.moments.queries.guests import GuestPhoto
from backend.moments.rules import Rendering
from backend.people.models import Member, Placement, Relative
from backend.people.queries import home_of, members_of, relatives_of
from backend.records.queries import afterwards, visit_history
from backend.visits.models import ServiceEvent
from backend.volunteers.models import VolunteerProfile
from backend.volunteers.queries import organisations
from backend.volunteers.queries.organisations import MyOrganisation
from notifications import outbox

Kind = AttendanceEvent.Kind
State = DayStatus.State
# Answers that a Home's families cannot give in one day: a few kinds, each once, to a few notices.
MORE_THAN_A_DAY = 5_000
WHY = {"no_device": "没有能收通知的手机", "push_failed": "手机通知没发出去", "not_delivered": "发出去了，手机还没收到"}


@dataclass(frozen=True, kw_only=True)
class DaySession(Row[OwnSession]):
    photos: int


@dataclass(frozen=True, kw_only=True)
class TimelineItem(Row[AttendanceEvent]):
    @property
    def at(self) -> dt.datetime:
        return self.row.occurred_at

    @property
    def text(self) -> str:
        if self.row.kind == Kind.ARRIVED:
            return f"{self.row.taken_by.title}接到"
        return door.LEFT_BY[AttendanceEvent.Mode(self.row.mode)] if self.row.mode else "离开"

    @property
    def late(self) -> bool:
        return is_late(self.row)


@dataclass(frozen=True, kw_only=True)
class DayCard(Row[DayStatus]):
    """A member's day as the family sees it."""

    home: Home
    open: bool
    sessions: list[DaySession]
    timeline: list[TimelineItem]
    pick_up: None = None

    @property
    def by(self) -> str:
        return self.row.event.taken_by.title if self.row.event else ""

    @property
    def mode(self) -> str:
        return self.row.event.mode if self.row.event else ""

    @property
    def unsigned(self) -> bool:
        return self.row.closed_open

    @property
    def leave(self) -> uuid.UUID | None:
        return self.row.leave_id

    @property
    def notice(self) -> str | None:
        return self.row.notice or None

    @property
    def now(self) -> DaySession | None:
        return next((each for each in self.sessions if each.row.running and self.row.state == State.PRESENT), None)

    @property
    def next(self) -> DaySession | None:
        return next((each for each in self.sessions if each.row.starts_at > clock.now()), None)


def day_card(member: Member, day: dt.date, *, by: User) -> DayCard | None:
    """For one of the family; None on a day on which the member belonged to no Home."""
    found = _day_at(home_of(member, day), member, day)
    if found is None:
        return None
    home, status = found
    sessions = _while_there(day_queries.own_sessions(member.id, home, day), status)
    photos = photos_queries.photos_of_sessions(by, [each.id for each in sessions])
    return DayCard(
        row=status,
        home=home,
        open=is_open(home, day),
        sessions=[DaySession(row=each, photos=photos.get(each.id, 0)) for each in sessions],
        timeline=[TimelineItem(row=link) for link in chain(day_events(member.id, day))],
    )


def _day_at(home: Home | None, member: Member, day: dt.date) -> tuple[Home, DayStatus] | None:
    """The member's row at their Home; or at the one whose door they came to before they moved or left that day."""
    status = statuses(home, day).filter(member=member).first() if home else None
    if status is None:
        home = next((placement.home for placement in placements_left(member.pk, day)), home)
        status = statuses(home, day).filter(member=member).first() if home else None
    return (home, status or _not_laid_out(member, home, day)) if home else None


def _not_laid_out(member: Member, home: Home, day: dt.date) -> DayStatus:
    """The day's row has not been written (early morning, or another day): what it would say before anything happens."""
    expected_at, departs_at = expected_times([member], home, day).get(member.id, (None, None))
    state = State.WAITING if expected_at and day >= clock.today() else ""
    return DayStatus(member=member, home=home, date=day, state=state, expected_at=expected_at, departs_at=departs_at)


def _while_there(sessions: list[OwnSession], status: DayStatus) -> list[OwnSession]:
    """Without those of a leave, those that began after they left, and those that were over before they came."""
    if status.state == State.LEAVE:
        return []
    left = status.since if status.state == State.DEPARTED else None
    return [each for each in sessions if each.mark or _may_be_there(each, status.arrived_at, left)]


def _may_be_there(session: OwnSession, arrived: dt.datetime | None, left: dt.datetime | None) -> bool:
    in_time = session.ends_at > (arrived or clock.now())
    return in_time and (left is None or session.starts_at < left)


@dataclass(frozen=True, kw_only=True)
class CallRelative:
    notice: uuid.UUID
    name: str
    relation: str
    phone: str | None
    why: str


@dataclass(frozen=True, kw_only=True)
class Told:
    by: str
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Call(Row[outbox.Unreached]):
    member: Member
    relatives: list[CallRelative]
    told: Told | None


def call_list(home: Home) -> list[Call]:
    """Families no phone of which has answered: whom to ring, why, and who has done it."""
    missed = outbox.unreached(home_topic(home.id))
    members = Member.objects.in_bulk({entry.data["member"] for entry in missed})
    relatives = _relatives(members)
    titles: dict[int | None, str] = dict(StaffPost.objects.filter(home=home).values_list("user", "title"))
    return [
        Call(
            row=entry,
            member=member,
            relatives=[
                CallRelative(notice=reader.notice_id, name=row.user.name, relation=row.relation, phone=row.user.phone, why=WHY[reader.why])
                for reader in entry.readers
                if (row := relatives.get((reader.user_id, member.pk)))
            ],
            told=Told(by=titles.get(entry.told_by_id, ""), at=entry.told_at) if entry.told_at else None,
        )
        for entry in missed
        if (member := members.get(entry.data["member"]))
    ]


def _relatives(member_ids: Iterable[int]) -> dict[tuple[int, int], Relative]:
    return {(row.user_id, row.member_id): row for rows in relatives_of(member_ids).values() for row in rows}


@dataclass(frozen=True, kw_only=True)
class Answer(Row[outbox.Answer]):
    member: Member
    relation: str

    @property
    def to(self) -> str:
        return self.row.title


def answers(home: Home) -> list[Answer]:
    """What families answered today to the news of this Home, newest first."""
    lately = outbox.replies(topic=home_topic(home.id), limit=MORE_THAN_A_DAY)
    replies = [reply for reply in lately if clock.local_date(reply.at) == clock.today()]
    members = Member.objects.in_bulk({reply.data["member"] for reply in replies})
    relatives = _relatives(members)
    return [
        Answer(row=reply, member=members[reply.data["member"]], relation=relative.relation)
        for reply in replies
        if (relative := relatives.get((reply.user_id, reply.data["member"])))
    ]


@dataclass(frozen=True, kw_only=True)
class TaggedMember(Row[Member]):
    present: bool
    allows: list[str]


def people_to_tag(home: Home) -> list[TaggedMember]:
    """A Home's members for whoever marks photos: those in the house today first, each with the audiences that may see them."""
    members, allows = list(members_of(home).order_by("pk")), tagging.allowances(home)
    present = set(statuses(home, clock.today()).filter(state=DayStatus.State.PRESENT).values_list("member", flat=True))
    people = [TaggedMember(row=member, present=member.pk in present, allows=allows.get(member.pk, [])) for member in members]
    return sorted(people, key=lambda each: not each.present)


@dataclass(frozen=True, kw_only=True)
class AskedMember(Row[Member]):
    liked: bool | None


def people_to_ask(user: User, event_id: uuid.UUID) -> list[AskedMember]:
    """Who was in the house during the visit, each with a thumb; where the door knows nothing of that day, all who belonged there."""
    event, said = afterwards.opinions(user, event_id)
    day = clock.local_date(event.starts_at)
    came = list(DayStatus.objects.filter(home=event.home_id, date=day, arrived_at__isnull=False))
    met = {row.member_id for row in came if _met(row, event)}
    here = members_of(event.home, day).order_by("pk")
    return [AskedMember(row=member, liked=said.get(member.pk)) for member in here if member.pk in met or not came]


def _met(status: DayStatus, event: ServiceEvent) -> bool:
    gone_before = status.state == State.DEPARTED and status.since is not None and status.since <= event.starts_at
    return status.arrived_at is not None and status.arrived_at < event.ends_at and not gone_before


@dataclass(frozen=True, kw_only=True)
class VisitPhoto(Row[GuestPhoto]):
    folder: str

    @property
    def src(self) -> dict[str, str]:
        return self.row.addresses(self.folder)


@dataclass(frozen=True, kw_only=True)
class VisitAlbum:
    photos: list[VisitPhoto]
    hidden: int
    developing: bool


def visit_album(user: User, event_id: uuid.UUID) -> VisitAlbum:
    """The photos with which the Home thanked, as the rules let a volunteer see them, whoever it is that looks."""
    post = afterwards.album_of(user, event_id)
    if post is None:
        raise NotFoundError
    found, folder = guests.guest_photos(post), f"{settings.MEDIA_URL}visits/{event_id}"
    staff = staff_homes(user).filter(service_events=event_id).exists()
    return VisitAlbum(
        photos=[VisitPhoto(row=each, folder=folder) for each in found],
        hidden=guests.hidden_from_guests(post, len(found)) if staff else 0,
        developing=guests.still_processing(post),
    )


def visit_sight(user: User, event_id: uuid.UUID, secret: str) -> Rendering | None:
    """The same of one photo."""
    post = afterwards.album_of(user, event_id)
    return guests.guest_rendering_for(post, secret) if post else None


@dataclass(frozen=True, kw_only=True)
class HomeCounts:
    id: int
    name: str
    area: str
    open: bool
    members: int
    counts: dict[str, int]
    unreached: int
    visits: int


@dataclass(frozen=True, kw_only=True)
class HomesOverview:
    date: dt.date
    items: list[HomeCounts]

    @property
    def totals(self) -> dict[str, int]:
        return {key: sum(item.counts[key] for item in self.items) for key in ("expected", *COUNTED)}

    @property
    def unreached(self) -> int:
        return sum(item.unreached for item in self.items)


def homes_overview(homes: QuerySet[Home]) -> HomesOverview:
    """Counts of each Home today, no names of members; a fixed number of queries."""
    rows = list(homes.select_related("area").order_by("id"))
    today = clock.today()
    numbers = counts([home.id for home in rows], today)
    opened = open_homes(rows, today)
    missed = dict(
        DayStatus.objects.filter(home__in=rows, date=today, notice="unreached").order_by().values_list("home").annotate(n=Count("id"))
    )
    visits = visit_history.visits_this_quarter(rows)
    placed = dict(Placement.objects.filter(home__in=rows, ends_on=None).order_by().values_list("home").annotate(n=Count("id")))
    items = [
        HomeCounts(
            id=home.id,
            name=home.name,
            area=home.area.name,
            open=home.id in opened,
            members=placed.get(home.id, 0),
            counts=numbers[home.id],
            unreached=missed.get(home.id, 0),
            visits=visits.get(home.id, 0),
        )
        for home in rows
    ]
    return HomesOverview(date=today, items=items)


@dataclass(frozen=True, kw_only=True)
class MyMember(Row[Relative]):
    home: Home | None


@dataclass(frozen=True, kw_only=True)
class MyPost(Row[StaffPost]):
    @property
    def has_pin(self) -> bool:
        return bool(self.row.pin)


@dataclass(frozen=True, kw_only=True)
class Me:
    """The union of a person's roles."""

    id: int
    name: str
    phone_masked: str
    held: bool
    relatives: list[MyMember]
    posts: list[MyPost]
    organisations: list[MyOrganisation]
    volunteer: bool
    officer: list[OfficerPost]
    device: Device | None
    demo: bool


def me(user: User, device: Device | None) -> Me:
    """A held device learns only that it is held."""
    held = device is not None and device.held_at is not None
    return Me(
        id=user.pk,
        name="" if held else user.name,
        phone_masked=user.phone_masked,
        held=held,
        relatives=[] if held else _relatives_with_homes(user),
        posts=[] if held else [MyPost(row=post) for post in staff_posts(user).select_related("home__area").order_by("id")],
        organisations=[] if held else organisations.my_organisations(user),
        volunteer=not held and VolunteerProfile.objects.filter(user=user).exists(),
        officer=[] if held else list(officer_posts(user).select_related("area")),
        device=device,
        demo=settings.DEMO,
    )


def _relatives_with_homes(user: User) -> list[MyMember]:
    """The person's members, each with the Home they belong to today."""
    rows = list(Relative.objects.filter(user=user, ended_at=None).select_related("member").order_by("id"))
    placements = Placement.objects.filter(member__in=[row.member_id for row in rows]).filter(running(clock.today())).select_related("home")
    homes = {placement.member_id: placement.home for placement in placements}
    return [MyMember(row=row, home=homes.get(row.member_id)) for row in rows]
