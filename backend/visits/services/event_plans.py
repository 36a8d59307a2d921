"""Event plans: what a Home says of an event, checked."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from backend.activities.services.plan import leader_of
from backend.common import clock
from backend.common.errors import InvalidError
from backend.common.text import clean
from backend.homes.models import Home
from backend.visits.models import ServiceEvent
from backend.visits.rules import FARTHEST

DEFAULT_CANCEL = dt.timedelta(hours=24)
LONGEST = dt.timedelta(hours=24)
MOST_SHIFTS, MOST_PEOPLE = 20, 500


@dataclass(frozen=True, kw_only=True)
class ShiftPlan:
    """Without times: the event's own. With an id: that shift, changed."""

    id: int | None = None
    title: str
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    capacity: int
    skill: str = ""
    credential: str = ""
    minimum_age: int = 0


@dataclass(frozen=True, kw_only=True)
class EventPlan:
    title: str
    kind: str
    therapy: str = ""
    place: str = ""
    starts_at: dt.datetime
    ends_at: dt.datetime
    text: str = ""
    bring: str = ""
    cover: str = ""
    contact: int | None = None
    minimum: int = 1
    maximum: int | None = None
    audience: str = ServiceEvent.Audience.OPEN
    signup_opens_at: dt.datetime | None = None
    signup_closes_at: dt.datetime | None = None
    cancel_until: dt.datetime | None = None
    shifts: Sequence[ShiftPlan]


def check_plan(plan: EventPlan, home: Home) -> EventPlan:
    """The same with tidy words and every time filled in, or a refusal."""
    now = clock.now()
    if not now < plan.starts_at <= now + FARTHEST:
        raise InvalidError("请选现在起一年以内的时间。", fields={"starts_at": "请选现在起一年以内的时间。"})
    if not plan.starts_at < plan.ends_at <= plan.starts_at + LONGEST:
        raise InvalidError("结束要晚于开始，最长一天。", fields={"ends_at": "结束要晚于开始，最长一天。"})
    closes, until = plan.signup_closes_at or plan.starts_at, plan.cancel_until or plan.starts_at - DEFAULT_CANCEL
    if closes > plan.starts_at or until > plan.starts_at or (plan.signup_opens_at is not None and plan.signup_opens_at >= closes):
        raise InvalidError("报名和取消的截止时间不能晚于开始。", fields={"signup_closes_at": "不能晚于开始。"})
    return replace(
        plan,
        title=clean(plan.title, name="title", longest=40, least=1),
        place=clean(plan.place, name="place", longest=60),
        text=clean(plan.text, name="text", longest=600),
        bring=clean(plan.bring, name="bring", longest=200),
        contact=leader_of(home, plan.contact),
        signup_closes_at=closes,
        cancel_until=until,
        shifts=_shifts(plan),
    )


def _shifts(plan: EventPlan) -> list[ShiftPlan]:
    if not 1 <= len(plan.shifts) <= MOST_SHIFTS:
        raise InvalidError(f"请排 1 到 {MOST_SHIFTS} 个岗位。", fields={"shifts": "请排岗位。"})
    people = sum(shift.capacity for shift in plan.shifts)
    if not plan.minimum <= people <= (plan.maximum or MOST_PEOPLE) or any(shift.capacity < 1 for shift in plan.shifts):
        sentence = f"岗位一共 {people} 人，要在最少 {plan.minimum} 人和最多 {plan.maximum or MOST_PEOPLE} 人之间。"
        raise InvalidError(sentence, fields={"shifts": sentence})
    return [_shift(shift, plan) for shift in plan.shifts]


def _shift(shift: ShiftPlan, plan: EventPlan) -> ShiftPlan:
    starts_at, ends_at = shift.starts_at or plan.starts_at, shift.ends_at or plan.ends_at
    if not plan.starts_at <= starts_at < ends_at <= plan.ends_at:
        raise InvalidError("岗位的时间要在活动里面。", fields={"shifts": "岗位的时间要在活动里面。"})
    title = clean(shift.title, name="shifts", longest=20, least=1)
    return replace(shift, title=title, starts_at=starts_at, ends_at=ends_at)
