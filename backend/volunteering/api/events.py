"""Events and a Home's quiet."""

import io
import uuid
from typing import Annotated, Any

import segno
from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from backend.accounts.rules import person
from backend.activities.schemas import Day
from backend.common import uploads
from backend.common.schemas import Id
from backend.homes.queries import staffed_home
from backend.volunteering import queries, services
from backend.volunteering.schemas.common import Why
from backend.volunteering.schemas.events import (
    CopyIn,
    EventBody,
    EventIn,
    EventPerson,
    EventRange,
    HomeToVisit,
    QuietIn,
    QuietOut,
    ServiceEventList,
    ServiceEventOut,
    ShareOut,
)
from backend.volunteering.services import covering

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


@router.put("/service-events/{event_id}/cover", response=ServiceEventOut, operation_id="set_cover", openapi_extra=uploads.PHOTO)
def set_cover(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """The photo itself as the body: JPEG, PNG, WebP or HEIC, up to 20 MB. It may show no member."""
    me = person(request)
    with uploads.for_now(request) as photo:
        covering.set_cover(event_id=event_id, source=photo, by=me)
    return queries.event(me, event_id)


@router.delete("/service-events/{event_id}/cover", response={204: None}, operation_id="remove_cover")
def remove_cover(request: HttpRequest, event_id: uuid.UUID) -> Any:
    """Back to the drawn one."""
    covering.remove_cover(event_id=event_id, by=person(request))
    return Status(204, None)


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


@router.get("/homes/{home_id}/quiet", response=QuietOut, operation_id="home_quiet")
def home_quiet(request: HttpRequest, home_id: Path[Id]) -> Any:
    """How many visits a week, and on which days none."""
    return queries.quiet(staffed_home(person(request), home_id))


@router.put("/homes/{home_id}/quiet", response=QuietOut, operation_id="set_quiet")
def set_quiet(request: HttpRequest, home_id: Path[Id], data: QuietIn) -> Any:
    """At most so many visits a week."""
    me = person(request)
    services.set_quiet(home_id=home_id, visits_a_week=data.visits_a_week, by=me)
    return queries.quiet(staffed_home(me, home_id))


@router.put("/homes/{home_id}/blackout-days/{day}", response=QuietOut, operation_id="black_out")
def black_out(request: HttpRequest, home_id: Path[Id], day: Path[Day], data: Why) -> Any:
    """No visits on that day."""
    me = person(request)
    services.black_out(home_id=home_id, day=day, reason=data.reason, by=me)
    return queries.quiet(staffed_home(me, home_id))


@router.delete("/homes/{home_id}/blackout-days/{day}", response={204: None}, operation_id="lift_blackout")
def lift_blackout(request: HttpRequest, home_id: Path[Id], day: Path[Day]) -> Any:
    """Visits are welcome again."""
    services.lift_blackout(home_id=home_id, day=day, by=person(request))
    return Status(204, None)


@router.get("/homes-to-visit", response=list[HomeToVisit], operation_id="homes_to_visit")
def homes_to_visit(request: HttpRequest, area: Annotated[Id | None, Query()] = None) -> Any:
    """The Homes not visited for longest first, of an area or of all."""
    person(request)
    return queries.homes_to_visit(area)


def _plan(data: EventBody) -> services.EventPlan:
    shifts = [services.ShiftPlan(**shift.dict()) for shift in data.shifts]
    return services.EventPlan(**data.dict(exclude={"id", "home", "shifts"}), shifts=shifts)
