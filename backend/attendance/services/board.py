"""The Home's board: whose turn it is to change it, one row a member and day, and the frames that show it.

Every verb at the door begins with `lock_board`; lock order: the Board row, then the topic, then the readers' inboxes.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from backend.attendance import queries, rules
from backend.attendance.models import AttendanceEvent, Board, DayStatus, Leave
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.homes.models import Home
from backend.homes.queries import is_open
from backend.homes.topics import home_topic
from backend.people.models import Member
from notifications import outbox

# What a verb may change of a row; the rest is laid out in the morning.
CHANGING = ("state", "event", "since", "arrived_at", "leave", "news", "notice", "reply", "closed_open")
Kind = AttendanceEvent.Kind
State = DayStatus.State


def lock_board(home: Home) -> Board:
    """Takes the Home's turn: every verb at its door starts here, so two tablets never interleave."""
    board = _lock(home) or _first_lock(home)
    _lay_out(board, home)
    return board


def _lock(home: Home) -> Board | None:
    return BOARD.first(home=home.pk)


def _locked(home: int) -> QuerySet[Board]:
    return Board.objects.select_for_update(no_key=True).filter(home=home)


BOARD = CompiledQuery(_locked, home=-1)


def _first_lock(home: Home) -> Board:
    Board.objects.get_or_create(home=home)
    return Board.objects.select_for_update(no_key=True).get(home=home)


def _lay_out(board: Board, home: Home) -> None:
    """A row for everybody placed here today, so that the board is one read and a tap changes one row."""
    today, now = clock.today(), clock.now()
    if board.opened_on == today:
        return
    lay_out_missing(home, today, now=now)
    board.opened_on, board.opens = today, is_open(home, today)
    board.save(update_fields=["opened_on", "opens"])


def lay_out_missing(home: Home, day: dt.date, *, now: dt.datetime) -> list[DayStatus]:
    """Rows for members who have none here that day. Returns the new ones."""
    members = list(queries.without_row(home, day))
    _take_from_where_they_were(members, day)
    times = queries.expected_times(members, home, day)
    leaves = {leave.member_id: leave for leave in Leave.objects.filter(member__in=members, date=day, withdrawn_at=None)}
    rows = []
    for member in members:
        expected_at, departs_at = times.get(member.id, (None, None))
        row = DayStatus(home=home, member=member, date=day, expected_at=expected_at, departs_at=departs_at, leave=leaves.get(member.id))
        row.changes = member.changes
        stand_on(row, [], now=now)
        rows.append(row)
    return DayStatus.objects.bulk_create(rows)


def _take_from_where_they_were(members: Sequence[Member], day: dt.date) -> None:
    """Who moved today leaves the board of their old Home."""
    rows = DayStatus.objects.filter(member__in=members, date=day)
    homes = sorted(set(rows.values_list("home", flat=True)))
    rows.delete()
    for home in homes:
        outbox.renew(home_topic(home))


def status_of(member: Member, home: Home, day: dt.date) -> DayStatus:
    """The row, with the member and Home that are at hand anyway."""
    status = STATUS.first(member=member.pk, day=day)
    if status is None or (status.home_id != home.pk and status.news is None):
        lay_out_missing(home, day, now=clock.now())
        status = DayStatus.objects.get(member=member, date=day)
    status.member = member
    if status.home_id == home.pk:
        status.home = home
    return status


def _status(member: int, day: dt.date) -> QuerySet[DayStatus]:
    return DayStatus.objects.filter(member=member, date=day)


STATUS = CompiledQuery(_status, member=-1, day=dt.date(1, 1, 1))


def stand_on(status: DayStatus, links: Sequence[AttendanceEvent], *, now: dt.datetime) -> None:
    """The row says what the chain says."""
    status.state = rules.state_of(links, on_leave=status.leave_id is not None, expected_at=status.expected_at, now=now)
    status.event = links[-1] if links else None
    status.since = links[-1].occurred_at if links else None
    arrived = [link for link in links if link.kind == Kind.ARRIVED]
    status.arrived_at = arrived[0].occurred_at if arrived else None
    status.closed_open = status.closed_open and status.state == State.PRESENT


def publish(status: DayStatus) -> tuple[int, dict[str, int]]:
    """One changed tile, already saved, to everybody who watches this board. The revision, and the counts."""
    counts = queries.counts_of(status.home_id, status.date)
    return outbox.publish(home_topic(status.home_id), _frame(status, counts)), counts


def publish_all(home: Home, day: dt.date, changed: Sequence[int]) -> None:
    """Many tiles of one board, read together; each still has a revision of its own."""
    counts = queries.counts_of(home.id, day)
    for row in queries.statuses(home, day).filter(pk__in=changed):
        outbox.publish(home_topic(home.id), _frame(row, counts))


def _frame(row: DayStatus, counts: dict[str, int]) -> dict[str, Any]:
    return {"type": "board", "home": row.home_id, "date": row.date, "member": queries.board_member(row), "counts": counts}
