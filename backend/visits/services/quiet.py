"""The Home's quiet: days without visits, so many visits a week, and never two at once."""

import datetime as dt

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common import clock, dates
from backend.common.errors import ConflictError, InvalidError
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.queries import staffed_home
from backend.visits import rules
from backend.visits.models import BlackoutDay, HomeQuiet, ServiceEvent

MOST_VISITS = 21


def lock_home(home: Home) -> HomeQuiet:
    """Takes the Home's turn: every verb that opens or moves an event starts here."""
    HomeQuiet.objects.get_or_create(home=home)
    return HomeQuiet.objects.select_for_update(no_key=True).get(home=home)


def refuse_if_noisy(event: ServiceEvent, quiet: HomeQuiet) -> None:
    """With the Home's turn: what this event would break."""
    first, last = clock.local_date(event.starts_at), clock.local_date(event.ends_at)
    blackout = BlackoutDay.objects.filter(home=event.home_id, date__range=(first, last)).order_by("date").first()
    if blackout is not None:
        why = f"（{blackout.reason}）" if blackout.reason else ""
        raise ConflictError(f"{dates.day(blackout.date)}家园谢绝来访{why}，请换一天。", code="blackout")
    others = visits(event.home_id).exclude(pk=event.pk)
    same = others.filter(starts_at__lt=event.ends_at, ends_at__gt=event.starts_at).first()
    if same is not None:
        raise ConflictError(f"{dates.span(same.starts_at, same.ends_at)} 已经有“{same.title}”，请错开时间。", code="two_at_once")
    monday = clock.at(first - dt.timedelta(days=first.weekday()), dt.time())
    if others.filter(starts_at__gte=monday, starts_at__lt=monday + dt.timedelta(days=7)).count() >= quiet.visits_a_week:
        raise ConflictError(f"那一周已经有 {quiet.visits_a_week} 次来访，让大家安静几天，请换一周。", code="too_many_visits")


def visits(home_id: int) -> QuerySet[ServiceEvent]:
    """What is open to others, or was, and takes place."""
    return ServiceEvent.objects.filter(home=home_id, opened_at__isnull=False, cancelled_at=None)


@verb
def set_quiet(*, home_id: int, visits_a_week: int, by: User) -> HomeQuiet:
    quiet = lock_home(staffed_home(by, home_id))
    if not 0 <= visits_a_week <= MOST_VISITS:
        raise InvalidError(f"每周来访请填 0 到 {MOST_VISITS} 次。", fields={"visits_a_week": "次数不对。"})
    quiet.visits_a_week = visits_a_week
    quiet.save(update_fields=["visits_a_week"])
    return quiet


@verb
def black_out(*, home_id: int, day: dt.date, reason: str, by: User) -> BlackoutDay:
    """What is open already stays: it is said, and for staff to cancel."""
    home = staffed_home(by, home_id)
    lock_home(home)
    if not clock.today() <= day <= clock.today() + rules.FARTHEST:
        raise InvalidError("请选今天起一年以内的日子。", fields={"date": "请选今天起一年以内的日子。"})
    reason = clean(reason, name="reason", longest=60)
    return BlackoutDay.objects.update_or_create(home=home, date=day, defaults={"reason": reason})[0]


@verb
def lift_blackout(*, home_id: int, day: dt.date, by: User) -> None:
    """A second time does nothing."""
    home = staffed_home(by, home_id)
    lock_home(home)
    BlackoutDay.objects.filter(home=home, date=day).delete()
