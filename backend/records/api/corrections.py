"""Corrections over HTTP."""

import uuid
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.homes.queries import managed_home
from backend.records.models import Correction
from backend.records.queries import corrections as queries
from backend.records.schemas.corrections import CorrectionAnswer, CorrectionIn, CorrectionOut, OpenCorrection
from backend.records.services import corrections as services

router = Router()


@router.post("/service-records/{record_id}/corrections", response={201: CorrectionOut}, operation_id="ask_correction")
def ask_correction(request: HttpRequest, record_id: Path[Id], data: CorrectionIn) -> Any:
    """Other times than were tapped, with the reason."""
    pairs = [(pair.start, pair.end) for pair in data.pairs]
    asked = services.ask_correction(correction_id=data.id, record_id=record_id, pairs=pairs, reason=data.reason, by=person(request))
    return Status(201, _correction(asked))


@router.get("/homes/{home_id}/corrections", response=list[OpenCorrection], operation_id="open_corrections")
def open_corrections(request: HttpRequest, home_id: Path[Id]) -> Any:
    """For the manager: what waits for an answer."""
    me = person(request)
    return queries.open_corrections(me, managed_home(me, home_id))


@router.post("/service-records/corrections/{correction_id}/answer", response=CorrectionOut, operation_id="answer_correction")
def answer_correction(request: HttpRequest, correction_id: Path[uuid.UUID], data: CorrectionAnswer) -> Any:
    """Yes, or no with a reason."""
    return _correction(services.answer_correction(correction_id=correction_id, accept=data.accept, answer=data.answer, by=person(request)))


@router.delete("/service-records/corrections/{correction_id}", response={204: None}, operation_id="withdraw_correction")
def withdraw_correction(request: HttpRequest, correction_id: Path[uuid.UUID]) -> Any:
    """Taken back before anybody answered."""
    services.withdraw_correction(correction_id=correction_id, by=person(request))
    return Status(204, None)


def _correction(asked: Correction) -> dict[str, Any]:
    return {"id": asked.pk, "state": asked.state, "answer": asked.answer}
