"""A volunteer's own facts and papers over HTTP."""

from typing import Any

from django.http import HttpRequest
from ninja import Path, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.homes.queries import staffed_home
from backend.volunteers.queries import profiles as queries
from backend.volunteers.schemas.profiles import CheckedIn, CredentialIn, CredentialOut, MyProfile, PaperOut, ProfileIn
from backend.volunteers.services import profiles as services

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
