"""To everybody who comes to an event: it changed, it was cancelled, it is near."""

import uuid
from collections.abc import Sequence
from typing import Any

from backend.common import clock
from backend.volunteering.models import GroupBooking, ServiceEvent, Shift, Signup
from backend.volunteering.notices.letters import THREAD, Batch, Words, coordinators_of, day_and_time, staff_of, to_bring
from notifications.sender import Letter

# The second reminder, which asks.
HOURS_BEFORE = 2


def as_told(event: ServiceEvent) -> list[Any]:
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
    if event is None or as_told(event) != batch.params["is"]:
        return []
    words = _changed(event)
    return [batch.letter(user, words, at=event.touched_at, service=str(event.pk)) for user in batch.readers(concerned(event))]


def _changed(event: ServiceEvent) -> Words:
    where = f"{day_and_time(event.starts_at, event.ends_at)}，{event.home.name}{event.place and f'，{event.place}'}。"
    tag, link = f"service-{event.pk}", f"/service/{event.pk}"
    if event.cancelled_at is not None:
        title, body = f"活动取消了：{event.title}", f"原定{where}原因：{event.reason}。"
    else:
        title, body = f"活动有变动：{event.title}", f"现在是{where}来不了的话请点取消，让给别人。"
    return Words(kind="service_change", tag=tag, title=title, body=body, link=link)


def cancelled_today(event: ServiceEvent) -> list[Letter]:
    """Booked for today: these interrupt at once."""
    words, cause = _changed(event), uuid.uuid4()
    return [
        Letter(
            to=user,
            kind=words.kind,
            event=cause,
            thread=THREAD,
            tag=words.tag,
            title=words.title,
            body=words.body,
            link=words.link,
            at=event.touched_at,
            data={"service": str(event.pk)},
            urgent=True,
        )
        for user in sorted(user for user in concerned(event) if user is not None)
    ]


def reminder_letters(batch: Batch) -> Sequence[Letter]:
    """A day before, and two hours before: 还来吗？"""
    shift = Shift.objects.select_related("event__home").filter(pk=batch.params["shift"], event__cancelled_at=None).first()
    if shift is None or shift.starts_at.timestamp() != batch.params["starts_at"] or shift.starts_at <= clock.now():
        return []
    if batch.params["hours"] != HOURS_BEFORE and shift.reminders > 1:
        return []  # the office was closed, and the second says it better
    rows = Signup.objects.filter(shift=shift, status=Signup.Status.CONFIRMED, user__isnull=False)
    mine = dict(rows.values_list("user", "pk"))
    return [
        batch.letter(user, _reminder(shift, mine[user], batch.params["hours"]), signup=str(mine[user]), service=str(shift.event_id))
        for user in batch.readers(mine)
    ]


def _reminder(shift: Shift, signup: uuid.UUID, hours: int) -> Words:
    event = shift.event
    near = clock.local_date(shift.starts_at) == clock.today()
    title = f"{'今天' if near else '明天'} {clock.hhmm(shift.starts_at)}：{event.title}"
    ask = "还来吗？来不了请点取消，让给候补的人。" if hours == HOURS_BEFORE else "来不了的话早点取消，让给别人。"
    body = f"{event.home.name}{event.home.address and f'（{event.home.address}）'}，{shift.title}。{to_bring(event)}{ask}"
    return Words(kind="service_reminder", tag=f"reminder-{signup}", title=title, body=body, link=f"/service/mine/{signup}")


def short_letters(batch: Batch) -> Sequence[Letter]:
    """To the staff: names are taken no more, and too few come."""
    event = ServiceEvent.objects.filter(pk=batch.params["service"], cancelled_at=None).first()
    if event is None:
        return []
    title = f"人数不够：{event.title}"
    body = f"{day_and_time(event.starts_at, event.ends_at)}，报了 {batch.params['people']} 人，至少要 {event.minimum} 人。"
    words = Words(kind="service_short", tag=f"short-{event.pk}", title=title, body=body, link=f"/service/{event.pk}")
    thread = f"home:{event.home_id}"
    return [batch.letter(user, words, thread=thread, service=str(event.pk)) for user in batch.readers(staff_of(event.home_id))]
