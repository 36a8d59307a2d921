"""The five therapies over HTTP."""

import datetime as dt
import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Status

from backend.accounts.rules import person
from backend.activities import ics
from backend.activities.queries import balance as balance_queries
from backend.activities.queries import calendar as calendar_queries
from backend.activities.queries import feed as feed_queries
from backend.activities.queries import week as week_queries
from backend.activities.schemas import (
    BalanceOut,
    CalendarOut,
    ChangedOut,
    CopiedOut,
    Day,
    FeedMade,
    FeedOut,
    GroupBody,
    GroupIn,
    GroupOut,
    MarkIn,
    PlanBody,
    PlanIn,
    PlannedOut,
    Range,
    ReasonIn,
    ResultIn,
    SessionIn,
    SessionOut,
    TakeBackIn,
    TakenBackOut,
    TemplateOut,
    WeekIn,
)
from backend.activities.services import feed as feed_services
from backend.activities.services import groups as groups_services
from backend.activities.services import marks, planning, week
from backend.activities.services.plan import Plan
from backend.common.etag import not_modified
from backend.common.schemas import Id
from backend.homes.queries import staffed_home

router = Router(tags=["activities"])

FILE = {"responses": {200: {"description": "The file", "content": {"text/calendar": {"schema": {"type": "string"}}}}}}
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="2026-03")]


@router.get("/calendar", response={200: CalendarOut, 304: None}, operation_id="calendar")
def calendar(request: HttpRequest, response: HttpResponse, asked: Query[Range]) -> Any:
    """A Home's sessions and days, for its staff, its families and its officer."""
    viewer = calendar_queries.home_viewer(person(request), asked.home)
    answer = CalendarOut.from_orm(calendar_queries.calendar(viewer, asked.first, asked.last))
    return not_modified(request, response, answer) or answer


@router.get("/calendar/sessions/{session_id}", response=SessionOut, operation_id="session")
def session(request: HttpRequest, session_id: Path[Id]) -> Any:
    """One session, with who is meant and who took part."""
    return calendar_queries.session(person(request), session_id)


@router.post("/calendar/activities", response={200: PlannedOut, 201: PlannedOut}, operation_id="plan_activity")
def plan_activity(request: HttpRequest, data: PlanIn) -> Any:
    """For staff: once, or again and again. The same id again is answered 200."""
    plan = Plan(**data.dict(exclude={"id", "home"}))
    done = planning.plan_activity(activity_id=data.id, home_id=data.home, plan=plan, by=person(request))
    return Status(200 if done.repeat else 201, done)


@router.delete("/calendar/activities/{activity_id}", response={204: None}, operation_id="end_activity")
def end_activity(request: HttpRequest, activity_id: uuid.UUID, day: Day | None = None) -> Any:
    """No more of it, from today or from that day on."""
    planning.end_activity(activity_id=activity_id, day=day, by=person(request))
    return Status(204, None)


@router.put("/calendar/sessions/{session_id}", response=ChangedOut, operation_id="change_session")
def change_session(request: HttpRequest, session_id: Path[Id], data: SessionIn) -> Any:
    """This one only."""
    return planning.change_session(session_id=session_id, **data.dict(), by=person(request))


@router.put("/calendar/sessions/{session_id}/following", response=PlannedOut, operation_id="change_following")
def change_following(request: HttpRequest, session_id: Path[Id], data: PlanBody) -> Any:
    """This one and all that follow."""
    return planning.change_following(session_id=session_id, plan=Plan(**data.dict()), by=person(request))


@router.put("/calendar/sessions/{session_id}/cancellation", response={204: None}, operation_id="cancel_session")
def cancel_session(request: HttpRequest, session_id: Path[Id], data: ReasonIn) -> Any:
    """It does not take place; today's families are told."""
    planning.cancel_session(session_id=session_id, reason=data.reason, by=person(request))
    return Status(204, None)


@router.delete("/calendar/sessions/{session_id}/cancellation", response=ChangedOut, operation_id="restore_session")
def restore_session(request: HttpRequest, session_id: Path[Id]) -> Any:
    """It takes place after all."""
    return planning.restore_session(session_id=session_id, by=person(request))


