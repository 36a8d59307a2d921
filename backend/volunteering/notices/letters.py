"""What all letters of volunteering have in common, and who reads them."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import StaffPost, running
from backend.volunteering.models import OrganisationMembership, ServiceEvent
from notifications.sender import Letter

ANNOUNCED = "volunteering"
TOPIC = "volunteering"
# A volunteer has one conversation for his service.
THREAD = "service"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What an announcement is to be expanded from, and whose turn it is."""

    event: uuid.UUID
    params: dict[str, Any]
    after: int
    limit: int

    def readers(self, users: Iterable[int | None]) -> list[int]:
        """The next of these who still use the app, in order of user id."""
        wanted = {user for user in users if user is not None and user > self.after}
        active = User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
        return list(active.values_list("pk", flat=True)[: self.limit])

    def letter(self, to: int, words: "Words", *, at: dt.datetime | None = None, thread: str = THREAD, **data: Any) -> Letter:
        return Letter(
            to=to,
            kind=words.kind,
            event=self.event,
            thread=thread,
            tag=words.tag,
            title=words.title,
            body=words.body,
            link=words.link,
            at=at or clock.now(),
            data=data,
        )


@dataclass(frozen=True, kw_only=True)
class Words:
    kind: str
    tag: str
    title: str
    body: str = ""
    link: str


def staff_of(home_id: int) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home_id)
    return list(posts.values_list("user", flat=True).distinct())


def managers_of(home_id: int) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home_id, role=StaffPost.Role.MANAGER)
    return list(posts.values_list("user", flat=True).distinct())


def coordinators_of(organisation_id: int) -> list[int]:
    rows = OrganisationMembership.objects.filter(organisation=organisation_id, ended_at=None, role="coordinator")
    return list(rows.values_list("user", flat=True))


def day_and_time(starts_at: dt.datetime, ends_at: dt.datetime) -> str:
    """11月28日 周六 09:00–11:30"""
    day = clock.local_date(starts_at)
    return f"{day.month}月{day.day}日 周{'一二三四五六日'[day.weekday()]} {clock.hhmm(starts_at)}–{clock.hhmm(ends_at)}"


def to_bring(event: ServiceEvent) -> str:
    """One sentence, or nothing: whether the Home's own words end with a stop or not."""
    return f"请带：{event.bring.rstrip('。.')}。" if event.bring else ""
