"""A Home's quiet over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from backend.accounts.rules import person
from backend.activities.schemas import Day
from backend.common.schemas import Id
from backend.homes.queries import staffed_home
from backend.visits.queries import quiet as queries
from backend.visits.schemas.quiet import HomeToVisit, QuietIn, QuietOut
from backend.visits.services import quiet as services
from backend.volunteers.schemas.common import Why

router = Router()


@router.get("/homes/{home_id}/quiet", response=QuietOut, operation_id="home_quiet")
def home_quiet(request: HttpRequest, home_id: Path[Id]) -> Any:
    """How many visits a week, and on which days none."""
    return queries.quiet(staffed_home(person(request), home_id))


@router.put("/homes/{home_id}/quiet", response=QuietOut, operation_id="set_quiet")
def set_quiet(request: HttpRequest, home_id: Path[Id], data: QuietIn) -> Any:
    """At most so many visits a week."""
    me = person(request)
    services.set_quiet(home_id=home_id, visits_a_week=data.visits_a_week, by=me)
    return queries.quiet(staffed_home(me, home_id))


@router.put("/homes/{home_id}/blackout-days/{day}", response=QuietOut, operation_id="black_out")
def black_out(request: HttpRequest, home_id: Path[Id], day: Path[Day], data: Why) -> Any:
    """No visits on that day."""
    me = person(request)
    services.black_out(home_id=home_id, day=day, reason=data.reason, by=me)
    return queries.quiet(staffed_home(me, home_id))


@router.delete("/homes/{home_id}/blackout-days/{day}", response={204: None}, operation_id="lift_blackout")
def lift_blackout(request: HttpRequest, home_id: Path[Id], day: Path[Day]) -> Any:
    """Visits are welcome again."""
    services.lift_blackout(home_id=home_id, day=day, by=person(request))
    return Status(204, None)


@router.get("/homes-to-visit", response=list[HomeToVisit], operation_id="homes_to_visit")
def homes_to_visit(request: HttpRequest, area: Annotated[Id | None, Query()] = None) -> Any:
    """The Homes not visited for longest first, of an area or of all."""
    person(request)
    return queries.homes_to_visit(area)
