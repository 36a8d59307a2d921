"""The day's rows: laid out in the morning, changed by every verb, closed in the evening."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from backend.attendance import queries, rules
from backend.attendance.models import AttendanceEvent, Board, DayStatus, Leave
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.homes.models import Home
from backend.homes.queries import is_open
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
    """Who moved today leaves the board of the Home that he left."""
    rows = DayStatus.objects.filter(member__in=members, date=day)
    homes = sorted(set(rows.values_list("home", flat=True)))
    rows.delete()
    for home in homes:
        outbox.renew(rules.topic(home))


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
    return outbox.publish(rules.topic(status.home_id), _frame(status, counts)), counts


def publish_all(home: Home, day: dt.date, changed: Sequence[int]) -> None:
    """Many tiles of one board, read together; each still has a revision of its own."""
    counts = queries.counts_of(home.id, day)
    for row in queries.statuses(home, day).filter(pk__in=changed):
        outbox.publish(rules.topic(home.id), _frame(row, counts))


def _frame(row: DayStatus, counts: dict[str, int]) -> dict[str, Any]:
    return {"type": "board", "home": row.home_id, "date": row.date, "member": queries.board_member(row), "counts": counts}


@outbox.retrying
@transaction.atomic
def open_day(home: Home) -> None:
    """Today's rows as they would be laid out now: somebody came, changed or left meanwhile, or the Home closes or opens after all."""
    today, now = clock.today(), clock.now()
    board = lock_board(home)
    shown = lay_out_missing(home, today, now=now)
    opens = is_open(home, today)
    turned = board.opens != opens
    if turned:
        board.opens = opens
        board.save(update_fields=["opens"])
    rows = DayStatus.objects.filter(home=home, date=today) if turned else queries.changed(today).filter(home=home)
    shown += _lay_out_anew(rows, home, today, now=now)
    if _take_off_who_left(home, today) or turned:
        outbox.renew(rules.topic(home.id))
    elif shown:
        publish_all(home, today, [status.pk for status in shown])


def _lay_out_anew(rows: QuerySet[DayStatus], home: Home, day: dt.date, *, now: dt.datetime) -> list[DayStatus]:
    """As the member is shown now, and when he is expected after all, or that he is not. What has happened at the door stays."""
    found = list(rows.select_related("member"))
    times = queries.expected_times([row.member for row in found], home, day)
    for row in found:
        row.expected_at, row.departs_at = times.get(row.member_id, (None, None))
        row.changes = row.member.changes
        if row.event_id is None:
            stand_on(row, [], now=now)
    DayStatus.objects.bulk_update(found, ["expected_at", "departs_at", "changes", "state"])
    return found


def _take_off_who_left(home: Home, day: dt.date) -> bool:
    """A row on which nothing happened goes; on the others nobody is waited for. Whether there were any."""
    rows = queries.left(day).filter(home=home)
    gone, _ = rows.filter(news=None).delete()
    return bool(gone + rows.update(expected_at=None, departs_at=None, state=""))


@outbox.retrying
@transaction.atomic
def mark_missing(home: Home) -> int:
    """待到 becomes 未到 once the expected time has passed. Returns how many."""
    now = clock.now()
    lock_board(home)
    waiting = DayStatus.objects.filter(home=home, date=clock.today(), state=State.WAITING, expected_at__lt=now)
    late = list(waiting.values_list("pk", flat=True))
    if late:
        DayStatus.objects.filter(pk__in=late).update(state=State.MISSING)
        publish_all(home, clock.today(), late)
    return len(late)


@outbox.retrying
@transaction.atomic
def close_day(home: Home, day: dt.date) -> list[DayStatus]:
    """Who was not signed out stays an open item; a departure is never invented. Tells the staff once."""
    board = lock_board(home)
    if board.closed_on is not None and board.closed_on >= day:
        return []
    board.closed_on = day
    board.save(update_fields=["closed_on"])
    lately = DayStatus.objects.filter(home=home, date__range=(day - queries.UNSIGNED_SHOWN, day))
    left = list(queries.with_faces(lately.filter(state=State.PRESENT, closed_open=False)))
    for status in left:
        status.closed_open = True
        status.save(update_fields=["closed_open"])
        publish(status)
    if left:
        params = {"names": [status.member.short_name for status in left], "day": day.isoformat()}
        outbox.announce(topic=rules.topic(home.id), kind="unsigned", due_at=clock.calm(clock.now()), event=uuid.uuid4(), params=params)
    return left
