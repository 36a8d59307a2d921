"""Group bookings over HTTP: places held, seats taken by name."""

import uuid
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Status

from backend.accounts.rules import person
from backend.common.schemas import Id
from backend.visits.queries import bookings as queries
from backend.visits.schemas.bookings import BookedOut, BookingCard, BookingIn, BookingOut, SeatByLink, SeatIn, TakeIn
from backend.visits.services import bookings as services
from backend.volunteers import links
from backend.volunteers.schemas.common import Reference, Token

router = Router()


@router.post("/service-events/{event_id}/group-bookings", response={200: BookedOut, 201: BookedOut}, operation_id="book")
def book(request: HttpRequest, event_id: uuid.UUID, data: BookingIn) -> Any:
    """Places for an organisation, or its turn on the waitlist. The same id again is answered 200."""
    done = services.book(
        booking_id=data.id,
        event_id=event_id,
        shift_id=data.shift,
        organisation_id=data.organisation,
        places=data.places,
        minimum=data.minimum,
        by=person(request),
    )
    row = done.booking
    shown = {"id": row.pk, "status": row.status, "held": row.held, "names_due_at": row.names_due_at}
    return Status(200 if done.repeat else 201, shown | {"link": links.sign_link("seat", row.pk, row.link_version)})


@router.get("/organisations/{organisation_id}/group-bookings", response=list[BookingCard], operation_id="bookings")
def bookings(request: HttpRequest, organisation_id: Path[Id]) -> Any:
    """An organisation's to come, for its coordinators."""
    return queries.bookings(person(request), organisation_id=organisation_id)


@router.get("/group-bookings/{booking_id}", response=BookingOut, operation_id="booking")
def booking(request: HttpRequest, booking_id: uuid.UUID) -> Any:
    """With its seats, for its coordinators and the Home's staff."""
    return queries.booking(person(request), booking_id)


@router.delete("/group-bookings/{booking_id}", response={204: None}, operation_id="cancel_booking")
def cancel_booking(request: HttpRequest, booking_id: uuid.UUID, reason: Annotated[str, Query(), Field(max_length=120)] = "") -> Any:
    """All of it; who sat there is told. Also leaves the waitlist, or says no to an offer."""
    services.cancel_booking(booking_id=booking_id, reason=reason, by=person(request))
    return Status(204, None)


@router.post("/group-bookings/{booking_id}/confirmation", response=BookingOut, operation_id="accept_group_offer")
def accept_group_offer(request: HttpRequest, booking_id: uuid.UUID) -> Any:
    """Yes to the places that are offered."""
    me = person(request)
    services.accept_group_offer(booking_id=booking_id, by=me)
    return queries.booking(me, booking_id)


@router.post("/group-bookings/{booking_id}/seats", response={201: Reference}, operation_id="name_seat")
def name_seat(request: HttpRequest, booking_id: uuid.UUID, data: SeatIn) -> Any:
    """The coordinator fills in somebody of the group, or a name. A seat is emptied by cancelling its sign-up."""
    made = services.name_seat(booking_id=booking_id, signup_id=data.id, user_id=data.user, name=data.name, by=person(request))
    return Status(201, {"id": made.pk})


@router.get("/group-bookings/link/{token}", response=SeatByLink, operation_id="seat_of_link")
def seat_of_link(request: HttpRequest, token: Path[Token]) -> Any:
    """What one is asked to come to; looking changes nothing."""
    me = person(request)
    return queries.seat_link(me, services.booking_of_link(token))


@router.post("/group-bookings/link/{token}/seats", response={201: Reference}, operation_id="take_seat")
def take_seat(request: HttpRequest, token: Path[Token], data: TakeIn) -> Any:
    """I come with this group. The same again finds the same seat."""
    made = services.take_seat(token=token, signup_id=data.id, by=person(request))
    return Status(201, {"id": made.pk})
