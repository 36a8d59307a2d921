"""Notices to the person who signed up."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import dates
from backend.visits.models import Offer, Signup, WaitlistEntry
from backend.visits.notices.events import to_bring
from backend.volunteers.notices.letters import Content, letters
from notifications.sender import Letter

Status = Signup.Status


def signup_letters(batch: Batch) -> Sequence[Letter]:
    """How they stand; nobody is told what has changed again."""
    found = Signup.objects.filter(pk=batch.params["signup"], status=batch.params["status"])
    signup = found.select_related("shift__event__home").first()
    if signup is None or signup.shift.event.cancelled_at is not None:
        return []
    content = _content(signup)
    event = str(signup.shift.event_id)
    return letters(batch, [signup.user_id], content, signup=str(signup.pk), service=event)


def _content(signup: Signup) -> Content:
    shift, event = signup.shift, signup.shift.event
    where = f"{dates.day_and_span(shift.starts_at, shift.ends_at)}，{event.home.name}，{shift.title}。"
    titles = {
        Status.CONFIRMED: f"报名成功：{event.title}",
        Status.WAITLISTED: f"已排进候补：{event.title}",
        Status.OFFERED: f"有名额了：{event.title}",
        Status.CANCELLED: f"报名已取消：{event.title}",
        Status.LAPSED: f"这次没有排上：{event.title}",
    }
    bodies = {
        Status.CONFIRMED: where + to_bring(event),
        Status.WAITLISTED: f"{where}有名额空出来就按顺序问您。",
        Status.OFFERED: f"{where}{_until(signup)}",
        Status.CANCELLED: where,
        Status.LAPSED: f"{where}谢谢您的心意，欢迎报名别的活动。",
    }
    status = Status(signup.status)
    link = f"/service/mine/{signup.pk}"
    return Content(
        kind="offer" if status == Status.OFFERED else "signup",
        tag=f"signup-{signup.pk}",
        title=titles[status],
        body=bodies[status],
        link=link,
    )


def _until(signup: Signup) -> str:
    entry = WaitlistEntry.objects.filter(signup=signup)
    offer = Offer.objects.filter(entry__in=entry, state=Offer.State.OPEN).first()
    return f"请在{dates.day_and_time(offer.expires_at)}前点确认，过时就问后面的人。" if offer else ""
