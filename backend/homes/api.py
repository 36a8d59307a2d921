"""Homes over HTTP."""

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Status

from backend.accounts.rules import person
from backend.common.errors import NotFoundError
from backend.common.schemas import Id
from backend.homes import queries, rules, services
from backend.homes.schemas import HolidayIn, HolidayOut, HomeOut, PinIn, PostOut

router = Router(tags=["homes"])


@router.get("/homes/{home_id}", response=HomeOut, operation_id="home")
def home(request: HttpRequest, home_id: Path[Id]) -> Any:
    """For its staff and the officers of its area."""
    return queries.visible_home(person(request), home_id)


@router.get("/homes/{home_id}/posts", response=list[PostOut], operation_id="posts")
def posts(request: HttpRequest, home_id: Path[Id]) -> Any:
    """Who may stand at the door."""
    return queries.posts(queries.staffed_home(person(request), home_id))


@router.post("/homes/{home_id}/door", response={204: None}, operation_id="check_pin")
def check_pin(request: HttpRequest, home_id: Path[Id], data: PinIn) -> Any:
    """Another teacher takes over the tablet; five wrong tries block the post for five minutes."""
    services.check_pin(home_id=home_id, post_id=data.post, pin=data.pin, by=person(request))
    return Status(204, None)


@router.delete("/posts/{post_id}", response={204: None}, operation_id="end_post")
def end_post(request: HttpRequest, post_id: Path[Id]) -> Any:
    """For the manager: somebody no longer works here."""
    services.end_post(post_id=post_id, by=person(request))
    return Status(204, None)


@router.put("/me/pin", response={204: None}, operation_id="set_pin")
def set_pin(request: HttpRequest, data: PinIn) -> Any:
    """My own, four to six digits."""
    me = person(request)
    services.set_pin(post=queries.own_post(me, data.post), pin=data.pin, by=me)
    return Status(204, None)


@router.get("/holidays", response=list[HolidayOut], operation_id="holidays")
def holidays(request: HttpRequest, year: Query[Annotated[int, Field(ge=2000, le=2100)]]) -> Any:
    """The table of days off and make-up workdays, for the officer who keeps it."""
    if not rules.may_edit_holidays(person(request)):
        raise NotFoundError
    return queries.holidays(year)


@router.put("/holidays/{date}", response=HolidayOut, operation_id="put_holiday")
def put_holiday(request: HttpRequest, date: dt.date, data: HolidayIn) -> Any:
    """A day off, or a make-up workday."""
    return services.put_holiday(date=date, name=data.name, works=data.works, by=person(request))


@router.delete("/holidays/{date}", response={204: None}, operation_id="delete_holiday")
def delete_holiday(request: HttpRequest, date: dt.date) -> Any:
    """The weekday decides again."""
    services.delete_holiday(date=date, by=person(request))
    return Status(204, None)
