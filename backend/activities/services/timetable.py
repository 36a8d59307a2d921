"""The Home's sessions to come: laid out from its activities, and brought in line with them."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from backend.activities import recurrence
from backend.activities.models import Activity, Session, Timetable
from backend.activities.notices import SESSION, as_told
from backend.activities.queries import audience, opening
from backend.common import clock
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.topics import home_topic
from notifications import outbox

CLOSED = "家园今天休息"
# What a session has from its activity, as long as nobody changed this one.
FACTS = ("starts_at", "ends_at", "title", "place", "leader_id", "note")
TOLD = ("starts_at", "ends_at", "title", "place")
# What a verb may change of a row.
CHANGING = ("starts_at", "ends_at", "title", "place", "leader", "note", "changed", "cancelled_at", "reason", "sequence", "touched_at")


def lock_timetable(home: Home) -> Timetable:
    """Takes the Home's turn: every verb that plans starts here."""
    Timetable.objects.get_or_create(home=home)
    return Timetable.objects.select_for_update(no_key=True).get(home=home)


@verb
def lay_out_home(home: Home) -> None:
    """A further day comes into sight, or a holiday changed: what nobody touched follows."""
    timetable = lock_timetable(home)
    opened = opening.opening(home)
    lay_out(opening.running_activities(home), opened=opened)
    timetable.laid_out = opening.laid_out_for(opened)
    timetable.save(update_fields=["laid_out"])


def lay_out(activities: Sequence[Activity], *, opened: AbstractSet[dt.date], reason: str = CLOSED) -> list[Session]:
    """Brings the sessions that have not begun in line with their activities; those a person changed or cancelled stay.

    What falls away today is cancelled, so that it can be told; later it was only a plan. Returns the sessions to come.
    """
    now, there = clock.now(), defaultdict[uuid.UUID, dict[dt.date, Session]](dict)
    for session in Session.objects.filter(activity__in=activities, date__gte=clock.today()).select_related("home"):
        there[session.activity_id][session.date] = session
    new: list[Session] = []
    lines: list[Session] = []
    gone: list[Session] = []
    for activity in activities:
        wanted, known = _wanted(activity, opened), there[activity.pk]
        for day, session in known.items():
            if session.starts_at > now and not session.changed and session.cancelled_at is None:
                session.activity = activity
                (lines if day in wanted else gone).append(session)
        new += [made(activity, day) for day in sorted(wanted - known.keys())]
    let_go(gone, reason)
    different = [session for session in lines if align(session, made(session.activity, session.date))]
    Session.objects.bulk_update(different, CHANGING)
    return [*lines, *Session.objects.bulk_create(new)]


def _wanted(activity: Activity, opened: AbstractSet[dt.date]) -> set[dt.date]:
    """The dates to come. What is planned once is meant, whether the Home opens that day or not."""
    if activity.rule:
        found = recurrence.dates(rule=activity.rule, starts_on=activity.starts_on, opened=opened)
    else:
        found = {activity.starts_on} if activity.starts_on >= clock.today() else set()
    return {day for day in found if activity.ended_on is None or day < activity.ended_on}


def made(activity: Activity, day: dt.date) -> Session:
    """The session of that date as its activity has it."""
    starts_at = clock.at(day, activity.starts_at)
    return Session(
        activity=activity,
        home_id=activity.home_id,
        date=day,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=activity.minutes),
        title=activity.title,
        place=activity.place,
        leader_id=activity.leader_id,
        note=activity.note,
        touched_at=clock.now(),
    )


def align(session: Session, wanted: Session) -> bool:
    """Gives it these facts, and tells if it is today's. Whether there is something to save."""
    different = [name for name in FACTS if getattr(session, name) != getattr(wanted, name)]
    told, was_today = bool(set(different) & set(TOLD)), is_today(session)
    expected = audience.meant([session])[session.pk] if told and was_today else frozenset()
    for name in different:
        setattr(session, name, getattr(wanted, name))
    if different:
        count_on(session)
    if told and (was_today or is_today(session)):
        tell(session, members=expected)
    return bool(different)


def let_go(sessions: Sequence[Session], reason: str) -> None:
    """Those of today are cancelled and told; what lies ahead was only a plan."""
    for session in sessions:
        if is_today(session) and session.cancelled_at is None:
            cancel(session, reason)
    Session.objects.filter(pk__in=[session.pk for session in sessions if not is_today(session)]).delete()


def cancel(session: Session, reason: str) -> None:
    session.cancelled_at, session.reason = clock.now(), reason
    count_on(session)
    session.save(update_fields=CHANGING)
    if is_today(session):
        tell(session)


def count_on(session: Session) -> None:
    """A further number for the calendars that subscribe."""
    session.sequence += 1
    session.touched_at = clock.now()


def is_today(session: Session) -> bool:
    return clock.local_date(session.starts_at) == clock.today()


def tell(session: Session, *, restored: bool = False, members: Iterable[int] = ()) -> None:
    """To the families of those concerned; also of `members`, who were meant before it changed."""
    now = clock.now()
    if session.ends_at <= now:
        return
    params = {
        "session": session.pk,
        "is": as_told(session),
        "day": clock.today().isoformat(),
        "restored": restored,
        "members": sorted(members),
    }
    outbox.announce(topic=home_topic(session.home_id), kind=SESSION, due_at=clock.calm(now), event=uuid.uuid4(), params=params)
