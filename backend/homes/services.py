"""Verbs of a Home: its door's PIN, its posts, and the days it opens."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import chinese_calendar
from django.contrib.auth.hashers import check_password, make_password

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import InvalidError, NotFoundError, RefusedError, TooManyError
from backend.common.found import one, require
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes import rules
from backend.homes.models import Holiday, StaffPost, running
from backend.homes.topics import staff_thread
from notifications import outbox

MIN_PIN, MAX_PIN = 4, 6
PIN_TRIES = 5
PIN_BLOCK = dt.timedelta(minutes=5)
FIRST_YEAR = 2025
# How many days of each year the library knows; a later year comes with its next release.
PUBLISHED = Counter(day.year for day in (*chinese_calendar.holidays, *chinese_calendar.workdays) if day.year >= FIRST_YEAR)
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


def set_pin(*, post: StaffPost, pin: str, by: User) -> None:
    """Everybody sets their own."""
    if post.user_id != by.id:
        raise NotFoundError
    if not (pin.isascii() and pin.isdigit() and MIN_PIN <= len(pin) <= MAX_PIN):
        raise InvalidError("密码请用 4 到 6 位数字。", fields={"pin": "请用 4 到 6 位数字。"})
    post.pin, post.pin_tries, post.pin_blocked_until = make_password(pin), 0, None
    post.save(update_fields=["pin", "pin_tries", "pin_blocked_until"])


def check_pin(*, home_id: int, post_id: int, pin: str, by: User) -> None:
    """Changes the teacher at the door of a tablet that staff of the Home signed in on."""
    require(rules.staff_homes(by).filter(pk=home_id))
    refusal = _try_pin(home_id=home_id, post_id=post_id, pin=pin)
    # Raised out here: inside, the count of wrong tries would be rolled back with everything else.
    if refusal is not None:
        raise refusal


@verb
def _try_pin(*, home_id: int, post_id: int, pin: str) -> RefusedError | None:
    post = StaffPost.objects.select_for_update(no_key=True).filter(running(clock.today()), pk=post_id, home=home_id).first()
    if post is None:
        return NotFoundError()
    if post.pin_blocked_until and post.pin_blocked_until > clock.now():
        return _blocked(post.pin_blocked_until)
    if not post.pin:
        return InvalidError("这位老师还没有设置门口密码，请先用自己的手机在“我”里设置。", code="no_pin")
    if check_password(pin, post.pin):
        StaffPost.objects.filter(pk=post.pk).update(pin_tries=0, pin_blocked_until=None)
        return None
    return _wrong_pin(post)


def _wrong_pin(post: StaffPost) -> RefusedError:
    tries = post.pin_tries + 1
    until = clock.now() + PIN_BLOCK if tries >= PIN_TRIES else None
    StaffPost.objects.filter(pk=post.pk).update(pin_tries=0 if until else tries, pin_blocked_until=until)
    if until:
        return _blocked(until)
    left = PIN_TRIES - tries
    return InvalidError(f"密码不对，还可以试 {left} 次。", code="wrong_pin", fields={"pin": "密码不对。"})


def _blocked(until: dt.datetime) -> TooManyError:
    wait = int((until - clock.now()).total_seconds()) + 1
    return TooManyError(f"密码输错太多次，请过 {-(-wait // 60)} 分钟再试。", retry_after=wait)


@verb
def end_post(*, post_id: int, by: User) -> StaffPost:
    """Somebody no longer works here: from this moment they see nothing of the Home."""
    own = StaffPost.objects.filter(running(clock.today()), home__in=rules.managed_homes(by))
    post = one(own.select_for_update(no_key=True).filter(pk=post_id))
    if post.user_id == by.id:
        raise InvalidError("不能结束自己的岗位，请联系残联。")
    post.ends_on = clock.today()
    post.save(update_fields=["ends_on"])
    outbox.withhold(user_id=post.user_id, thread=staff_thread(post.home_id))
    outbox.disconnect(post.user_id)
    return post


@verb
def put_holiday(*, date: dt.date, name: str, works: bool, by: User) -> Holiday:
    _refuse_unless_editor(by)
    refusal = InvalidError("请写上节日或调休的名称。", fields={"name": "请写上名称。"})
    name = clean(name, name="name", longest=40, least=1, refusal=refusal)
    holiday, _ = Holiday.objects.update_or_create(date=date, defaults={"name": name, "works": works})
    return holiday


@verb
def delete_holiday(*, date: dt.date, by: User) -> None:
    """The weekday decides again."""
    _refuse_unless_editor(by)
    if not Holiday.objects.filter(date=date).delete()[0]:
        raise NotFoundError


def years_to_seed() -> list[int]:
    """Those of which most days are not in the table: a few were put in by hand, or a few taken out."""
    there = Counter(Holiday.objects.values_list("date__year", flat=True))
    return [year for year, days in PUBLISHED.items() if 2 * there[year] < days]


@verb
def seed_holidays(*, years: Iterable[int] = PUBLISHED) -> int:
    """Statutory holidays and make-up workdays, as published. What somebody has edited stays as it is."""
    rows = [holiday for year in years for holiday in _published(year)]
    return len(Holiday.objects.bulk_create(rows, ignore_conflicts=True))


def _published(year: int) -> list[Holiday]:
    off, on = chinese_calendar.holidays.items(), chinese_calendar.workdays.items()
    rows = [Holiday(date=day, name=_festival(name), works=False) for day, name in off if day.year == year]
    return rows + [Holiday(date=day, name=f"{_festival(name)}调休上班", works=True) for day, name in on if day.year == year]


def _festival(name: str) -> str:
    return FESTIVALS.get(name, "节假日")


def _refuse_unless_editor(user: User) -> None:
    if not rules.may_edit_holidays(user):
        raise NotFoundError
