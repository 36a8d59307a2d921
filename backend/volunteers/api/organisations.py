"""Organisations over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.volunteers.queries import organisations as queries
from backend.volunteers.schemas.common import Token
from backend.volunteers.schemas.organisations import OrganisationByLink, OrganisationIn, OrganisationOut, RoleIn, UnverifiedOut
from backend.volunteers.services import organisations as services

router = Router()


@router.post("/organisations", response={201: OrganisationOut}, operation_id="create_organisation")
def create_organisation(request: HttpRequest, data: OrganisationIn) -> Any:
    """Whoever registers it coordinates it; a Home or the officer verifies it once."""
    me = person(request)
    made = services.create_organisation(name=data.name, kind=data.kind, by=me)
    return Status(201, queries.organisation(me, made.pk))


@router.get("/organisations/unverified", response=list[UnverifiedOut], operation_id="unverified_organisations")
def unverified_organisations(request: HttpRequest) -> Any:
    """For managers and officers."""
    return queries.unverified(person(request))


@router.get("/organisations/{organisation_id}", response=OrganisationOut, operation_id="organisation")
def organisation(request: HttpRequest, organisation_id: Path[Id]) -> Any:
    """For its members; with people and joining link for its coordinators."""
    return queries.organisation(person(request), organisation_id)


@router.post("/organisations/{organisation_id}/verification", response={204: None}, operation_id="verify_organisation")
def verify_organisation(request: HttpRequest, organisation_id: Path[Id]) -> Any:
    """From now on it may hold places."""
    services.verify_organisation(organisation_id=organisation_id, by=person(request))
    return Status(204, None)


@router.post("/organisations/{organisation_id}/link", response=OrganisationOut, operation_id="renew_link")
def renew_link(request: HttpRequest, organisation_id: Path[Id]) -> Any:
    """Another joining link; the one before opens nothing."""
    me = person(request)
    services.renew_link(organisation_id=organisation_id, by=me)
    return queries.organisation(me, organisation_id)


@router.put("/organisations/{organisation_id}/members/{user_id}", response={204: None}, operation_id="set_role")
def set_role(request: HttpRequest, organisation_id: Path[Id], user_id: Path[Id], data: RoleIn) -> Any:
    """For coordinators."""
    services.set_role(organisation_id=organisation_id, user_id=user_id, role=data.role, by=person(request))
    return Status(204, None)


@router.delete("/organisations/{organisation_id}/members/{user_id}", response={204: None}, operation_id="leave_organisation")
def leave_organisation(request: HttpRequest, organisation_id: Path[Id], user_id: Path[Id]) -> Any:
    """By the person, or by a coordinator."""
    services.leave_organisation(organisation_id=organisation_id, user_id=user_id, by=person(request))
    return Status(204, None)


@router.get("/organisations/link/{token}", response=OrganisationByLink, operation_id="organisation_of_link")
def organisation_of_link(request: HttpRequest, token: Path[Token]) -> Any:
    """What one is asked to join; looking changes nothing."""
    me = person(request)
    return queries.seen_by_link(services.organisation_of_link(token), me)


@router.post("/organisations/link/{token}/members", response=OrganisationByLink, operation_id="join_organisation")
def join_organisation(request: HttpRequest, token: Path[Token]) -> Any:
    """Yes. A second time does nothing."""
    me = person(request)
    return queries.seen_by_link(services.join_by_link(token=token, by=me), me)
