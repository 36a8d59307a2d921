"""Which Homes open on a day: the Home's own exception, then the holiday table, then the weekday."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.homes import rules
from backend.homes.models import Holiday, Home, OpeningException, StaffPost, running

SATURDAY = 5


def is_open(home: Home, date: dt.date) -> bool:
    return home.id in open_homes([home], date)


def open_homes(homes: Iterable[Home], date: dt.date) -> set[int]:
    """The ids of those that open, in two queries however many there are."""
    ids = {home.id for home in homes}
    told = dict(OpeningException.objects.filter(home__in=ids, date=date).values_list("home", "opens"))
    usual = opens_usually(date)
    return {home_id for home_id in ids if told.get(home_id, usual)}


def opens_usually(date: dt.date) -> bool:
    """A year nobody has filled in yet falls back to Monday to Friday."""
    works = Holiday.objects.filter(date=date).values_list("works", flat=True).first()
    return date.weekday() < SATURDAY if works is None else works


def open_days(home: Home, first: dt.date, last: dt.date) -> frozenset[dt.date]:
    """The days from first to last on which it opens."""
    return open_days_of([home.pk], first, last)[home.pk]


def open_days_of(home_ids: Iterable[int], first: dt.date, last: dt.date) -> dict[int, frozenset[dt.date]]:
    """The same by Home, in two queries however many Homes and days."""
    works = dict(Holiday.objects.filter(date__range=(first, last)).values_list("date", "works"))
    days = (first + dt.timedelta(days=n) for n in range((last - first).days + 1))
    usual = frozenset(day for day in days if works.get(day, day.weekday() < SATURDAY))
    found = dict.fromkeys(home_ids, usual)
    for home, day, opens in OpeningException.objects.filter(home__in=found, date__range=(first, last)).values_list("home", "date", "opens"):
        found[home] = found[home] | {day} if opens else found[home] - {day}
    return found


def posts(home: Home) -> QuerySet[StaffPost]:
    """Who works there today, managers first."""
    return StaffPost.objects.filter(running(clock.today()), home=home).order_by("-role", "id")


def holidays(year: int) -> QuerySet[Holiday]:
    return Holiday.objects.filter(date__year=year).order_by("date")


def visible_home(user: User, home_id: int) -> Home:
    home = Home.objects.select_related("area").filter(pk=home_id).first()
    if home is None or not rules.may_see_home(user, home):
        raise NotFoundError
    return home


def staffed_home(user: User, home_id: int) -> Home:
    """A Home where the person works today."""
    return one(rules.staff_homes(user).filter(pk=home_id))


def managed_home(user: User, home_id: int) -> Home:
    return one(rules.managed_homes(user).filter(pk=home_id))


def own_post(user: User, post_id: int) -> StaffPost:
    return one(rules.staff_posts(user).filter(pk=post_id))
