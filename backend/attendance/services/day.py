"""What time itself does to the day's rows: opened in the morning, missing when late, closed in the evening."""

import datetime as dt
import uuid

from django.db.models import QuerySet

from backend.attendance import queries
from backend.attendance.models import DayStatus
from backend.attendance.services.board import lay_out_missing, lock_board, publish, publish_all, stand_on
from backend.common import clock
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.queries import is_open
from backend.homes.topics import home_topic
from notifications import outbox

State = DayStatus.State


@verb
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
        outbox.renew(home_topic(home.id))
    elif shown:
        publish_all(home, today, [status.pk for status in shown])


def _lay_out_anew(rows: QuerySet[DayStatus], home: Home, day: dt.date, *, now: dt.datetime) -> list[DayStatus]:
    """As the member is shown now, and when they are expected after all, or that they are not. What has happened at the door stays."""
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


@verb
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


@verb
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
        outbox.announce(topic=home_topic(home.id), kind="unsigned", due_at=clock.calm(clock.now()), event=uuid.uuid4(), params=params)
    return left
