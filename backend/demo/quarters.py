"""The demo's visits of the last year, so that the balance has something to weigh: written in bulk, as nobody is told of them any more."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import transaction

from backend.accounts.models import User
from backend.common import clock, dates
from backend.demo.today import IN_FULL
from backend.homes.models import Home, StaffPost
from backend.records.hours import DEFAULT, as_data
from backend.records.models import EventDay, ServiceRecord, Thanks
from backend.visits.models import ServiceEvent, Shift, Signup
from backend.volunteers.models import Organisation

TITLES = (
    ("陪伴散步", "company"),
    ("义务理发", "haircut"),
    ("量血压、聊健康", "clinic"),
    ("一起包饺子", "company"),
    ("菜园帮工", "farming"),
)
NAMES = "钱丽 孙海峰 吴敏华 沈雪梅 顾晓燕 俞建明 姚春芳 盛丽娟".split()
THANKS = ("谢谢大家，下次还来！", "笑声一上午没有停过，谢谢你们。", "头发剪得真精神，谢谢师傅们。")
THANKED = 4  # on one day of so many nobody thanked
# How many months ago somebody came, by turns; to every eighth Home nobody.
MONTHS = ((1, 2, 4, 6, 7, 9, 11), (2, 8, 11), (), (1, 3, 5, 8, 10), (4, 5, 9), (7,), (1, 4, 7, 10), (10, 11))
ORGANISATIONS = (("城北社区志愿队", "team"), ("农商银行团支部", "company"), ("红船先锋队", "party"))
DAY = dt.timedelta(days=1)
Guests = Sequence[Organisation | None]


@dataclass(frozen=True)
class Told:
    event: ServiceEvent
    shift: Shift
    signups: list[Signup]
    records: list[ServiceRecord]
    thanks: list[Thanks]


@transaction.atomic
def tell_quarters() -> None:
    """Once, after the visits of these weeks."""
    if ServiceEvent.objects.filter(starts_at__lt=clock.now() - 60 * DAY).exists():
        return
    organisations = _organisations()
    homes = Home.objects.order_by("id")
    told = [visit for index, home in enumerate(homes) for visit in _visits(index, home, organisations[home.name in IN_FULL])]
    ServiceEvent.objects.bulk_create(each.event for each in told)
    EventDay.objects.bulk_create(EventDay(event=each.event, finalised_at=each.event.ends_at) for each in told)
    Shift.objects.bulk_create(each.shift for each in told)
    Signup.objects.bulk_create(signup for each in told for signup in each.signups)
    ServiceRecord.objects.bulk_create(record for each in told for record in each.records)
    Thanks.objects.bulk_create(thanks for each in told for thanks in each.thanks)


def _organisations() -> dict[bool, Guests]:
    """Some of the city, and people who come by themselves; the cast's come where it is at home."""
    known: list[Organisation | None] = list(Organisation.objects.order_by("id"))
    facts = {"created_by": User.objects.get(phone="+8613800000005"), "created_at": clock.now() - 400 * DAY, "verified_at": clock.now()}
    others = [*(Organisation.objects.create(name=name, kind=kind, **facts) for name, kind in ORGANISATIONS), None]
    return {True: known + others, False: others}


def _visits(index: int, home: Home, organisations: Guests) -> Iterator[Told]:
    teacher = StaffPost.objects.filter(home=home).select_related("user").order_by("id")[0].user
    for number, ago in enumerate(MONTHS[index % len(MONTHS)], start=index):
        day = clock.today() - (30 * ago + 15 + index % 5) * DAY
        yield _visit(home, day, number, organisations[number % len(organisations)], teacher)


def _visit(home: Home, day: dt.date, number: int, organisation: Organisation | None, teacher: User) -> Told:
    minutes, people = 90 + 15 * (number % 4), 2 + number % 4
    starts_at = clock.at(day, dt.time(9))
    times = {"starts_at": starts_at, "ends_at": starts_at + dt.timedelta(minutes=minutes)}
    title, kind = TITLES[number % len(TITLES)]
    before = starts_at - 7 * DAY
    event = ServiceEvent(
        home=home,
        title=title,
        kind=kind,
        signup_closes_at=starts_at,
        cancel_until=starts_at - DAY,
        opened_at=before,
        counted_at=starts_at,
        touched_at=before,
        created_at=before,
        created_by=teacher,
        **times,
    )
    shift = Shift(event=event, title=title, capacity=10, taken=people, **times)
    facts = {"organisation": organisation, "status": Signup.Status.CONFIRMED, "created_by": teacher, "created_at": before}
    signups = [Signup(shift=shift, name=NAMES[(number + each) % len(NAMES)], **facts) for each in range(people)]
    words = [THANKS[day.day % len(THANKS)]] if day.day % THANKED else []
    return Told(
        event,
        shift,
        signups,
        [_record(signup, event, day, minutes) for signup in signups],
        [Thanks(event=event, text=text, said_by=teacher, said_at=event.ends_at) for text in words],
    )


def _record(signup: Signup, event: ServiceEvent, day: dt.date, minutes: int) -> ServiceRecord:
    return ServiceRecord(
        signup=signup,
        event=event,
        home=event.home,
        organisation=signup.organisation,
        name=signup.name,
        date=day,
        planned=minutes,
        minutes=minutes,
        reason=f"全程在场，计 {dates.duration(minutes)}。",
        rules=as_data(DEFAULT),
        made_at=event.ends_at,
    )
