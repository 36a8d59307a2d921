"""Members and families over HTTP."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Path, Query, Router, Status, UploadedFile

from backend.accounts.rules import person
from backend.common import uploads
from backend.common.qr import svg
from backend.common.schemas import Id
from backend.homes.queries import managed_home, staffed_home
from backend.people import queries, roster, services
from backend.people.schemas import (
    BoundOut,
    InvitationView,
    InvitedOut,
    InviteIn,
    MemberIn,
    MemberOut,
    MemberPage,
    MemberSearch,
    RelativeIn,
    RelativeName,
    RosterOut,
    Watcher,
)

router = Router(tags=["people"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BINARY = {"schema": {"type": "string", "format": "binary"}}
SHEET = {"responses": {200: {"description": "The sheet", "content": {XLSX: BINARY}}}}
Token = Annotated[str, Field(min_length=16, max_length=64)]


@router.get("/homes/{home_id}/members", response=MemberPage, operation_id="members")
def members(request: HttpRequest, home_id: Path[Id], search: Query[MemberSearch]) -> Any:
    """A Home's members for its staff, found by any part of name or 小名."""
    return queries.roster(staffed_home(person(request), home_id), search=search.q, after=search.after, limit=search.limit)


@router.get("/members/{member_id}", response=MemberOut, operation_id="member")
def member(request: HttpRequest, member_id: Path[Id]) -> Any:
    """One member for the staff of their Home: week, family, invitations."""
    return queries.member_for_staff(person(request), member_id)


@router.patch("/members/{member_id}", response=MemberOut, operation_id="edit_member")
def edit_member(request: HttpRequest, member_id: Path[Id], data: MemberIn) -> Any:
    """小名, colour, week."""
    me = person(request)
    pattern = None if data.pattern is None else [services.DayIn(**day.dict()) for day in data.pattern]
    services.edit_member(member_id=member_id, by=me, short_name=data.short_name, colour=data.colour, pattern=pattern)
    return queries.member_for_staff(me, member_id)


@router.put("/members/{member_id}/photo", response=MemberOut, operation_id="set_photo", openapi_extra=uploads.PHOTO)
def set_photo(request: HttpRequest, member_id: Path[Id]) -> Any:
    """The photo itself as the body: JPEG, PNG, WebP or HEIC, up to 20 MB."""
    me = person(request)
    with uploads.for_now(request) as photo:
        services.set_photo(member_id=member_id, source=photo, by=me)
    return queries.member_for_staff(me, member_id)


@router.delete("/members/{member_id}/photo", response={204: None}, operation_id="remove_photo")
def remove_photo(request: HttpRequest, member_id: Path[Id]) -> Any:
    """Back to the drawn avatar."""
    services.remove_photo(member_id=member_id, by=person(request))
    return Status(204, None)


@router.get("/members/{member_id}/watchers", response=list[Watcher], operation_id="watchers")
def watchers(request: HttpRequest, member_id: Path[Id]) -> Any:
    """Who sees this member's day, for the relatives and the staff."""
    return queries.watchers(person(request), member_id)


@router.post("/members/{member_id}/invitations", response={201: InvitedOut}, operation_id="invite")
def invite(request: HttpRequest, member_id: Path[Id], data: InviteIn) -> Any:
    """A QR that binds one phone within 72 hours; shown this once."""
    made = services.invite(member_id=member_id, relation=data.relation, can_sign=data.can_sign, by=person(request))
    return Status(201, {"id": made.invitation.pk, "url": made.url, "qr": svg(made.url), "expires_at": made.invitation.expires_at})


@router.delete("/invitations/{invitation_id}", response={204: None}, operation_id="revoke")
def revoke(request: HttpRequest, invitation_id: Path[Id]) -> Any:
    """It binds nobody any more."""
    services.revoke(invitation_id=invitation_id, by=person(request))
    return Status(204, None)


@router.get("/invitations/token/{token}", response=InvitationView, operation_id="invitation")
def invitation(request: HttpRequest, token: Path[Token]) -> Any:
    """Whose family one is invited to; looking changes nothing."""
    person(request)
    return services.open_invitation(token=token)


@router.post("/invitations/token/{token}/accept", response={201: BoundOut}, operation_id="accept")
def accept(request: HttpRequest, token: Path[Token]) -> Any:
    """Yes, that is my family."""
    bound = services.accept(token=token, by=person(request))
    home = queries.home_of(bound.member)
    return Status(201, {"relative": bound.pk, "member": bound.member_id, "home": home.pk if home else 0})


@router.delete("/relatives/{relative_id}", response={204: None}, operation_id="unbind")
def unbind(request: HttpRequest, relative_id: Path[Id]) -> Any:
    """By staff of the Home, or by the relative."""
    services.unbind(relative_id=relative_id, by=person(request))
    return Status(204, None)


@router.patch("/relatives/{relative_id}", response=RelativeName, operation_id="show_name")
def show_name(request: HttpRequest, relative_id: Path[Id], data: RelativeIn) -> Any:
    """让其他家庭看到我的称呼, or not."""
    return services.show_name(relative_id=relative_id, shows_name=data.shows_name, by=person(request))


@router.post("/relatives/{relative_id}/confirm", response={204: None}, operation_id="confirm_relative")
def confirm_relative(request: HttpRequest, relative_id: Path[Id]) -> Any:
    """Staff: the number is still theirs."""
    services.confirm_relative(relative_id=relative_id, by=person(request))
    return Status(204, None)


@router.get("/homes/{home_id}/roster.xlsx", response={200: None}, operation_id="roster_template", openapi_extra=SHEET)
def roster_template(request: HttpRequest, home_id: Path[Id]) -> Any:
    """The sheet to fill in."""
    managed_home(person(request), home_id)
    headers = {"Content-Disposition": 'attachment; filename="roster.xlsx"'}
    return HttpResponse(roster.template(), content_type=XLSX, headers=headers)


@router.post("/homes/{home_id}/roster", response=RosterOut, operation_id="import_roster")
def import_roster(request: HttpRequest, home_id: Path[Id], file: File[UploadedFile], dry_run: bool = False) -> Any:  # noqa: FBT001, FBT002 - a query parameter
    """All or nothing; every problem by row and column."""
    return services.import_roster(home_id=home_id, data=file.read(roster.MAX_BYTES + 1), dry_run=dry_run, by=person(request))