@router.get("/calendar/sessions/{session_id}/file", response={200: None}, operation_id="session_file", openapi_extra=FILE)
def session_file(request: HttpRequest, session_id: Path[Id]) -> Any:
    """加到手机日历: one session for the phone's own calendar."""
    entry = feed_queries.entry(person(request), session_id)
    headers = {"Content-Disposition": f'attachment; filename="session-{session_id}.ics"'}
    return HttpResponse(ics.calendar_file([entry]), content_type=ics.TYPE, headers=headers)


@router.put("/calendar/sessions/{session_id}/participation", response={204: None}, operation_id="mark_participation")
def mark_participation(request: HttpRequest, session_id: Path[Id], data: MarkIn) -> Any:
    """One member joined, left early, or did not want to."""
    marks.mark_participation(session_id=session_id, member_id=data.member, state=data.state, by=person(request))
    return Status(204, None)


@router.put("/calendar/sessions/{session_id}/result", response={204: None}, operation_id="note_result")
def note_result(request: HttpRequest, session_id: Path[Id], data: ResultIn) -> Any:
    """筐数、件数、名次 of a harvest or contest."""
    marks.note_result(session_id=session_id, **data.dict(), by=person(request))
    return Status(204, None)


@router.post("/calendar/weeks", response=CopiedOut, operation_id="copy_week")
def copy_week(request: HttpRequest, data: WeekIn) -> Any:
    """Last week's sessions once more; again, nothing is doubled."""
    return week.copy_week(home_id=data.home, week=data.week, source=data.source, by=person(request))


@router.post("/calendar/weeks/taken-back", response=TakenBackOut, operation_id="take_back_copy")
def take_back_copy(request: HttpRequest, data: TakeBackIn) -> Any:
    """Within the hour: as if the week had not been copied."""
    return {"sessions": week.take_back_copy(home_id=data.home, activities=data.activities, by=person(request))}


@router.get("/calendar/templates", response=list[TemplateOut], operation_id="templates")
def templates(request: HttpRequest, home: Query[Id]) -> Any:
    """What to begin a plan with."""
    return week_queries.templates(staffed_home(person(request), home))


@router.get("/calendar/groups", response=list[GroupOut], operation_id="groups")
def groups(request: HttpRequest, home: Query[Id]) -> Any:
    """A Home's groups, for its staff."""
    return week_queries.groups(staffed_home(person(request), home))


@router.post("/calendar/groups", response={201: GroupOut}, operation_id="make_group")
def make_group(request: HttpRequest, data: GroupIn) -> Any:
    """Members who do things together."""
    return Status(201, groups_services.make_group(home_id=data.home, name=data.name, members=data.members, by=person(request)))


@router.put("/calendar/groups/{group_id}", response=GroupOut, operation_id="edit_group")
def edit_group(request: HttpRequest, group_id: Path[Id], data: GroupBody) -> Any:
    """Its name and who is in it."""
    return groups_services.edit_group(group_id=group_id, name=data.name, members=data.members, by=person(request))


@router.delete("/calendar/groups/{group_id}", response={204: None}, operation_id="delete_group")
def delete_group(request: HttpRequest, group_id: Path[Id]) -> Any:
    """One that was never planned for."""
    groups_services.delete_group(group_id=group_id, by=person(request))
    return Status(204, None)


@router.get("/calendar/balance", response=BalanceOut, operation_id="balance")
def balance(request: HttpRequest, member: Query[Id], month: Query[Month]) -> Any:
    """A member's month among the five therapies, for the family and the staff."""
    return balance_queries.balance(person(request), member, dt.date.fromisoformat(f"{month}-01"))


@router.get("/calendar/feed", response=FeedOut, operation_id="feed")
def feed(request: HttpRequest) -> Any:
    """Whether my calendar has an address to subscribe to."""
    found = feed_queries.own_feed(person(request))
    return {"active": found is not None, "since": found.created_at if found else None}


@router.post("/calendar/feed", response={201: FeedMade}, operation_id="open_feed")
def open_feed(request: HttpRequest) -> Any:
    """A new secret address; the one before opens nothing any more."""
    return Status(201, {"url": feed_services.open_feed(by=person(request))})


@router.delete("/calendar/feed", response={204: None}, operation_id="close_feed")
def close_feed(request: HttpRequest) -> Any:
    """Nobody reads my calendar from outside."""
    feed_services.close_feed(by=person(request))
    return Status(204, None)
