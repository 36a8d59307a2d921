"""Volunteers, organisations, papers."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.homes.queries import staffed_home
from backend.volunteering import queries, services
from backend.volunteering.queries.visits import visits
from backend.volunteering.rules import own_organisation
from backend.volunteering.schemas.common import Token
from backend.volunteering.schemas.people import (
    CheckedIn,
    CredentialIn,
    CredentialOut,
    MyProfile,
    OrganisationByLink,
    OrganisationIn,
    OrganisationOut,
    OrganisationVisits,
    PaperOut,
    ProfileIn,
    RoleIn,
    UnverifiedOut,
    VisitsAsked,
)

router = Router()


@router.get("/me/volunteer", response=MyProfile, operation_id="volunteer_profile")
def volunteer_profile(request: HttpRequest) -> Any:
    """My own volunteer's facts and papers."""
    return {"profile": queries.profile(person(request))}


@router.put("/me/volunteer", response=MyProfile, operation_id="keep_profile")
def keep_profile(request: HttpRequest, data: ProfileIn) -> Any:
    """Given once, before the first sign-up."""
    me = person(request)
    services.keep_profile(**data.dict(), by=me)
    return {"profile": queries.profile(me)}


@router.post("/me/credentials", response={201: CredentialOut}, operation_id="show_credential")
def show_credential(request: HttpRequest, data: CredentialIn) -> Any:
    """Staff of that Home will look at the paper."""
    made = services.show_credential(kind=data.kind, valid_until=data.valid_until, home_id=data.home, by=person(request))
    return Status(201, made)


@router.delete("/me/credentials/{credential_id}", response={204: None}, operation_id="withdraw_credential")
def withdraw_credential(request: HttpRequest, credential_id: Path[Id]) -> Any:
    """Forgotten."""
    services.withdraw_credential(credential_id=credential_id, by=person(request))
    return Status(204, None)


@router.get("/homes/{home_id}/credentials", response=list[PaperOut], operation_id="papers_to_check")
def papers_to_check(request: HttpRequest, home_id: Path[Id]) -> Any:
    """Papers shown to this Home that wait for a look."""
    return queries.papers_to_check(staffed_home(person(request), home_id))


@router.put("/credentials/{credential_id}/check", response={204: None}, operation_id="check_credential")
def check_credential(request: HttpRequest, credential_id: Path[Id], data: CheckedIn) -> Any:
    """Seen, and good or not."""
    services.check_credential(credential_id=credential_id, accepted=data.accepted, reason=data.reason, by=person(request))
    return Status(204, None)


@router.post("/organisations", response={201: OrganisationOut}, operation_id="found_organisation")
def found_organisation(request: HttpRequest, data: OrganisationIn) -> Any:
    """Whoever registers it coordinates it; a Home or the officer verifies it once."""
    me = person(request)
    made = services.found_organisation(name=data.name, kind=data.kind, by=me)
    return Status(201, queries.organisation(me, made.pk))


@router.get("/organisations/unverified", response=list[UnverifiedOut], operation_id="unverified_organisations")
def unverified_organisations(request: HttpRequest) -> Any:
    """For managers and officers."""
    return queries.unverified(person(request))


@router.get("/organisations/{organisation_id}", response=OrganisationOut, operation_id="organisation")
def organisation(request: HttpRequest, organisation_id: Path[Id]) -> Any:
    """For its members; with people and joining link for its coordinators."""
    return queries.organisation(person(request), organisation_id)


@router.get("/organisations/{organisation_id}/visits", response=OrganisationVisits, operation_id="organisation_visits")
def organisation_visits(request: HttpRequest, organisation_id: Path[Id], asked: Query[VisitsAsked]) -> Any:
    """For its members: where it goes, or with `past` where it has been."""
    me = person(request)
    return visits(me, own_organisation(me, organisation_id), past=asked.past, after=asked.after)


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
    """By himself, or by a coordinator."""
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
