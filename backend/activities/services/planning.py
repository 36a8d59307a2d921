"""The verbs of planning: plan, change, cancel, restore, end."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q

from backend.accounts.models import User
from backend.activities.models import Activity, Session
from backend.activities.queries import conflicts as conflicts_queries
from backend.activities.queries import opening
from backend.activities.rules import FARTHEST
from backend.activities.services.plan import Plan, checked, leader_of
from backend.activities.services.timetable import CHANGING, align, cancel, count_on, is_today, lay_out, let_go, lock_timetable, tell
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.found import one
from backend.common.text import clean, one_line
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.queries import staffed_home
from backend.homes.rules import staff_homes

ENDED = "活动不再继续"
REPLANNED = "改了日子"


@dataclass(frozen=True, kw_only=True)
class Planned:
    activity: Activity
    sessions: list[Session]
    conflicts: list[str]
    repeat: bool = False


@dataclass(frozen=True, kw_only=True)
class Changed:
    session: Session
    conflicts: list[str]


@verb
def plan_activity(*, activity_id: uuid.UUID, home_id: int, plan: Plan, by: User) -> Planned:
    """Once or again and again. The same id again is answered with what it became."""
    home = staffed_home(by, home_id)
    lock_timetable(home)
    known = Activity.objects.filter(pk=activity_id).first()
    if known is not None:
        if (known.home_id, known.title) != (home.pk, one_line(plan.title)):
            raise ConflictError("这个编号已经用过，请刷新后再排一次。")
        return Planned(activity=known, sessions=list(known.sessions.order_by("date")), conflicts=[], repeat=True)
    activity = create(activity_id, home, checked(plan, home), by=by)
    sessions = lay_out([activity], opened=opening.opening(home))
    if not sessions:
        raise InvalidError("按这样重复，九周里一场也没有，请看看日期和星期。", fields={"rule": "一场也没有。"})
    return Planned(activity=activity, sessions=sessions, conflicts=conflicts_queries.conflicts(home, sessions))


def create(activity_id: uuid.UUID, home: Home, plan: Plan, *, by: User) -> Activity:
    """The row of a plan that has been checked."""
    activity = Activity.objects.create(
        id=activity_id,
        home=home,
        therapy=plan.therapy,
        title=plan.title,
        place=plan.place,
        leader_id=plan.leader,
        audience=plan.audience,
        group_id=plan.group,
        materials=plan.materials,
        note=plan.note,
        starts_on=plan.starts_on,
        starts_at=plan.starts_at,
        minutes=plan.minutes,
        rule=plan.rule,
        created_by=by,
        created_at=clock.now(),
    )
    activity.members.set(plan.members)
    return activity


@verb
def change_session(
    *, session_id: int, starts_at: dt.datetime, minutes: int, title: str, place: str, leader: int | None, note: str, by: User
) -> Changed:
    """This one only: from now on it follows its activity no more."""
    session = _ahead(session_id, by=by)
    if not clock.today() <= clock.local_date(starts_at) <= clock.today() + FARTHEST:
        raise InvalidError("请选今天起一年以内的时间。", fields={"starts_at": "请选今天起一年以内的时间。"})
    wanted = Session(
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(minutes=minutes),
        title=clean(title, name="title", longest=40, least=1),
        place=clean(place, name="place", longest=40),
        leader_id=leader_of(session.home, leader) if leader != session.leader_id else leader,
        note=clean(note, name="note", longest=200),
    )
    align(session, wanted)
    session.changed = True
    session.save(update_fields=CHANGING)
    return Changed(session=session, conflicts=conflicts_queries.conflicts(session.home, [session]))


@verb
def change_following(*, session_id: int, plan: Plan, by: User) -> Planned:
    """This one and all that follow: the activity ends here, and another takes over its sessions."""
    session = _ahead(session_id, by=by)
    home, old, day = session.home, session.activity, session.date
    plan = checked(plan, home)
    if old.sessions.filter(date__gte=plan.starts_on, date__lt=day).exists():
        raise InvalidError("前面还有场次，请从最早要改的那一场改起。", fields={"starts_on": "早于前面的场次。"})
    new = create(uuid.uuid4(), home, plan, by=by)
    old.ended_on = day
    old.save(update_fields=["ended_on"])
    once = not old.rule and not plan.rule
    old.sessions.filter(pk=session.pk).update(changed=False, date=plan.starts_on if once else day)
    old.sessions.filter(Q(date__gte=day) | Q(pk=session.pk)).update(activity=new)
    sessions = lay_out([new], opened=opening.opening(home), reason=REPLANNED)
    if not sessions:
        raise InvalidError("按这样重复，九周里一场也没有，请看看日期和星期。", fields={"rule": "一场也没有。"})
    return Planned(activity=new, sessions=sessions, conflicts=conflicts_queries.conflicts(home, sessions))


@verb
def cancel_session(*, session_id: int, reason: str, by: User) -> Session:
    """A second time does nothing."""
    session = _ahead(session_id, by=by, cancelled=True)
    if session.cancelled_at is None:
        cancel(session, clean(reason, name="reason", longest=60))
    return session


@verb
def restore_session(*, session_id: int, by: User) -> Changed:
    """It takes place after all, whatever its activity says."""
    session = _ahead(session_id, by=by, cancelled=True)
    if session.cancelled_at is not None:
        session.cancelled_at, session.reason, session.changed = None, "", True
        count_on(session)
        session.save(update_fields=CHANGING)
        if is_today(session):
            tell(session, restored=True)
    return Changed(session=session, conflicts=conflicts_queries.conflicts(session.home, [session]))


@verb
def end_activity(*, activity_id: uuid.UUID, day: dt.date | None, by: User) -> None:
    """No sessions from that day on (today unless told). What has begun stays."""
    found = one(Activity.objects.select_related("home").filter(pk=activity_id, home__in=staff_homes(by)))
    lock_timetable(found.home)
    activity = Activity.objects.get(pk=activity_id)
    day = max(day or clock.today(), clock.today())
    activity.ended_on = min(day, activity.ended_on or day)
    activity.save(update_fields=["ended_on"])
    ahead = activity.sessions.filter(date__gte=day, starts_at__gt=clock.now()).select_related("home", "activity")
    let_go(list(ahead), ENDED)


def staffed_session(session_id: int, *, by: User) -> Session:
    return one(Session.objects.select_related("home", "activity").filter(pk=session_id, home__in=staff_homes(by)))


def _ahead(session_id: int, *, by: User, cancelled: bool = False) -> Session:
    """A session of their Home that is not over yet, with the Home's turn."""
    lock_timetable(staffed_session(session_id, by=by).home)
    session = staffed_session(session_id, by=by)
    if session.ends_at <= clock.now():
        raise ConflictError("这场已经结束，不能再改了。")
    if session.cancelled_at is not None and not cancelled:
        raise ConflictError("这场已经取消，请先恢复，再改。")
    return session
