"""Tapping in the tests' words: `tap(cast, "08:12", zhiqiang, "arrived")`."""

import datetime as dt
import uuid
from typing import Any

import time_machine

from backend.accounts.models import User
from backend.attendance.services import door
from backend.attendance.services.door import Recorded, Tap
from backend.common import clock
from backend.people.models import Member
from notifications.models import Notice

DAY = dt.date(2026, 3, 4)


def at(hhmm: str, day: dt.date = DAY) -> dt.datetime:
    return clock.at(day, dt.time.fromisoformat(hhmm))


def tap(member: Member, kind: str, hhmm: str, *, by: User, uploaded: str = "", **more: Any) -> Recorded:
    """A tap at that time of the morning, uploaded at once or at another time."""
    with time_machine.travel(at(uploaded or hhmm), tick=False):
        return door.record_tap(
            Tap(id=more.pop("id", None) or uuid.uuid4(), member=member.id, kind=kind, occurred_at=at(hhmm), **more), by=by
        )


def undo(done: Recorded, hhmm: str, *, by: User) -> Recorded:
    return tap(done.event.member, "void", hhmm, by=by, corrects=done.event.id)


def notices(user: User) -> list[tuple[int, str, str]]:
    """What stands in a person's inbox: number, title, body."""
    return list(Notice.objects.filter(inbox=user.pk).order_by("seq").values_list("seq", "title", "body"))
