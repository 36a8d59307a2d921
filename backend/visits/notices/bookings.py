"""Notices to the coordinators of a group."""

import datetime as dt
from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import dates
from backend.visits.models import GroupBooking, Offer
from backend.volunteers.notices.letters import Content, coordinators_of, letter
from notifications.sender import Letter

# News that is not a status: it goes out as long as the group stands so.
WHILE = {"hold": "waitlisted", "names": "held", "released": "held"}


def booking_letters(batch: Batch) -> Sequence[Letter]:
    news = batch.params["news"]
    found = GroupBooking.objects.filter(pk=batch.params["booking"], status=WHILE.get(news, news))
    booking = found.select_related("shift__event__home", "organisation").first()
    if booking is None or booking.shift.event.cancelled_at is not None:
        return []
    title, body = _title_and_body(booking, news, batch)
    content = Content(kind="booking", tag=f"booking-{booking.pk}-{news}", title=title, body=body, link=f"/service/bookings/{booking.pk}")
    readers = batch.readers(coordinators_of(booking.organisation_id))
    return [letter(batch, user, content, booking=str(booking.pk), service=str(booking.shift.event_id)) for user in readers]


def _title_and_body(booking: GroupBooking, news: str, batch: Batch) -> tuple[str, str]:
    event, group, places = booking.shift.event, booking.organisation.name, batch.params["places"]
    where = f"{dates.day_and_span(booking.shift.starts_at, booking.shift.ends_at)}，{event.home.name}，{booking.shift.title}。"
    until = batch.params["until"]
    due = f"{dates.day_and_time(booking.names_due_at)}前没填名字的会放给候补。" if booking.names_due_at else ""
    empty = booking.held - booking.named
    return {
        "held": (f"{group}占了 {booking.held} 个名额：{event.title}", where + due),
        "waitlisted": (f"{group}已排进候补：{event.title}", f"{where}有名额空出来就按顺序问你们。"),
        "offered": (f"有名额了：{event.title}", f"{where}{_offer(booking)}"),
        "lapsed": (f"这次没有排上：{event.title}", f"{where}谢谢你们的心意，欢迎报名别的活动。"),
        "hold": (f"为{group}留着名额：{event.title}", f"空出 {places} 个，你们要 {booking.minimum} 个以上，已留到{_when(until)}。"),
        "names": (f"还有 {empty} 个名额没填名字：{event.title}", where + due),
        "released": (f"{places} 个没填名字的名额已放给候补：{event.title}", where),
    }[news]


def _when(until: str | None) -> str:
    return dates.day_and_time(dt.datetime.fromisoformat(until)) if until else ""


def _offer(booking: GroupBooking) -> str:
    offer = Offer.objects.filter(entry__booking=booking, state=Offer.State.OPEN).first()
    return f"{offer.places} 个名额，请在{dates.day_and_time(offer.expires_at)}前点确认，过时就问后面的。" if offer else ""
