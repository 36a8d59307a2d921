"""The demo's morning, told around the moment it is loaded, so that it looks alive at midnight and on Sunday too."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from random import Random

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.attendance.models import DayStatus
from backend.attendance.services import day, door, leave
from backend.attendance.services.door import Tap
from backend.common import clock
from backend.demo.times import rounded
from backend.homes.models import Home, OpeningException, StaffPost
from backend.people.models import Relative
from notifications import outbox

MORNING = dt.timedelta(minutes=55)
ON_LEAVE, MISSING, WAITING = 3, 1, 4
# Who of 阳光家园 plays which part; the others arrive in turn.
PARTS = {
    "王丽娟": "leave",
    "钱秀英": "leave",
    "汤建英": "leave",
    "吴晓东": "missing",
    "沈志强": "waiting",
    "徐国平": "waiting",
    "潘伟民": "waiting",
    "方慧芬": "waiting",
}
UNREACHED = "陆建国"


def untold() -> QuerySet[Home]:
    """Where nothing has happened today."""
    told = DayStatus.objects.filter(date=clock.today(), event__isnull=False)
    return Home.objects.exclude(pk__in=told.values("home")).order_by("id")


def tell_day(home: Home) -> None:
    """Opens the Home today and lives through its morning once."""
    now, today = clock.now(), clock.today()
    OpeningException.objects.update_or_create(home=home, date=today, defaults={"opens": True, "reason": "演示"})
    day.open_day(home)
    rows = list(DayStatus.objects.filter(home=home, date=today).select_related("member").order_by("member_id"))
    parts = _parts(rows)
    _set_expected(rows, parts, now=rounded(now))
    teacher = StaffPost.objects.filter(home=home).select_related("user").order_by("id")[0].user
    for row in rows:
        if parts[row.member_id] == "leave":
            _on_leave(row, teacher)
    arriving = [row for row in rows if parts[row.member_id] == "arrive"]
    start = max(now - MORNING, clock.at(today, dt.time()))
    for index, row in enumerate(arriving):
        with clock.moved_to(start + (now - start) * (index + 1) / (len(arriving) + 2)):
            tap = Tap(id=uuid.uuid4(), member=row.member_id, kind="arrived", occurred_at=clock.now())
            door.record_tap(tap, by=teacher)
    _receive([row for row in arriving if row.member.name != UNREACHED])


def _parts(rows: Sequence[DayStatus]) -> dict[int, str]:
    """Named parts in 阳光家园; elsewhere the last ones are late, absent or on leave."""
    if any(row.member.name in PARTS for row in rows):
        return {row.member_id: PARTS.get(row.member.name, "arrive") for row in rows}
    tail = ["leave"] * ON_LEAVE + ["missing"] * MISSING + ["waiting"] * WAITING
    parts = ["arrive"] * (len(rows) - len(tail)) + tail
    return {row.member_id: part for row, part in zip(rows, parts, strict=True)}


def _set_expected(rows: Iterable[DayStatus], parts: dict[int, str], *, now: dt.datetime) -> None:
    """Expected times around now rather than 8:30, so that one is just missing and some are yet to come."""
    for index, row in enumerate(rows):
        ahead = dt.timedelta(minutes=40 + 5 * index) if parts[row.member_id] == "waiting" else -dt.timedelta(minutes=15)
        row.expected_at, row.departs_at = now + ahead, now + dt.timedelta(hours=7)
        row.state = DayStatus.State.MISSING if parts[row.member_id] == "missing" else DayStatus.State.WAITING
        row.save(update_fields=["expected_at", "departs_at", "state"])


def _on_leave(row: DayStatus, teacher: User) -> None:
    relative = Relative.objects.filter(member=row.member_id, ended_at=None).select_related("user").first()
    leave.ask_leave(leave_id=uuid.uuid4(), member_id=row.member_id, day=row.date, by=relative.user if relative else teacher)


def _receive(rows: Sequence[DayStatus]) -> None:
    """Most families' phones answered; half of them were looked at."""
    random = Random(len(rows))  # noqa: S311 - a demo's chance
    for row in rows:
        row.refresh_from_db()
        if row.news is not None:
            outbox.mark_received(event=row.news, state=random.choice(("delivered", "seen")))
