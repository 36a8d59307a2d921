"""Sign-ups over HTTP: signing up, confirming, cancelling."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Status

from backend.accounts.rules import person
from backend.activities.ics import TYPE
from backend.visits import ics
from backend.visits.queries import signups as queries
from backend.visits.schemas.signups import SignedUpOut, SignupIn, SignupOut, SignupPage, SignupSearch, TransferIn
from backend.visits.services import signups as services

router = Router()

FILE = {"responses": {200: {"description": "The file", "content": {"text/calendar": {"schema": {"type": "string"}}}}}}


@router.post("/service-events/{event_id}/signups", response={200: SignedUpOut, 201: SignedUpOut}, operation_id="sign_up")
def sign_up(request: HttpRequest, event_id: uuid.UUID, data: SignupIn) -> Any:
    """A place, or the end of the waitlist. The same id again is answered 200."""
    done = services.sign_up(
        signup_id=data.id,
        event_id=event_id,
        shift_id=data.shift,
        companions=data.companions,
        organisation_id=data.organisation,
        by=person(request),
    )
    answer = {"id": done.signup.pk, "status": done.signup.status, "position": done.position, "collisions": done.collisions}
    return Status(200 if done.repeat else 201, answer)


@router.delete("/service-events/{event_id}/signups/{signup_id}", response={204: None}, operation_id="cancel_signup")
def cancel_signup(
    request: HttpRequest, event_id: uuid.UUID, signup_id: uuid.UUID, reason: Annotated[str, Query(), Field(max_length=120)] = ""
) -> Any:
    """One tap until the deadline, later with a reason; also leaves the waitlist, or says no to an offer."""
    services.cancel_signup(event_id=event_id, signup_id=signup_id, reason=reason, by=person(request))
    return Status(204, None)


@router.get("/me/signups", response=SignupPage, operation_id="my_signups")
def my_signups(request: HttpRequest, asked: Query[SignupSearch]) -> Any:
    """Those to come, the next one first; or those that were."""
    return queries.signups(person(request), past=asked.past, after=asked.after)


@router.get("/signups/{signup_id}", response=SignupOut, operation_id="signup")
def signup(request: HttpRequest, signup_id: uuid.UUID) -> Any:
    """My own, or one in a group that I coordinate."""
    return queries.signup(person(request), signup_id)


@router.post("/signups/{signup_id}/confirmation", response=SignupOut, operation_id="accept_offer")
def accept_offer(request: HttpRequest, signup_id: uuid.UUID) -> Any:
    """Yes to the place that is offered."""
    me = person(request)
    services.accept_offer(signup_id=signup_id, by=me)
    return queries.signup(me, signup_id)


@router.post("/signups/{signup_id}/coming", response=SignupOut, operation_id="still_coming")
def still_coming(request: HttpRequest, signup_id: uuid.UUID) -> Any:
    """还来吗？来。"""
    me = person(request)
    services.still_coming(signup_id=signup_id, by=me)
    return queries.signup(me, signup_id)


@router.post("/signups/{signup_id}/transfer", response={204: None}, operation_id="transfer")
def transfer(request: HttpRequest, signup_id: uuid.UUID, data: TransferIn) -> Any:
    """A group's seat goes to another of the same group."""
    services.transfer(signup_id=signup_id, to_id=data.to, by=person(request))
    return Status(204, None)


@router.get("/signups/{signup_id}/file", response={200: None}, operation_id="signup_file", openapi_extra=FILE)
def signup_file(request: HttpRequest, signup_id: uuid.UUID) -> Any:
    """加到日历: for the phone's own calendar."""
    data = ics.signup_file(queries.own_signup(person(request), signup_id))
    headers = {"Content-Disposition": f'attachment; filename="service-{signup_id}.ics"'}
    return HttpResponse(data, content_type=TYPE, headers=headers)
