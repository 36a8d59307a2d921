"""The door over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status

from backend.accounts.rules import person
from backend.attendance import queries, rules
from backend.attendance.schemas import BoardOut, EventIn, EventOut, LeaveIn, LeaveOut
from backend.attendance.services import day, door
from backend.attendance.services import leave as leave_services
from backend.attendance.services.door import Tap
from backend.common import clock
from backend.common.etag import not_modified
from backend.common.schemas import Id
from backend.homes.queries import staffed_home

router = Router(tags=["attendance"])


@router.get("/attendance/board", response={200: BoardOut, 304: None}, operation_id="board")
def board(request: HttpRequest, response: HttpResponse, home: Query[Id]) -> Any:
    """Today's board of a Home, for its staff."""
    found = staffed_home(person(request), home)
    if queries.is_behind(found.pk, clock.today()):
        day.open_day(found)
    answer = queries.board(found)
    return not_modified(request, response, answer | {"at": None}) or answer


@router.post("/attendance/events", response={200: EventOut, 201: EventOut}, operation_id="record")
def record(request: HttpRequest, data: EventIn) -> Any:
    """One tap at the door; answered once it is on disk. The same id again is answered 200."""
    done = door.record_tap(Tap(**data.dict()), by=person(request))
    answer = {
        "id": done.event.id,
        "effect": done.effect,
        "occurred_at": done.event.occurred_at,
        "recorded_at": done.event.recorded_at,
        "skewed": done.event.skewed,
        "late": rules.is_late(done.event),
        "rev": done.rev,
        "member": queries.board_member(done.status),
        "counts": done.counts,
    }
    return Status(200 if done.repeat else 201, answer)


@router.post("/attendance/leaves", response={200: LeaveOut, 201: LeaveOut}, operation_id="ask_leave")
def ask_leave(request: HttpRequest, data: LeaveIn) -> Any:
    """今天请假, by staff or by a relative."""
    leave, new = leave_services.ask_leave(leave_id=data.id, member_id=data.member, day=data.date or clock.today(), by=person(request))
    return Status(201 if new else 200, {"id": leave.id, "member": leave.member_id, "date": leave.date})


@router.delete("/attendance/leaves/{leave_id}", response={204: None}, operation_id="withdraw_leave")
def withdraw_leave(request: HttpRequest, leave_id: uuid.UUID) -> Any:
    """The member comes after all."""
    leave_services.withdraw_leave(leave_id=leave_id, by=person(request))
    return Status(204, None)
