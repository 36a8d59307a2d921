"""The demo's weeks of the five therapies: last week's and the coming ones, and one session that is running now."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.activities.models import Activity, Group, Participation, Session, Therapy
from backend.activities.queries import audience
from backend.activities.services import groups, timetable
from backend.activities.services.plan import Plan
from backend.activities.services.planning import create
from backend.attendance.models import DayStatus
from backend.common import clock
from backend.demo.times import rounded
from backend.homes.models import Home, StaffPost
from backend.people.queries import members_of

State = Participation.State
# Therapy, title, place, begins, minutes, days, materials, note.
Planned = tuple[Therapy, str, str, str, int, str, str, str]
PLANS: tuple[Planned, ...] = (
    (Therapy.REHAB, "晨间早操", "院子", "08:40", 20, "MO,TU,WE,TH,FR", "", ""),
    (Therapy.WORK, "包装小夜灯", "手工车间", "09:05", 55, "MO,WE,FR", "纸盒、标签", ""),
    (Therapy.WORK, "比一比：串珠", "手工车间", "09:05", 55, "TU,TH", "珠子、托盘、计时器", "比谁串得又快又好"),
    (Therapy.FARM, "采摘青菜", "菜园", "10:10", 50, "MO,WE,FR", "篮子、手套", "中午食堂就吃它"),
    (Therapy.FARM, "菜园浇水", "菜园", "10:10", 50, "TU,TH", "水壶", ""),
    (Therapy.COUNSELING, "保健知识：秋冬护眼", "活动室", "13:30", 60, "MO,TH", "", "社区医院徐医生来讲"),
    (Therapy.REHAB, "公园散步", "凌公塘公园", "13:30", 60, "TU,FR", "", "穿舒服的鞋"),
    (Therapy.CULTURE, "元旦节目：合唱", "礼堂", "15:00", 60, "MO,WE,FR", "歌谱", ""),
    (Therapy.CULTURE, "书法绘画", "活动室", "15:00", 60, "TU,TH", "毛笔、宣纸", ""),
)
# Around now: the second of today's sessions is running.
RUNNING_SINCE, APART, BREAK = dt.timedelta(minutes=25), dt.timedelta(minutes=70), dt.timedelta(minutes=5)
RESULTS: dict[str, dict[str, Any]] = {
    "采摘青菜": {"baskets": 2, "result": "大丰收"},
    "比一比：串珠": {"pieces": 186, "rank": 1, "result": "比上周多 20 件"},
}


@transaction.atomic
def tell_weeks(home: Home) -> None:
    """Plans once, from last Monday on; every day moves today's sessions around now and notes what came of the past ones.

    At a weekend, when nothing is planned, one session of each therapy takes place all the same.
    """
    today = clock.today()
    post = StaffPost.objects.filter(home=home).select_related("user").order_by("id")[0]
    if not Activity.objects.filter(home=home).exists():
        monday = today - dt.timedelta(days=today.weekday() + 7)
        with clock.moved_to(clock.at(monday, dt.time(7))):
            _plan(home, post, monday, [(plan, f"FREQ=WEEKLY;BYDAY={plan[5]}") for plan in PLANS])
            timetable.lay_out_home(home)
    timetable.lay_out_home(home)
    if not Session.objects.filter(home=home, date=today).exists():
        with clock.moved_to(clock.at(today, dt.time())):
            _plan(home, post, today, _one_of_each())
            timetable.lay_out_home(home)
    _move_around_now(list(Session.objects.filter(home=home, date=today, changed=False).order_by("starts_at", "pk")))
    _took_part(home, post.user)


def _one_of_each() -> list[tuple[Planned, str]]:
    return [(plan, "") for plan in {plan[0]: plan for plan in reversed(PLANS)}.values()]


def _choir(home: Home, post: StaffPost) -> Group:
    choir = Group.objects.filter(home=home, name="合唱队").first()
    return choir or groups.make_group(home_id=home.pk, name="合唱队", members=[member.pk for member in members_of(home)[:12]], by=post.user)


def _plan(home: Home, post: StaffPost, first: dt.date, plans: Iterable[tuple[Planned, str]]) -> None:
    choir = _choir(home, post)
    for (therapy, title, place, begins, minutes, _, materials, note), rule in plans:
        plan = Plan(
            therapy=therapy,
            title=title,
            place=place,
            leader=post.pk,
            audience="group" if "合唱" in title else "all",
            group=choir.pk,
            materials=materials,
            note=note,
            starts_on=first,
            starts_at=dt.time.fromisoformat(begins),
            minutes=minutes,
            rule=rule,
        )
        create(uuid.uuid4(), home, plan, by=post.user)  # without looking for conflicts, nine times in each Home


def _move_around_now(sessions: Sequence[Session]) -> None:
    """As if the day were in full swing, at midnight too: one is over if the day had room for it, the next is running."""
    now = rounded(clock.now())
    midnight, last = clock.at(clock.today(), dt.time()), clock.at(clock.today(), dt.time(23, 50))
    running = max(now - RUNNING_SINCE, midnight)
    before = min(1, int((running - midnight) / APART))
    for index, session in enumerate(sessions):
        length = session.ends_at - session.starts_at
        # The first is over just now, so that some had already come.
        starts_at = running - BREAK - length if index < before else running + APART * (index - before)
        session.starts_at = min(starts_at, last)
        session.ends_at = max(session.starts_at + length, now + RUNNING_SINCE) if index == before else session.starts_at + length
        session.changed = True
    Session.objects.bulk_update(sessions, ["starts_at", "ends_at", "changed"])


def _took_part(home: Home, teacher: User) -> None:
    """Of the last two weeks: most joined, one left early, one did not want to; today, of those who have come."""
    now = clock.now()
    past = Session.objects.filter(home=home, ends_at__lt=now, starts_at__gt=now - dt.timedelta(days=14), participations=None)
    sessions = list(past.select_related("activity").order_by("starts_at", "pk"))
    expected = audience.meant(sessions)
    rows = []
    for session in sessions:
        there = expected[session.pk]
        if session.date == clock.today():
            came = DayStatus.objects.filter(home=home, date=session.date, arrived_at__lt=session.ends_at)
            there = there & set(came.values_list("member", flat=True))
        for index, member in enumerate(sorted(there)):
            state = {3: State.LEFT_EARLY, 7: State.DECLINED}.get((index + session.pk) % 23, State.JOINED)
            rows.append(Participation(session=session, member_id=member, state=state, marked_by=teacher, marked_at=session.ends_at))
    Participation.objects.bulk_create(rows)
    for title, result in RESULTS.items():
        Session.objects.filter(pk__in=expected, title=title).update(**result)
