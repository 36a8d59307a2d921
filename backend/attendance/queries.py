"""Reads of the door: the board, a member's day, and what a verb needs to know."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from backend.attendance.models import AttendanceEvent, Board, DayStatus
from backend.attendance.rules import OLDEST_CLAIM
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.homes.models import Home, running
from backend.homes.queries import SATURDAY, is_open
from backend.homes.topics import home_topic
from backend.people.models import Member, Placement, WeeklyPattern
from notifications import outbox

State = DayStatus.State
COUNTED = (State.PRESENT, State.WAITING, State.LEAVE, State.MISSING, State.DEPARTED)
# What is older could not be settled any more: no claim is believed that far back.
UNSIGNED_SHOWN = OLDEST_CLAIM
# How many of a tablet's taps around one are looked at for their order.
NEAR = 16


def expected_times(members: Iterable[Member], home: Home, day: dt.date) -> dict[int, tuple[dt.datetime, dt.datetime]]:
    """When each member due that day is expected to come and go; a closed Home expects nobody."""
    if not is_open(home, day):
        return {}
    rows = WeeklyPattern.objects.filter(member__in=members)
    by_weekday = {(row.member_id, row.weekday): row for row in rows}
    times = {}
    for member in members:
        row = by_weekday.get((member.id, day.weekday()))
        if row is None and day.weekday() >= SATURDAY:  # a make-up workday on a weekend runs like a Monday
            row = by_weekday.get((member.id, 0))
        if row is not None:
            times[member.id] = (clock.at(day, row.arrives_at), clock.at(day, row.departs_at))
    return times


def with_faces(rows: QuerySet[DayStatus]) -> QuerySet[DayStatus]:
    """With what a tile shows of the member and of who received them."""
    return rows.select_related("member", "event__taken_by")


def statuses(home: Home, day: dt.date) -> QuerySet[DayStatus]:
    """In the same order every morning: hands remember places."""
    return with_faces(DayStatus.objects.filter(home=home, date=day)).order_by("member_id")


def counts(home_ids: Iterable[int], day: dt.date) -> dict[int, dict[str, int]]:
    """Per Home: present, waiting, leave, missing, departed, and expected as their sum."""
    found = {home_id: dict.fromkeys(("expected", *COUNTED), 0) for home_id in home_ids}
    for home_id, state, n in _counted(day).filter(home__in=found):
        found[home_id][state] = n
        found[home_id]["expected"] += n
    return found


def counts_of(home_id: int, day: dt.date) -> dict[str, int]:
    """The same for one Home."""
    found = dict.fromkeys(("expected", *COUNTED), 0)
    for _, state, n in COUNTS.rows(home=home_id, day=day):
        found[state] = n
        found["expected"] += n
    return found


def _counted(day: dt.date) -> QuerySet[DayStatus, Any]:
    return DayStatus.objects.filter(date=day, state__in=COUNTED).values_list("home", "state").annotate(n=Count("id"))


COUNTS = CompiledQuery(lambda home, day: _counted(day).filter(home=home), home=-1, day=dt.date(1, 1, 1))


def unsigned(home: Home, today: dt.date) -> QuerySet[DayStatus]:
    """Closed days on which a member was not signed out."""
    since = today - UNSIGNED_SHOWN
    return with_faces(DayStatus.objects.filter(home=home, closed_open=True, date__gte=since)).order_by("date", "member_id")


def board_member(status: DayStatus) -> dict[str, Any]:
    """One tile."""
    event = status.event
    return {
        "id": status.member_id,
        "name": status.member.name,
        "short_name": status.member.short_name,
        "avatar": status.member.avatar._asdict(),
        "state": status.state,
        "since": status.since,
        "expected_at": status.expected_at,
        "departs_at": status.departs_at,
        "by": event.taken_by.title if event else "",
        "mode": event.mode if event else "",
        "event": event.id if event else None,
        "notice": status.notice or None,
        "reply": status.reply,
        "leave": status.leave_id,
    }


def board(home: Home) -> dict[str, Any]:
    """Today's board. `rev` is read first, so that the state is never older than its number."""
    today = clock.today()
    rev = outbox.rev(home_topic(home.id))
    tiles = [board_member(status) for status in statuses(home, today)]
    return {
        "home": home,
        "date": today,
        "open": _opens(home, today),
        "rev": rev,
        "at": clock.now(),
        "counts": counts_of(home.id, today),
        "members": [tile for tile in tiles if tile["state"]],
        "others": [tile for tile in tiles if not tile["state"]],
        "unsigned": [unsigned_item(status) for status in unsigned(home, today)],
    }


