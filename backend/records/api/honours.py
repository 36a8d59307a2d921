"""Honours over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.records.schemas.honours import HonourIn
from backend.records.services import honours as services

router = Router()


@router.post("/service-records/{record_id}/honours", response={204: None}, operation_id="honour")
def honour(request: HttpRequest, record_id: Path[Id], data: HonourIn) -> Any:
    """表彰: stands on the certificates that are issued from now on."""
    services.give_honour(record_id=record_id, title=data.title, given_on=data.given_on, by=person(request))
    return Status(204, None)


@router.delete("/service-records/honours/{honour_id}", response={204: None}, operation_id="take_back_honour")
def take_back_honour(request: HttpRequest, honour_id: Path[Id]) -> Any:
    """Given by mistake, and on no certificate that holds."""
    services.take_back_honour(honour_id=honour_id, by=person(request))
    return Status(204, None)
