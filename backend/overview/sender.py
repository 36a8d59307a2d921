"""Answers the post office's questions (notifications/sender.py): who hears what, and what comes back to whom."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any

from backend.accounts.sessions import still_open
from backend.activities.notices import session_letters
from backend.attendance import notices as door
from backend.attendance.models import Leave
from backend.attendance.services import progressed, replied
from backend.common import clock
from backend.homes.models import Home, StaffPost, running
from backend.homes.topics import home_of, home_topic
from backend.moments.notices import digest_letters
from backend.people.models import Member, Relative
from backend.people.notices import joined_letters
from backend.people.queries import readers_of
from backend.volunteering import notices as service
from notifications.sender import Letter, SignIn

__all__ = ["expand", "progressed", "replied", "still_signed_in", "topics_of"]


def topics_of(people: Collection[int]) -> dict[int, list[str]]:
    """Staff listen to the boards of their Homes. Families hear by notices alone. One query."""
    posts = StaffPost.objects.filter(running(clock.today()), user__in=people, user__is_active=True).distinct()
    homes: dict[int, list[str]] = {user_id: [] for user_id in people}
    for user_id, home_id in posts.order_by("home").values_list("user", "home"):
        homes[user_id].append(home_topic(home_id))
    return homes


def still_signed_in(sign_ins: Collection[SignIn]) -> dict[SignIn, list[str]]:
    """Asked for all who are connected: a fixed number of queries."""
    open_sessions = still_open({each.session for each in sign_ins})
    topics = topics_of({each.user_id for each in sign_ins})
    return {each: topics[each.user_id] for each in sign_ins if each.session in open_sessions}


def expand(kind: str, *, topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    """The next readers' letters, asking again who may see it now."""
    return EXPANDERS[kind](topic, event, params, after, limit)


def _joined(topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    return joined_letters(topic=topic, event=event, params=params, after=after, limit=limit)


def _session(_topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    return session_letters(event=event, params=params, after=after, limit=limit)


def _moments(_topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    return digest_letters(event=event, params=params, after=after, limit=limit)


def _volunteering(_topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    return service.letters(event=event, params=params, after=after, limit=limit)


def _unsigned(topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    home, day = _home(topic), dt.date.fromisoformat(params["day"])
    return door.unsigned_letters(params["names"], day=day, home=home, event=event, at=clock.now(), readers=_staff(home, after, limit))


def _leave(_topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    """To the relatives who did not tap it themselves; to nobody once it is no longer so, or the day is over."""
    leave = Leave.objects.select_related("member", "home").get(pk=event)
    if leave.date != clock.today() or params["withdrawn"] != (leave.withdrawn_at is not None):
        return []
    tapped_by = leave.withdrawn_by_id or leave.asked_by_id
    own = Relative.objects.filter(user=tapped_by, member=leave.member, ended_at=None).first()
    readers = readers_of(leave.member_id).filter(user__gt=after, user__is_active=True).exclude(user=tapped_by)[:limit]
    return door.leave_letters(leave, by=own.relation if own else "老师", readers=[reader.user_id for reader in readers])


def _reply(topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    home, member = _home(topic), Member.objects.get(pk=params["member"])
    relative = Relative.objects.filter(user=params["user"], member=member, ended_at=None).first()
    who, at = relative.relation if relative else "家属", dt.datetime.fromisoformat(params["at"])
    readers = _staff(home, after, limit)
    return door.reply_letters(params["answer"], who=who, member=member, home=home, event=event, at=at, readers=readers)


def _home(topic: str) -> Home:
    return Home.objects.get(pk=home_of(topic))


def _staff(home: Home, after: int, limit: int) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home, user__gt=after, user__is_active=True)
    return list(posts.order_by("user").values_list("user", flat=True).distinct()[:limit])


EXPANDERS: dict[str, Callable[[str, uuid.UUID, dict[str, Any], int, int], Sequence[Letter]]] = {
    "joined": _joined,
    "session": _session,
    "moments": _moments,
    "leave": _leave,
    "unsigned": _unsigned,
    "reply": _reply,
    service.ANNOUNCED: _volunteering,
}
