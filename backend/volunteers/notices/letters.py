"""What all letters of volunteering have in common, and who reads them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.accounts.notices import Batch
from backend.common import clock
from backend.homes.models import StaffPost, running
from backend.volunteers.models import OrganisationMembership
from notifications.sender import Letter

# A volunteer has one conversation for all their service.
THREAD = "service"


@dataclass(frozen=True, kw_only=True)
class Content:
    kind: str
    tag: str
    title: str
    body: str = ""
    link: str


def letters(batch: Batch, readers: Iterable[int | None], content: Content, **more: Any) -> list[Letter]:
    """The same to the next of these."""
    return [letter(batch, user, content, **more) for user in batch.readers(readers)]


def letter(batch: Batch, to: int, content: Content, *, at: dt.datetime | None = None, thread: str = THREAD, **data: Any) -> Letter:
    return Letter(
        to=to,
        kind=content.kind,
        event=batch.event,
        thread=thread,
        tag=content.tag,
        title=content.title,
        body=content.body,
        link=content.link,
        at=at or clock.now(),
        data=data,
    )


def staff_of(home_id: int) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home_id)
    return list(posts.values_list("user", flat=True).distinct())


def managers_of(home_id: int) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home_id, role=StaffPost.Role.MANAGER)
    return list(posts.values_list("user", flat=True).distinct())


def coordinators_of(organisation_id: int) -> list[int]:
    rows = OrganisationMembership.objects.filter(organisation=organisation_id, ended_at=None, role="coordinator")
    return list(rows.values_list("user", flat=True))
