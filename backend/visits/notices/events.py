"""Notices of an event: to everybody who comes, that it changed or was cancelled; to the staff, that too few come."""

import uuid
from collections.abc import Sequence
from typing import Any

from backend.accounts.notices import Batch
from backend.common import dates
from backend.homes.topics import staff_thread
from backend.visits.models import GroupBooking, ServiceEvent, Signup
from backend.volunteers.notices.letters import THREAD, Content, coordinators_of, letters, staff_of
from notifications.sender import Letter


def stated_facts(event: ServiceEvent) -> list[Any]:
    """What a letter says of it: as long as this holds, the letter is true."""
    return [event.starts_at.timestamp(), event.ends_at.timestamp(), event.title, event.place, event.cancelled_at is not None]


def concerned(event: ServiceEvent) -> set[int | None]:
    """Who has a place, waits for one, or coordinates a group that does."""
    people = Signup.objects.filter(shift__event=event, status__in=Signup.ACTIVE).values_list("user", flat=True)
    groups = GroupBooking.objects.filter(shift__event=event, status__in=("held", "waitlisted", "offered"))
    coordinators = [user for group in groups.values_list("organisation", flat=True).distinct() for user in coordinators_of(group)]
    return {*people, *coordinators}


def event_letters(batch: Batch) -> Sequence[Letter]:
    event = ServiceEvent.objects.select_related("home").filter(pk=batch.params["service"]).first()
    if event is None or stated_facts(event) != batch.params["is"]:
        return []
    content = _changed(event)
    return letters(batch, concerned(event), content, at=event.touched_at, service=str(event.pk))


def _changed(event: ServiceEvent) -> Content:
    where = f"{dates.day_and_span(event.starts_at, event.ends_at)}，{event.home.name}{event.place and f'，{event.place}'}。"
    tag, link = f"service-{event.pk}", f"/service/{event.pk}"
    if event.cancelled_at is not None:
        title, body = f"活动取消了：{event.title}", f"原定{where}原因：{event.reason}。"
    else:
        title, body = f"活动有变动：{event.title}", f"现在是{where}来不了的话请点取消，让给别人。"
    return Content(kind="service_change", tag=tag, title=title, body=body, link=link)


def cancelled_today(event: ServiceEvent) -> list[Letter]:
    """Booked for today: these interrupt at once."""
    content, cause = _changed(event), uuid.uuid4()
    return [
        Letter(
            to=user,
            kind=content.kind,
            event=cause,
            thread=THREAD,
            tag=content.tag,
            title=content.title,
            body=content.body,
            link=content.link,
            at=event.touched_at,
            data={"service": str(event.pk)},
            urgent=True,
        )
        for user in sorted(user for user in concerned(event) if user is not None)
    ]


def short_letters(batch: Batch) -> Sequence[Letter]:
    """To the staff: names are taken no more, and too few come."""
    event = ServiceEvent.objects.filter(pk=batch.params["service"], cancelled_at=None).first()
    if event is None:
        return []
    title = f"人数不够：{event.title}"
    body = f"{dates.day_and_span(event.starts_at, event.ends_at)}，报了 {batch.params['people']} 人，至少要 {event.minimum} 人。"
    content = Content(kind="service_short", tag=f"short-{event.pk}", title=title, body=body, link=f"/service/{event.pk}")
    thread = staff_thread(event.home_id)
    return letters(batch, staff_of(event.home_id), content, thread=thread, service=str(event.pk))


def to_bring(event: ServiceEvent) -> str:
    """One sentence, or nothing: whether the Home's own words end with a stop or not."""
    return f"请带：{event.bring.rstrip('。.')}。" if event.bring else ""
