"""What remains of a visit, over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.records.queries import afterwards as queries
from backend.records.schemas.afterwards import Afterwards, FeedbackIn, OpinionIn
from backend.records.services import afterwards as services

router = Router()


@router.get("/service-events/{event_id}/afterwards", response=Afterwards, operation_id="afterwards")
def afterwards(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Thanks, thumbs and words about a visit."""
    return queries.afterwards(person(request), event_id)


@router.put("/service-events/{event_id}/opinions/{member_id}", response={204: None}, operation_id="say_opinion")
def say_opinion(request: HttpRequest, event_id: Path[uuid.UUID], member_id: Path[Id], data: OpinionIn) -> Any:
    """A member's own thumb up or down."""
    services.say_opinion(event_id=event_id, member_id=member_id, liked=data.liked, by=person(request))
    return Status(204, None)


@router.put("/service-events/{event_id}/feedback", response={204: None}, operation_id="give_feedback")
def give_feedback(request: HttpRequest, event_id: Path[uuid.UUID], data: FeedbackIn) -> Any:
    """A volunteer's words to the Home."""
    services.give_feedback(event_id=event_id, again=data.again, text=data.text, by=person(request))
    return Status(204, None)
