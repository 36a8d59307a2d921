"""The day of a visit over HTTP: in and out."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.records.queries import checkins as queries
from backend.records.schemas.checkins import CheckInIn, CheckInOut, EventDay, PeopleIn, YesNo
from backend.records.services import checkins as services

router = Router()


@router.post("/service-events/{event_id}/check-ins", response={200: CheckInOut, 201: CheckInOut}, operation_id="check_in")
def check_in(request: HttpRequest, event_id: Path[uuid.UUID], data: CheckInIn) -> Any:
    """In or out by the code on the tablet. A repeat, or a tap that changes nothing: 200."""
    done = services.check_in(tap_id=data.id, event_id=event_id, kind=data.kind, code=data.code, offline=data.offline, by=person(request))
    return Status(200 if done.repeat or done.effect == "none" else 201, done)


@router.post("/service-events/{event_id}/check-ins/people", response=list[CheckInOut], operation_id="check_in_people")
def check_in_people(request: HttpRequest, event_id: Path[uuid.UUID], data: PeopleIn) -> Any:
    """The coordinator for their people, staff for everybody: all of them or nobody."""
    taps = [(tap.id, tap.signup) for tap in data.taps]
    return services.check_in_people(event_id=event_id, kind=data.kind, taps=taps, by=person(request))


@router.get("/service-events/{event_id}/day", response=EventDay, operation_id="event_day")
def event_day(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Who is expected, here, gone or late; what was tapped offline and waits."""
    me = person(request)
    return queries.day_of(me, queries.led_event(me, event_id))


@router.post("/service-events/check-in-claims/{claim_id}/answer", response={204: None}, operation_id="answer_claim")
def answer_claim(request: HttpRequest, claim_id: Path[uuid.UUID], data: YesNo) -> Any:
    """Yes or no to a tap made without a network."""
    services.answer_offline(offline_id=claim_id, accept=data.accept, by=person(request))
    return Status(204, None)
