"""The day of a visit over HTTP: the code on the tablet, in and out, and what remains."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common import clock
from backend.common.qr import svg
from backend.common.schemas import Id
from backend.volunteering import doorcode
from backend.volunteering.queries import daybook
from backend.volunteering.queries.afterwards import afterwards as what_remains
from backend.volunteering.rules import staffed_event
from backend.volunteering.schemas.service import (
    Afterwards,
    CheckInIn,
    CheckInOut,
    DoorCodes,
    EventDay,
    FeedbackIn,
    OpinionIn,
    PeopleIn,
    YesNo,
)
from backend.volunteering.services import afterwards as after
from backend.volunteering.services import daybook as verbs

router = Router()


@router.get("/service-events/{event_id}/door-codes", response=DoorCodes, operation_id="door_codes")
def door_codes(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """For the Home's tablet: the QR of now, and those of the next ten minutes."""
    event, now = staffed_event(person(request), event_id), clock.now()
    codes = [
        {
            "address": code.address,
            "digits": code.digits,
            "qr": svg(code.address),
            "shown_from": code.shown_from,
            "shown_until": code.shown_until,
        }
        for code in doorcode.codes(event.pk, now)
    ]
    return {"event": event.pk, "title": event.title, "now": now, "codes": codes}


@router.post("/service-events/{event_id}/check-ins", response={200: CheckInOut, 201: CheckInOut}, operation_id="check_in")
def check_in(request: HttpRequest, event_id: Path[uuid.UUID], data: CheckInIn) -> Any:
    """In or out by the code on the tablet. A repeat, or a tap that changes nothing: 200."""
    done = verbs.check_in(tap_id=data.id, event_id=event_id, kind=data.kind, code=data.code, offline=data.offline, by=person(request))
    return Status(200 if done.repeat or done.effect == "none" else 201, done)


@router.post("/service-events/{event_id}/check-ins/people", response=list[CheckInOut], operation_id="check_in_people")
def check_in_people(request: HttpRequest, event_id: Path[uuid.UUID], data: PeopleIn) -> Any:
    """The coordinator for his people, staff for everybody: all of them or nobody."""
    taps = [(tap.id, tap.signup) for tap in data.taps]
    return verbs.check_in_people(event_id=event_id, kind=data.kind, taps=taps, by=person(request))


@router.get("/service-events/{event_id}/day", response=EventDay, operation_id="event_day")
def event_day(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Who is expected, here, gone or late; what was tapped offline and waits."""
    me = person(request)
    return daybook.day_of(me, daybook.led_event(me, event_id))


@router.post("/service-events/check-in-claims/{claim_id}/answer", response={204: None}, operation_id="answer_claim")
def answer_claim(request: HttpRequest, claim_id: Path[uuid.UUID], data: YesNo) -> Any:
    """Yes or no to a tap made without a network."""
    verbs.answer_claim(claim_id=claim_id, accept=data.accept, by=person(request))
    return Status(204, None)


@router.get("/service-events/{event_id}/afterwards", response=Afterwards, operation_id="afterwards")
def afterwards(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Thanks, thumbs and words about a visit."""
    return what_remains(person(request), event_id)


@router.put("/service-events/{event_id}/opinions/{member_id}", response={204: None}, operation_id="say_opinion")
def say_opinion(request: HttpRequest, event_id: Path[uuid.UUID], member_id: Path[Id], data: OpinionIn) -> Any:
    """A member's own thumb up or down."""
    after.say_opinion(event_id=event_id, member_id=member_id, liked=data.liked, by=person(request))
    return Status(204, None)


@router.put("/service-events/{event_id}/feedback", response={204: None}, operation_id="give_feedback")
def give_feedback(request: HttpRequest, event_id: Path[uuid.UUID], data: FeedbackIn) -> Any:
    """A volunteer's words to the Home."""
    after.give_feedback(event_id=event_id, again=data.again, text=data.text, by=person(request))
    return Status(204, None)
