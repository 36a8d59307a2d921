"""A city's rules over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.records.queries import counting_rules as queries
from backend.records.schemas.counting_rules import RulesBody, RulesOut
from backend.records.services import counting_rules as services

router = Router()


@router.get("/service-rules", response=RulesOut, operation_id="service_rules")
def service_rules(request: HttpRequest, home: Annotated[Id | None, Query()] = None) -> Any:
    """How hours are counted at a Home, or where I serve; an officer's own area, which they may change."""
    return queries.rules_for(person(request), home)


@router.put("/service-rules", response=RulesOut, operation_id="put_service_rules")
def put_service_rules(request: HttpRequest, data: RulesBody) -> Any:
    """For what is counted from now on."""
    me = person(request)
    services.put_rules(issuer=data.issuer, rules=data.dict(exclude={"issuer"}), by=me)
    return queries.rules_for(me, None)
