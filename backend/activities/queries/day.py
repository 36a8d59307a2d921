"""A member's own sessions of one day."""

import datetime as dt
from dataclasses import dataclass

from backend.activities.models import Participation, Session, Therapy
from backend.activities.queries.audience import meant
from backend.activities.queries.calendar import between
from backend.common import clock
from backend.homes.models import Home

State = Participation.State


@dataclass(frozen=True)
class OwnSession:
    """As the member's family reads it; `mark` is what the teacher noted."""

    id: int
    therapy: str
    word: str
    title: str
    place: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    mark: str | None

    @property
    def running(self) -> bool:
        """With the member in it, as far as anybody said."""
        return self.starts_at <= clock.now() < self.ends_at and self.mark != State.LEFT_EARLY


def own_sessions(member_id: int, home: Home, day: dt.date) -> list[OwnSession]:
    """What takes place in that Home that day with the member: meant and not declined, or there."""
    rows = Session.objects.filter(between(day, day), home=home, cancelled_at=None).select_related("activity")
    sessions = list(rows.order_by("starts_at", "id"))
    expected = meant(sessions, members=[member_id])
    marks = dict(Participation.objects.filter(session__in=sessions, member=member_id).values_list("session", "state"))
    own = [s for s in sessions if (expected[s.pk] or s.pk in marks) and marks.get(s.pk) != State.DECLINED]
    return [_own(session, marks.get(session.pk)) for session in own]


def _own(session: Session, mark: str | None) -> OwnSession:
    return OwnSession(
        id=session.pk,
        therapy=session.activity.therapy,
        word=Therapy(session.activity.therapy).label,
        title=session.title,
        place=session.place,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        mark=mark,
    )
