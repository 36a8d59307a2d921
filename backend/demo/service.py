"""The demo's visits: one with free places, one full with people waiting, one where the cast's Party branch holds places, one that was."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from backend.accounts.models import User
from backend.common import clock
from backend.demo.cast import person
from backend.demo.photos import FOLDER
from backend.demo.times import rounded
from backend.homes.models import Home, StaffPost
from backend.visits.models import ServiceEvent, Shift, Signup
from backend.visits.services import bookings, covers, events, requests, signups
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.models import Organisation
from backend.volunteers.services import organisations, profiles

FIRST_NUMBER = 40
NAMES = "钱丽 孙海峰 吴敏华 陈国良 沈雪梅 顾晓燕 俞建明 姚春芳 盛丽娟 马志平 蒋文娟".split()
DAY = dt.timedelta(days=1)
RULES = "请穿平底鞋；不拍照；叫名字不叫病。"
WISHES = (
    ("阳光家园", "想学弹吉他", "合唱队里有三个人想学，每周一次就好。", "other", 1),
    ("阳光家园", "给菜园搭个棚", "天冷了，青菜怕冻，想要几双有力气的手。", "farming", 4),
    ("秋阳家园", "冬天理一次发", "29 个人，两位师傅半天能理完。", "haircut", 2),
    ("禾欣家园", "一起包一顿饺子", "冬至快到了，人多才热闹。", "company", 8),
)


@transaction.atomic
def tell_service() -> None:
    """Once; what it tells lies in the three weeks from then on, and in the week before."""
    if ServiceEvent.objects.exists():
        return
    now = rounded(clock.now())
    with clock.moved_to(now - 20 * DAY):
        people = _people()
        branch, school = _organisations(people)
    saturday = _saturday(clock.local_date(now))
    with clock.moved_to(now - 15 * DAY):
        _past(people, branch, saturday - 14 * DAY)
    with clock.moved_to(now - 3 * DAY):
        _with_a_group(people, branch, saturday)
        waiting = _full(people, school, saturday)
        _others(saturday)
        _wishes(branch)
    with clock.moved_to(now - dt.timedelta(hours=2)):
        signups.cancel_signup(signup_id=waiting.pk, event_id=waiting.shift.event_id, reason="", by=people["陈国良"])


def _saturday(today: dt.date) -> dt.date:
    """The next but for one that is too near to wait for names."""
    ahead = (5 - today.weekday()) % 7
    return today + dt.timedelta(days=ahead if ahead > 3 else ahead + 7)  # noqa: PLR2004 - names are due two days before


def _people() -> dict[str, User]:
    found = {user.name: user for user in User.objects.filter(phone__in=("+8613800000004", "+8613800000005"))}
    found |= {name: person(number, name) for number, name in enumerate(NAMES, start=FIRST_NUMBER)}
    for name, user in found.items():
        profiles.keep_profile(name=name, age_group="adult", skills=["music"] if name == "徐明" else [], agree=True, by=user)
    return found


def _organisations(people: dict[str, User]) -> tuple[Organisation, Organisation]:
    branch = organisations.create_organisation(name="供电所党支部", kind="party", by=people["赵卫东"])
    school = organisations.create_organisation(name="向阳小学", kind="school", by=people["吴敏华"])
    for name in ("钱丽", "孙海峰"):
        organisations.join_organisation(branch, people[name])
    for organisation in (branch, school):
        organisations.verify_organisation(organisation_id=organisation.pk, by=_staff("阳光家园", role="manager"))
    return branch, school


def _staff(home: str, **more: Any) -> User:
    return StaffPost.objects.filter(home__name=home, **more).select_related("user").order_by("id")[0].user


def _event(home: str, title: str, day: dt.date, hours: tuple[str, str], shifts: Sequence[ShiftPlan], **more: Any) -> ServiceEvent:
    starts_at, ends_at = (clock.at(day, dt.time.fromisoformat(each)) for each in hours)
    staff = _staff(home)
    plan = EventPlan(title=title, starts_at=starts_at, ends_at=ends_at, shifts=shifts, bring=RULES, **more)
    event = events.plan_event(event_id=uuid.uuid4(), home_id=Home.objects.get(name=home).pk, plan=plan, by=staff).event
    return events.open_event(event_id=event.pk, by=staff)


def _sign(shift: Shift, user: User, organisation: Organisation | None = None) -> Signup:
    group = organisation.pk if organisation else None
    return signups.sign_up(signup_id=uuid.uuid4(), event_id=shift.event_id, shift_id=shift.pk, organisation_id=group, by=user).signup


def _hold(shift: Shift, organisation: Organisation, by: User, places: int, minimum: int) -> uuid.UUID:
    facts: dict[str, Any] = {"event_id": shift.event_id, "shift_id": shift.pk, "organisation_id": organisation.pk}
    return bookings.book(booking_id=uuid.uuid4(), **facts, places=places, minimum=minimum, by=by).booking.pk


def _past(people: dict[str, User], branch: Organisation, day: dt.date) -> None:
    event = _event(
        "阳光家园", "秋日陪伴散步", day, ("09:00", "11:00"), [ShiftPlan(title="陪伴散步", capacity=6)], kind="company", therapy="rehab"
    )
    for name, group in (("徐明", None), ("赵卫东", branch), ("钱丽", branch), ("顾晓燕", None)):
        _sign(event.shifts.get(), people[name], group)


def _with_a_group(people: dict[str, User], branch: Organisation, day: dt.date) -> None:
    starts, half, ends = (clock.at(day, dt.time.fromisoformat(each)) for each in ("09:00", "10:30", "11:30"))
    shifts = [
        ShiftPlan(title="陪伴散步", capacity=8, starts_at=starts, ends_at=half),
        ShiftPlan(title="量血压", capacity=3, credential="medical"),
        ShiftPlan(title="合唱伴奏", capacity=2, skill="music", starts_at=half, ends_at=ends),
    ]
    event = _event(
        "阳光家园",
        "周六义诊与陪伴日",
        day,
        ("09:00", "11:30"),
        shifts,
        kind="clinic",
        therapy="rehab",
        text="量血压、散步、合唱，陪大家过一个暖和的上午。",
    )
    walk = event.shifts.get(title="陪伴散步")
    booking, by = _hold(walk, branch, people["赵卫东"], 5, 3), people["赵卫东"]
    for name in ("赵卫东", "钱丽", "孙海峰"):
        bookings.name_seat(booking_id=booking, signup_id=uuid.uuid4(), user_id=people[name].pk, name="", by=by)
    _sign(walk, people["徐明"])


def _full(people: dict[str, User], school: Organisation, day: dt.date) -> Signup:
    """Six sit there, a class waits that needs all six, and 徐明 behind it. Who gives up a place, the demo tells later."""
    shifts = [ShiftPlan(title="合唱伴奏", capacity=6)]
    event = _event("秋阳家园", "冬日合唱会", day + 2 * DAY, ("13:30", "15:00"), shifts, kind="show", therapy="culture")
    shift = event.shifts.get()
    seats = [_sign(shift, people[name]) for name in NAMES[3:9]]
    _hold(shift, school, people["吴敏华"], 6, 6)
    for name in ("徐明", "马志平", "蒋文娟"):
        _sign(shift, people[name])
    return seats[0]


def _others(day: dt.date) -> None:
    weeding = [ShiftPlan(title="除草", capacity=6)]
    garden = _event("阳光家园", "菜园除草浇水", day + 4 * DAY, ("14:00", "16:00"), weeding, kind="farming", therapy="farm")
    covers.set_cover(event_id=garden.pk, source=FOLDER / "garden.webp", by=garden.created_by)
    _event("阳光家园", "家园开放日", day + 13 * DAY, ("09:00", "11:00"), [ShiftPlan(title="参观讲解", capacity=20)], kind="open_day")
    shifts = [ShiftPlan(title="理发", capacity=2, skill="haircut"), ShiftPlan(title="扫地洗头", capacity=4, minimum_age=14)]
    _event("秋阳家园", "冬日理发", day + 9 * DAY, ("13:00", "16:00"), shifts, kind="haircut")
    shifts = [ShiftPlan(title="包饺子", capacity=12)]
    _event("禾欣家园", "党日：一起包饺子", day + 6 * DAY, ("09:00", "11:30"), shifts, kind="party_day", audience="organisations")


def _wishes(branch: Organisation) -> None:
    coordinator = branch.created_by
    for home, title, text, kind, number in WISHES:
        here = Home.objects.get(name=home)
        wish, _ = requests.make_wish(
            wish_id=uuid.uuid4(), home_id=here.pk, title=title, text=text, kind=kind, people=number, by=_staff(home)
        )
        if home == "秋阳家园":
            requests.claim_wish(wish_id=wish.pk, organisation_id=branch.pk, suggestion="下周三下午有两位师傅", by=coordinator)
    starts_at = clock.at(clock.today() + 18 * DAY, dt.time(9))
    requests.propose(
        proposal_id=uuid.uuid4(),
        organisation_id=branch.pk,
        home_id=Home.objects.get(name="禾欣家园").pk,
        kind="other",
        title="检查一遍用电安全",
        text="所里来四位师傅，顺便换几盏灯。",
        people=4,
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        by=coordinator,
    )
