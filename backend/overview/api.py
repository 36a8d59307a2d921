"""Reads that put siblings side by side."""

import datetime as dt
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Status

from backend.accounts import services
from backend.accounts.auth import SignedIn
from backend.accounts.rules import SignedOutError, device_of, person, signed_in
from backend.accounts.schemas import NameIn, NameOut
from backend.activities.queries import calendar
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.etag import not_modified
from backend.common.found import require
from backend.common.schemas import Id
from backend.homes.queries import staffed_home
from backend.homes.rules import officer_homes
from backend.overview import queries
from backend.overview import services as verbs
from backend.overview.rules import may_see_day
from backend.overview.schemas import Answer, AskedMember, Call, DayCard, HomesOverview, Me, TaggedMember, VisitAlbum
from backend.people.rules import visible_members
from backend.records.queries import checkins
from backend.records.schemas.afterwards import ThanksIn
from backend.records.schemas.checkins import Visit

router = Router(tags=["overview"])


@router.get("/me", response=Me, auth=SignedIn(held=True), operation_id="me")
def me(request: HttpRequest) -> Any:
    """Who I am and what I may do. A held device learns only that it is held."""
    user, device = signed_in(request), device_of(request)
    if user is None:
        raise SignedOutError("请先登录。")
    return queries.me(user, device)


@router.patch("/me", response=NameOut, operation_id="rename")
def rename(request: HttpRequest, data: NameIn) -> Any:
    """How families and colleagues see me."""
    return services.rename(user=person(request), name=data.name)


@router.get("/members/{member_id}/day", response=DayCard, operation_id="day_card")
def day_card(request: HttpRequest, member_id: Path[Id], date: dt.date | None = None) -> Any:
    """The relative's card: has the member arrived, who received them, when do they go home."""
    me, day = person(request), date or clock.today()
    member = visible_members(me).filter(pk=member_id).first()
    card = queries.day_card(member, day, by=me) if member else None
    if card is None or not may_see_day(me, member_id, card.home):
        raise NotFoundError
    return card


@router.get("/overview/unreached", response=list[Call], operation_id="call_list")
def call_list(request: HttpRequest, home: Query[Id]) -> Any:
    """Families who were not reached: whom to ring and why."""
    return queries.call_list(staffed_home(person(request), home))


@router.get("/overview/answers", response=list[Answer], operation_id="answers")
def answers(request: HttpRequest, home: Query[Id]) -> Any:
    """The families' one-tap answers of today, newest first."""
    return queries.answers(staffed_home(person(request), home))


@router.get("/overview/visitors", response=list[Visit], operation_id="visitors")
def visitors(request: HttpRequest, home: Query[Id]) -> Any:
    """Who visits a Home today, for its staff, its families and its officer: organisations and numbers, nobody's name."""
    found = calendar.home_viewer(person(request), home).home
    return checkins.visitors([found])[found.pk]


@router.get("/overview/homes", response={200: HomesOverview, 304: None}, operation_id="homes_overview")
def homes_overview(request: HttpRequest, response: HttpResponse) -> Any:
    """Counts of every Home in the officer's areas."""
    homes = officer_homes(person(request))
    require(homes)
    answer = queries.homes_overview(homes)
    return not_modified(request, response, answer) or answer


@router.get("/moments/people", response=list[TaggedMember], operation_id="people_to_tag")
def people_to_tag(request: HttpRequest, home: Query[Id]) -> Any:
    """Who may be in a photo: today's first, each with who may see them."""
    return queries.people_to_tag(staffed_home(person(request), home))


@router.put("/service-events/{event_id}/thanks", response={204: None}, operation_id="thank")
def thank(request: HttpRequest, event_id: Path[uuid.UUID], data: ThanksIn) -> Any:
    """The Home thanks all who came, with a post of its own as the visit's album."""
    verbs.thank(event_id=event_id, text=data.text, post=data.post, by=person(request))
    return Status(204, None)


@router.get("/service-events/{event_id}/album", response=VisitAlbum, operation_id="visit_album")
def visit_album(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Photos of a visit, as its volunteers may see them: for who came, and for the Home's staff."""
    return queries.visit_album(person(request), event_id)


@router.get("/service-events/{event_id}/opinions", response=list[AskedMember], operation_id="opinions")
def opinions(request: HttpRequest, event_id: Path[uuid.UUID]) -> Any:
    """Whom to ask how the visit was: the members who were there, each with what they have said."""
    return queries.people_to_ask(person(request), event_id)


@router.post("/calendar/sessions/{session_id}/participation/present", response={204: None}, operation_id="mark_present")
def mark_present(request: HttpRequest, session_id: Path[Id]) -> Any:
    """全部参加: everybody who is meant and in the house joined."""
    verbs.mark_all_present(session_id=session_id, by=person(request))
    return Status(204, None)
