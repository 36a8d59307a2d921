"""Wishes and proposals over HTTP."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.visits.queries import requests as queries
from backend.visits.schemas.requests import AnswerIn, ClaimIn, ProposalIn, ProposalOut, TimesIn, WishIn, WishOut
from backend.visits.services import requests as services
from backend.volunteers.schemas.common import Reference

router = Router()


@router.get("/wishes", response=list[WishOut], operation_id="wishes")
def wishes(request: HttpRequest, home: Annotated[Id | None, Query()] = None) -> Any:
    """微心愿: open ones for everybody, the others for those who have to do with them."""
    return queries.wishes(person(request), home_id=home)


@router.post("/wishes", response={200: Reference, 201: Reference}, operation_id="make_wish")
def make_wish(request: HttpRequest, data: WishIn) -> Any:
    """For staff. The same id again is answered 200."""
    made, new = services.make_wish(wish_id=data.id, home_id=data.home, **data.dict(exclude={"id", "home"}), by=person(request))
    return Status(201 if new else 200, {"id": made.pk})


@router.delete("/wishes/{wish_id}", response={204: None}, operation_id="withdraw_wish")
def withdraw_wish(request: HttpRequest, wish_id: uuid.UUID) -> Any:
    """For staff: not needed any more."""
    services.withdraw_wish(wish_id=wish_id, by=person(request))
    return Status(204, None)


@router.put("/wishes/{wish_id}/claim", response={204: None}, operation_id="claim_wish")
def claim_wish(request: HttpRequest, wish_id: uuid.UUID, data: ClaimIn) -> Any:
    """认领, by an organisation."""
    services.claim_wish(wish_id=wish_id, organisation_id=data.organisation, suggestion=data.suggestion, by=person(request))
    return Status(204, None)


@router.delete("/wishes/{wish_id}/claim", response={204: None}, operation_id="give_back_wish")
def give_back_wish(request: HttpRequest, wish_id: uuid.UUID) -> Any:
    """By the organisation or the Home: somebody else may claim it."""
    services.give_back_wish(wish_id=wish_id, by=person(request))
    return Status(204, None)


@router.post("/wishes/{wish_id}/date", response={201: Reference}, operation_id="fix_wish")
def fix_wish(request: HttpRequest, wish_id: uuid.UUID, data: TimesIn) -> Any:
    """For staff: the event that it becomes, with the organisation's places held."""
    wish = services.fix_wish(wish_id=wish_id, starts_at=data.starts_at, ends_at=data.ends_at, by=person(request))
    return Status(201, {"id": wish.event_id})


@router.get("/proposals", response=list[ProposalOut], operation_id="proposals")
def proposals(request: HttpRequest) -> Any:
    """From my organisations, and to my Homes."""
    return queries.proposals(person(request))


@router.post("/proposals", response={200: Reference, 201: Reference}, operation_id="propose")
def propose(request: HttpRequest, data: ProposalIn) -> Any:
    """A visit that an organisation would like to make. The same id again is answered 200."""
    facts = data.dict(exclude={"id", "home", "organisation"})
    made, new = services.propose(proposal_id=data.id, organisation_id=data.organisation, home_id=data.home, **facts, by=person(request))
    return Status(201 if new else 200, {"id": made.pk})


@router.post("/proposals/{proposal_id}/answer", response={204: None}, operation_id="answer_proposal")
def answer_proposal(request: HttpRequest, proposal_id: uuid.UUID, data: AnswerIn) -> Any:
    """For staff: accepted, moved to another time, or declined with a reason."""
    services.answer_proposal(proposal_id=proposal_id, **data.dict(), by=person(request))
    return Status(204, None)


@router.post("/proposals/{proposal_id}/agreement", response={204: None}, operation_id="agree_to_move")
def agree_to_move(request: HttpRequest, proposal_id: uuid.UUID) -> Any:
    """By the organisation: the Home's other time suits."""
    services.agree_to_move(proposal_id=proposal_id, by=person(request))
    return Status(204, None)


@router.delete("/proposals/{proposal_id}", response={204: None}, operation_id="withdraw_proposal")
def withdraw_proposal(request: HttpRequest, proposal_id: uuid.UUID) -> Any:
    """By the organisation."""
    services.withdraw_proposal(proposal_id=proposal_id, by=person(request))
    return Status(204, None)
