"""Answers the questions of notifications (notifications/sender.py): who hears what, and what comes back to whom."""

import datetime as dt
import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any

from backend.accounts.notices import Batch
from backend.accounts.sessions import still_open
from backend.activities.notices import session_letters
from backend.attendance import notices as door
from backend.attendance.models import Leave
from backend.attendance.services.receipts import progressed, replied
from backend.common import clock
from backend.homes.models import Home, StaffPost, running
from backend.homes.topics import home_of, home_topic
from backend.moments.notices import digest_letters
from backend.people.models import Member, Relative
from backend.people.notices import joined_letters
from backend.people.queries import readers_of
from backend.records.notices.afterwards import thanks_letters
from backend.records.notices.certificates import certificate_letters
from backend.records.notices.corrections import correction_asked_letters, correction_letters
from backend.records.notices.honours import honour_letters
from backend.records.notices.records import record_letters
from backend.visits.notices.bookings import booking_letters
from backend.visits.notices.events import event_letters, short_letters
from backend.visits.notices.reminders import reminder_letters
from backend.visits.notices.requests import proposal_letters, wish_letters
from backend.visits.notices.signups import signup_letters
from backend.volunteers.notices.organisations import organisation_letters
from backend.volunteers.notices.profiles import credential_letters
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
    return LETTERS[kind](Batch(topic=topic, event=event, params=params, after=after, limit=limit))


def _unsigned(batch: Batch) -> Sequence[Letter]:
    home, day = _home(batch.topic), dt.date.fromisoformat(batch.params["day"])
    names, readers = batch.params["names"], _staff(home, batch)
    return door.unsigned_letters(names, day=day, home=home, event=batch.event, at=clock.now(), readers=readers)


def _leave(batch: Batch) -> Sequence[Letter]:
    """To the relatives who did not tap it themselves; to nobody once it is no longer so, or the day is over."""
    leave = Leave.objects.select_related("member", "home").get(pk=batch.event)
    if leave.date != clock.today() or batch.params["withdrawn"] != (leave.withdrawn_at is not None):
        return []
    tapped_by = leave.withdrawn_by_id or leave.asked_by_id
    own = Relative.objects.filter(user=tapped_by, member=leave.member, ended_at=None).first()
    readers = readers_of(leave.member_id).filter(user__gt=batch.after, user__is_active=True).exclude(user=tapped_by)[: batch.limit]
    return door.leave_letters(leave, by=own.relation if own else "老师", readers=[reader.user_id for reader in readers])


def _reply(batch: Batch) -> Sequence[Letter]:
    params, home = batch.params, _home(batch.topic)
    member = Member.objects.get(pk=params["member"])
    relative = Relative.objects.filter(user=params["user"], member=member, ended_at=None).first()
    who, at = relative.relation if relative else "家属", dt.datetime.fromisoformat(params["at"])
    readers = _staff(home, batch)
    return door.reply_letters(params["answer"], who=who, member=member, home=home, event=batch.event, at=at, readers=readers)


def _home(topic: str) -> Home:
    return Home.objects.get(pk=home_of(topic))


def _staff(home: Home, batch: Batch) -> list[int]:
    posts = StaffPost.objects.filter(running(clock.today()), home=home, user__gt=batch.after, user__is_active=True)
    return list(posts.order_by("user").values_list("user", flat=True).distinct()[: batch.limit])


# Every kind that is announced anywhere: what is told, and who reads it.
LETTERS: dict[str, Callable[[Batch], Sequence[Letter]]] = {
    # members and families
    "joined": joined_letters,
    "session": session_letters,
    "moments": digest_letters,
    # the door
    "leave": _leave,
    "unsigned": _unsigned,
    "reply": _reply,
    # volunteering
    "organisation": organisation_letters,
    "credential": credential_letters,
    "event": event_letters,
    "short": short_letters,
    "reminder": reminder_letters,
    "signup": signup_letters,
    "booking": booking_letters,
    "wish": wish_letters,
    "proposal": proposal_letters,
    "record": record_letters,
    "correction": correction_letters,
    "correction_asked": correction_asked_letters,
    "honour": honour_letters,
    "certificate": certificate_letters,
    "thanks": thanks_letters,
}
