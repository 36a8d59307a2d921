"""今天请假: one tap by staff, or by a relative for their own member."""

import datetime as dt
import uuid

from backend.accounts.models import User
from backend.attendance import queries, rules
from backend.attendance.models import DayStatus, Leave
from backend.attendance.services.board import CHANGING, lock_board, publish, stand_on, status_of
from backend.common import clock, dates
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.verb import verb, verb_with_id
from backend.homes.topics import home_topic
from backend.people.models import Placement
from backend.people.queries import placements_on
from notifications import outbox

State = DayStatus.State


@verb_with_id
def ask_leave(*, leave_id: uuid.UUID, member_id: int, day: dt.date, by: User) -> tuple[Leave, bool]:
    """Today only. Returns the leave and whether it is new; a second tap by anybody finds the first."""
    if day != clock.today():
        raise InvalidError("现在只能请今天的假，其他日子请打电话给老师。", fields={"date": "只能是今天。"})
    placement = _placement(member_id, day, by=by)
    lock_board(placement.home)
    known = Leave.objects.filter(pk=leave_id).first()
    if known is not None and (known.member_id, known.date) != (member_id, day):
        raise ConflictError("这个编号已经用过，请刷新后再点一次。")
    active = known or Leave.objects.filter(member=placement.member, date=day, withdrawn_at=None).first()
    if active is not None:
        return active, False
    status = status_of(placement.member, placement.home, day)
    if status.event_id is not None:
        raise ConflictError(f"{placement.member.short_name}今天已经来过，不用请假。")
    leave = Leave.objects.create(id=leave_id, home=placement.home, member=placement.member, date=day, asked_by=by, asked_at=clock.now())
    status.leave = leave
    _tell(leave, status)
    return leave, True


@verb
def withdraw_leave(*, leave_id: uuid.UUID, by: User) -> None:
    """The member comes after all, today. A second time does nothing."""
    leave = one(Leave.objects.select_related("member", "home").filter(pk=leave_id))
    placement = _placement(leave.member_id, leave.date, by=by)
    lock_board(placement.home)
    leave.refresh_from_db(fields=["withdrawn_at"])
    if leave.withdrawn_at is not None:
        return
    if leave.date != clock.today():
        raise InvalidError(f"{dates.day(leave.date)}已经过去，那天的假不能再取消了。")
    leave.withdrawn_at, leave.withdrawn_by, leave.home = clock.now(), by, placement.home
    leave.save(update_fields=["withdrawn_at", "withdrawn_by", "home"])
    status = status_of(leave.member, leave.home, leave.date)
    status.leave = None
    _tell(leave, status)


def _placement(member_id: int, day: dt.date, *, by: User) -> Placement:
    """Where the member is placed, if `by` works there or is a relative."""
    placement = next(iter(placements_on(member_id, day)), None)
    if placement is None or not rules.may_ask_leave(by, placement):
        raise NotFoundError
    return placement


def _tell(leave: Leave, status: DayStatus) -> None:
    """The board sees it, and the family is written to."""
    now, withdrawn = clock.now(), leave.withdrawn_at is not None
    stand_on(status, rules.chain(queries.day_events(leave.member_id, leave.date)), now=now)
    status.save(update_fields=CHANGING)
    publish(status)
    params = {"withdrawn": withdrawn}
    outbox.announce(topic=home_topic(leave.home_id), kind="leave", due_at=clock.calm(now), event=leave.id, params=params)
