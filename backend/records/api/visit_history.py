"""Who visited whom, over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.records.queries import visit_history as queries
from backend.records.schemas.visit_history import HomeBalance, OrganisationVisits, VisitsAsked
from backend.volunteers.rules import own_organisation

router = Router()


@router.get("/organisations/{organisation_id}/visits", response=OrganisationVisits, operation_id="organisation_visits")
def organisation_visits(request: HttpRequest, organisation_id: Path[Id], asked: Query[VisitsAsked]) -> Any:
    """For its members: where it goes, or with `past` where it has been."""
    me = person(request)
    return queries.organisation_visits(me, own_organisation(me, organisation_id), past=asked.past, after=asked.after)


@router.get("/visit-balance", response=list[HomeBalance], operation_id="visit_balance")
def visit_balance(request: HttpRequest) -> Any:
    """For managers and officers: which Homes were visited in the last four quarters, how often, by whom."""
    return queries.visit_balance(person(request))
