"""Events over HTTP."""

import io
import uuid
from typing import Any

import segno
from django.http import HttpRequest
from ninja import Query, Router, Status

from backend.accounts.rules import person
from backend.visits.queries import events as queries
from backend.visits.schemas.events import CopyIn, EventBody, EventIn, EventPerson, EventRange, ServiceEventList, ServiceEventOut, ShareOut
from backend.visits.services import events as services
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.schemas.common import Why

router = Router()


@router.get("/service-events", response=ServiceEventList, operation_id="service_events")
def service_events(request: HttpRequest, asked: Query[EventRange]) -> Any:
    """What is open in these days, in one Home or in all; drafts for the Home's own staff."""
    return {"items": queries.events(person(request), asked.first, asked.last, asked.home)}


@router.post("/service-events", response={200: ServiceEventOut, 201: ServiceEventOut}, operation_id="plan_event")
def plan_event(request: HttpRequest, data: EventIn) -> Any:
    """A draft. The same id again is answered 200."""
    me = person(request)
    done = services.plan_event(event_id=data.id, home_id=data.home, plan=_plan(data), by=me)
    return Status(200 if done.repeat else 201, queries.event(me, done.event.pk))


@router.get("/service-events/{event_id}", response=ServiceEventOut, operation_id="service_event")
def service_event(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """One, with what of mine would meet it."""
    return queries.event(person(request), event_id)


@router.put("/service-events/{event_id}", response=ServiceEventOut, operation_id="change_event")
def change_event(request: HttpRequest, event_id: uuid.UUID, data: EventBody) -> Any:
    """Whoever comes is told of another time or place."""
    me = person(request)
    services.change_event(event_id=event_id, plan=_plan(data), by=me)
    return queries.event(me, event_id)


@router.put("/service-events/{event_id}/opening", response=ServiceEventOut, operation_id="open_event")
def open_event(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """Others see it and may sign up."""
    me = person(request)
    services.open_event(event_id=event_id, by=me)
    return queries.event(me, event_id)


@router.put("/service-events/{event_id}/closing", response=ServiceEventOut, operation_id="close_event")
def close_event(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """It takes no more names."""
    me = person(request)
    services.close_event(event_id=event_id, by=me)
    return queries.event(me, event_id)


@router.put("/service-events/{event_id}/cancellation", response={204: None}, operation_id="cancel_event")
def cancel_event(request: HttpRequest, event_id: uuid.UUID, data: Why) -> Any:
    """It does not take place; everybody concerned is told, today's at once."""
    services.cancel_event(event_id=event_id, reason=data.reason, by=person(request))
    return Status(204, None)


@router.post("/service-events/{event_id}/copies", response={200: ServiceEventOut, 201: ServiceEventOut}, operation_id="copy_event")
def copy_event(request: HttpRequest, event_id: uuid.UUID, data: CopyIn) -> Any:
    """照上次: a draft of the same at another time."""
    me = person(request)
    done = services.copy_event(event_id=event_id, copy_id=data.id, starts_at=data.starts_at, by=me)
    return Status(200 if done.repeat else 201, queries.event(me, done.event.pk))


@router.get("/service-events/{event_id}/people", response=list[EventPerson], operation_id="event_people")
def event_people(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """Who comes and who waits, for the Home's staff."""
    return queries.event_people(person(request), event_id)


@router.get("/service-events/{event_id}/share", response=ShareOut, operation_id="share_event")
def share_event(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """What a share card shows; the phone draws it."""
    card = queries.share(person(request), event_id)
    svg = io.BytesIO()
    segno.make(card["url"], error="m", micro=False).save(svg, kind="svg", scale=6, border=2, xmldecl=False, svgclass=None, lineclass=None)
    return card | {"qr": svg.getvalue().decode()}


def _plan(data: EventBody) -> EventPlan:
    shifts = [ShiftPlan(**shift.dict()) for shift in data.shifts]
    return EventPlan(**data.dict(exclude={"id", "home", "shifts"}), shifts=shifts)