def _opens(home: Home, today: dt.date) -> bool:
    """As it was known when the rows were laid out: a board is one with its number."""
    known = Board.objects.filter(home=home, opened_on=today).values_list("opens", flat=True).first()
    return is_open(home, today) if known is None else known


def unsigned_item(status: DayStatus) -> dict[str, Any]:
    member = status.member
    return {
        "member": {"id": member.id, "name": member.name, "short_name": member.short_name, "avatar": member.avatar._asdict()},
        "date": status.date,
        "since": status.since,
        "event": status.event_id,
    }


def day_events(member_id: int, day: dt.date, *, also: uuid.UUID | None = None) -> list[AttendanceEvent]:
    """A member's events of a day; and the one with the id `also`, whoever's it is, if there is one."""
    return DAY_EVENTS.objects(member=member_id, day=day, also=also or NOBODYS)


def _day_events(member: int, day: dt.date, also: uuid.UUID) -> QuerySet[AttendanceEvent]:
    return AttendanceEvent.objects.filter(Q(member=member, date=day) | Q(pk=also)).select_related("taken_by")


NOBODYS = uuid.UUID(int=0)
DAY_EVENTS = CompiledQuery(_day_events, member=-1, day=dt.date(1, 1, 1), also=uuid.UUID(int=1))


def neighbours(device: uuid.UUID, seq: int) -> tuple[dt.datetime | None, dt.datetime | None]:
    """When the events just before and just after this number on the same device happened.

    A tablet counts its taps one by one, so they are near: one query over a few numbers.
    """
    rows = TAPS_NEAR.rows(device=device, first=max(0, seq - NEAR), last=seq + NEAR)
    before, after = [at for each, at in rows if each < seq], [at for each, at in rows if each > seq]
    return before[-1] if before else None, after[0] if after else None


def _taps_near(device: uuid.UUID, first: int, last: int) -> QuerySet[AttendanceEvent, Any]:
    near = AttendanceEvent.objects.filter(device=device, device_seq__range=(first, last))
    return near.order_by("device_seq").values_list("device_seq", "occurred_at")


TAPS_NEAR = CompiledQuery(_taps_near, device=uuid.UUID(int=1), first=1, last=2)


def without_row(home: Home, day: dt.date) -> QuerySet[Member]:
    """Members placed here who have no row for the day yet, or one at the Home they have left, where nothing happened."""
    return Member.objects.filter(pk__in=_not_laid_out(day).filter(home=home).values("member"))


def homes_to_lay_out(day: dt.date) -> QuerySet[Home]:
    """Whose board is not what it would be if it were laid out now: somebody has no row, has changed since, or has left."""
    reasons: tuple[QuerySet[Any], ...] = (_not_laid_out(day), changed(day), left(day))
    new, other, gone = (Exists(rows.filter(home=OuterRef("pk"))) for rows in reasons)
    return Home.objects.filter(new | other | gone)


def is_behind(home_id: int, day: dt.date) -> bool:
    """The same of one Home."""
    return bool(BEHIND.rows(home=home_id, day=day))


BEHIND = CompiledQuery(lambda home, day: homes_to_lay_out(day).filter(pk=home).values_list("pk"), home=-1, day=dt.date(1, 1, 1))


def changed(day: dt.date) -> QuerySet[DayStatus]:
    """Rows whose member's name, face or week is another than when they were laid out."""
    return DayStatus.objects.filter(date=day).exclude(changes=F("member__changes"))


def left(day: dt.date) -> QuerySet[DayStatus]:
    """Rows that wait for somebody who belongs to no Home any more. Who is in the house, or was, keeps theirs."""
    belongs = Placement.objects.filter(running(day), member=OuterRef("member"))
    return DayStatus.objects.filter(~Exists(belongs), Q(news=None) | Q(expected_at__isnull=False), date=day, event=None)


def placements_left(member_id: int, day: dt.date) -> list[Placement]:
    """Where the member belonged until that day and was at the door on it: there they can still be signed out."""
    been = DayStatus.objects.filter(news__isnull=False, member=OuterRef("member"), home=OuterRef("home"), date=day)
    ended = Placement.objects.filter(Exists(been), member=member_id, ends_on__lte=day)
    return list(ended.select_related("member", "home").order_by("-ends_on", "pk")[:1])


def _not_laid_out(day: dt.date) -> QuerySet[Placement]:
    still_there = Placement.objects.filter(running(day), member=OuterRef("member"), home=OuterRef("home"))
    settled = DayStatus.objects.filter(Q(news__isnull=False) | Exists(still_there), member=OuterRef("member"), date=day)
    return Placement.objects.filter(running(day)).filter(~Exists(settled))
