"""A Home's calendar as each of its readers sees it."""

import datetime as dt
import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.activities.models import Activity, Participation, Session
from backend.activities.queries.audience import meant
from backend.activities.rules import LONGEST_RANGE, Viewer, may_see_session, viewer
from backend.common import clock
from backend.common.errors import InvalidError, NotFoundError
from backend.common.rows import Row
from backend.homes.models import Holiday, Home, OpeningException
from backend.homes.queries import open_days
from backend.people.models import Member

State = Participation.State


def home_viewer(user: User, home_id: int) -> Viewer:
    home = Home.objects.filter(pk=home_id).first()
    found = viewer(user, home) if home else None
    if found is None:
        raise NotFoundError
    return found


def between(first: dt.date, last: dt.date) -> Q:
    """Sessions that begin on the local days from first to last."""
    return Q(starts_at__gte=clock.at(first, dt.time()), starts_at__lt=clock.at(last + dt.timedelta(days=1), dt.time()))


def with_activity(rows: QuerySet[Session]) -> QuerySet[Session]:
    return rows.select_related("activity__group", "leader", "home").order_by("starts_at", "id")


@dataclass(frozen=True, kw_only=True)
class CalendarDay:
    date: dt.date
    open: bool
    kind: str | None
    name: str


@dataclass(frozen=True, kw_only=True)
class Part:
    member: int
    meant: bool
    state: str | None


@dataclass(frozen=True, kw_only=True)
class MemberPart(Row[Part]):
    member: Member


@dataclass(frozen=True, kw_only=True)
class Result(Row[Session]):
    @property
    def text(self) -> str:
        return self.row.result


@dataclass(frozen=True, kw_only=True)
class Plan(Row[Activity]):
    """The activity as its form shows it."""

    @property
    def leader(self) -> int | None:
        return self.row.leader_id

    @property
    def group(self) -> int | None:
        return self.row.group_id

    @property
    def members(self) -> list[int]:
        return sorted(member.pk for member in self.row.members.all())


@dataclass(frozen=True, kw_only=True)
class SessionCard(Row[Session]):
    meant: int
    joined: int
    mine: list[Part]

    @property
    def activity(self) -> uuid.UUID:
        return self.row.activity_id

    @property
    def therapy(self) -> str:
        return self.row.activity.therapy

    @property
    def recurring(self) -> bool:
        return bool(self.row.activity.rule)

    @property
    def audience(self) -> str:
        return self.row.activity.audience

    @property
    def group(self) -> str:
        return self.row.activity.group.name if self.row.activity.group else ""

    @property
    def result(self) -> Result:
        return Result(row=self.row)


@dataclass(frozen=True, kw_only=True)
class SessionPage(SessionCard):
    members: list[MemberPart]
    plan: Plan | None

    @property
    def materials(self) -> str:
        return self.row.activity.materials


@dataclass(frozen=True, kw_only=True)
class Calendar:
    home: Home
    staff: bool
    days: list[CalendarDay]
    sessions: list[SessionCard]


def calendar(viewer: Viewer, first: dt.date, last: dt.date) -> Calendar:
    """Sessions and days of a range; a fixed number of queries."""
    if not dt.timedelta(0) <= last - first <= LONGEST_RANGE:
        raise InvalidError("请选不超过两个月的日期。", fields={"to": "从开始日起最多 62 天。"})
    sessions = list(with_activity(Session.objects.filter(between(first, last), home=viewer.home)))
    shown = _Shown(viewer, sessions)
    cards = [shown.card(session) for session in sessions if shown.may_see(session)]
    return Calendar(home=viewer.home, staff=viewer.staff, days=days(viewer.home, first, last), sessions=cards)


def session(user: User, session_id: int) -> SessionPage:
    """One session; for staff with everybody who is meant or took part, for relatives with their own members."""
    row, found, shown = visible_session(user, session_id)
    people = shown.meant[row.pk] | shown.marks[row.pk].keys()
    members = Member.objects.filter(pk__in=people if found.staff else found.own).order_by("id")
    return SessionPage(
        **vars(shown.card(row)),
        members=[MemberPart(row=shown.part(row, member.pk), member=member) for member in members],
        plan=Plan(row=row.activity) if found.staff else None,
    )


def visible_session(user: User, session_id: int) -> tuple[Session, Viewer, "_Shown"]:
    row = with_activity(Session.objects.filter(pk=session_id)).first()
    found = viewer(user, row.home) if row else None
    shown = _Shown(found, [row]) if row and found else None
    if row is None or found is None or shown is None or not shown.may_see(row):
        raise NotFoundError
    return row, found, shown


def days(home: Home, first: dt.date, last: dt.date) -> list[CalendarDay]:
    """Whether the Home opens, and which holiday or make-up workday it is. Lunar festivals the phone knows by itself."""
    opened = open_days(home, first, last)
    holidays = {holiday.date: holiday for holiday in Holiday.objects.filter(date__range=(first, last))}
    closed = OpeningException.objects.filter(home=home, date__range=(first, last), opens=False)
    reasons = dict(closed.values_list("date", "reason"))
    found = []
    for number in range((last - first).days + 1):
        day = first + dt.timedelta(days=number)
        holiday = holidays.get(day)
        kind = ("workday" if holiday.works else "holiday") if holiday else None
        name = reasons.get(day) or (holiday.name if holiday else "")
        found.append(CalendarDay(date=day, open=day in opened, kind=kind, name=name))
    return found


@dataclass
class _Shown:
    """Sessions with what is said of their members."""

    viewer: Viewer
    sessions: Sequence[Session]
    meant: dict[int, frozenset[int]] = field(init=False)
    marks: defaultdict[int, dict[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.meant = meant(self.sessions)
        self.marks = defaultdict(dict)
        rows = Participation.objects.filter(session__in=[session.pk for session in self.sessions])
        for session_id, member, state in rows.values_list("session", "member", "state"):
            self.marks[session_id][member] = state

    def may_see(self, session: Session) -> bool:
        concerned: AbstractSet[int] = self.meant[session.pk] | self.marks[session.pk].keys()
        return may_see_session(self.viewer, session, concerned)

    def part(self, session: Session, member: int) -> Part:
        return Part(member=member, meant=member in self.meant[session.pk], state=self.marks[session.pk].get(member))

    def card(self, session: Session) -> SessionCard:
        marks = Counter(self.marks[session.pk].values())
        return SessionCard(
            row=session,
            meant=len(self.meant[session.pk]),
            joined=marks[State.JOINED] + marks[State.LEFT_EARLY],
            mine=[self.part(session, member) for member in sorted(self.viewer.own)],
        )
