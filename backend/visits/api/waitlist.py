"""The waitlist over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.visits.queries import waitlist as queries
from backend.visits.schemas.waitlist import DecisionOut

router = Router()


@router.get("/shifts/{shift_id}/decisions", response=list[DecisionOut], operation_id="waitlist_decisions")
def waitlist_decisions(request: HttpRequest, shift_id: Path[Id]) -> Any:
    """What was decided about the waitlist, newest first, for whom it concerns."""
    return queries.decisions(person(request), shift_id)
