"""What a teacher says of an activity, checked against the Home."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.activities.models import Activity, Group
from backend.activities.recurrence import is_rule
from backend.activities.rules import FARTHEST, HORIZON
from backend.common import clock, dates
from backend.common.errors import InvalidError
from backend.common.text import clean
from backend.homes.models import Home
from backend.homes.queries import posts
from backend.people.queries import members_of

Audience = Activity.Audience


@dataclass(frozen=True, kw_only=True)
class Plan:
    therapy: str
    title: str
    place: str = ""
    leader: int | None = None
    audience: str = Audience.ALL
    group: int | None = None
    members: Sequence[int] = ()
    materials: str = ""
    note: str = ""
    starts_on: dt.date
    starts_at: dt.time
    minutes: int
    rule: str = ""


def checked(plan: Plan, home: Home) -> Plan:
    """The same with tidy words, or a refusal."""
    today = clock.today()
    farthest = HORIZON if plan.rule else FARTHEST
    if plan.rule and not is_rule(plan.rule):
        raise InvalidError("这样重复排不出来，请重新选星期。", fields={"rule": "请重新选星期。"})
    if not today <= plan.starts_on <= today + farthest:
        last = today + farthest
        sentence = f"请选今天到 {last.year}年{dates.day(last)} 之间的日子。"
        raise InvalidError(sentence, fields={"starts_on": sentence})
    return replace(
        plan,
        title=clean(plan.title, name="title", longest=40, least=1),
        place=clean(plan.place, name="place", longest=40),
        materials=clean(plan.materials, name="materials", longest=200),
        note=clean(plan.note, name="note", longest=200),
        leader=leader_of(home, plan.leader),
        group=_group(plan, home),
        members=member_ids(home, plan.members) if plan.audience == Audience.NAMED else (),
    )


def leader_of(home: Home, post_id: int | None) -> int | None:
    if post_id is not None and not posts(home).filter(pk=post_id).exists():
        raise InvalidError("请选本家园的老师。", fields={"leader": "不是本家园的老师。"})
    return post_id


def member_ids(home: Home, ids: Sequence[int]) -> list[int]:
    """Some of the Home's members, at least one."""
    found = list(members_of(home).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    if not ids or len(found) != len(set(ids)):
        sentence = "请至少选一位本家园的成员。" if not ids else "有成员不在本家园了，请重新选。"
        raise InvalidError(sentence, fields={"members": sentence})
    return found


def _group(plan: Plan, home: Home) -> int | None:
    if plan.audience != Audience.GROUP:
        return None
    if not Group.objects.filter(home=home, pk=plan.group or 0).exists():
        raise InvalidError("请先选一个小组。", fields={"group": "请选一个小组。"})
    return plan.group
