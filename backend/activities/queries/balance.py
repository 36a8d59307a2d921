"""A member's month among the five therapies."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from backend.accounts.models import User
from backend.activities.models import Participation, Session, Therapy
from backend.activities.queries.audience import meant
from backend.activities.queries.calendar import between
from backend.common.found import one
from backend.homes.rules import staff_homes
from backend.people.rules import own_members, visible_members

State = Participation.State


@dataclass(frozen=True, kw_only=True)
class TherapyBalance:
    therapy: str
    planned: int
    taken: int


@dataclass(frozen=True, kw_only=True)
class Balance:
    member: int
    short_name: str
    month: str
    therapies: list[TherapyBalance]


def balance(user: User, member_id: int, month: dt.date) -> Balance:
    """Planned for the member and taken part in, per therapy. The family sees the whole month, staff what was in their Home."""
    member = one(visible_members(user).filter(pk=member_id))
    last = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    rows = Session.objects.filter(between(month, last), home__placements__member=member_id, cancelled_at=None).distinct()
    if not own_members(user).filter(pk=member_id).exists():
        rows = rows.filter(home__in=staff_homes(user))
    sessions = list(rows.select_related("activity"))
    marks = dict(Participation.objects.filter(session__in=sessions, member=member_id).values_list("session", "state"))
    expected = meant(sessions, members=[member_id])
    planned = Counter(s.activity.therapy for s in sessions if expected[s.pk] or s.pk in marks)
    taken = Counter(s.activity.therapy for s in sessions if marks.get(s.pk) in {State.JOINED, State.LEFT_EARLY})
    therapies = [TherapyBalance(therapy=therapy, planned=planned[therapy], taken=taken[therapy]) for therapy in Therapy.values]
    return Balance(member=member_id, short_name=member.short_name, month=f"{month:%Y-%m}", therapies=therapies)
