"""Which days sessions are laid out for, and where that has changed."""

import datetime as dt
import hashlib
from collections.abc import Set as AbstractSet

from django.db.models import Q

from backend.activities.models import Activity, Timetable
from backend.activities.rules import HORIZON
from backend.common import clock
from backend.homes.models import Home
from backend.homes.queries import open_days, open_days_of


def opening(home: Home) -> frozenset[dt.date]:
    """The days of the horizon on which it opens."""
    today = clock.today()
    return open_days(home, today, today + HORIZON)


def laid_out_for(opened: AbstractSet[dt.date]) -> str:
    """What a timetable was laid out for, in short: a further day or another holiday makes it another."""
    days = ",".join(day.isoformat() for day in sorted(opened))
    return hashlib.blake2b(days.encode(), digest_size=16).hexdigest()


def homes_to_lay_out() -> list[Home]:
    """Those that plan, and whose days are not those their sessions were laid out for; three queries, four if there are any."""
    today = clock.today()
    laid_out = dict(Timetable.objects.values_list("home", "laid_out"))
    opened = open_days_of(laid_out, today, today + HORIZON)
    states = {days: laid_out_for(days) for days in set(opened.values())}
    behind = [home for home, days in opened.items() if laid_out[home] != states[days]]
    return list(Home.objects.filter(pk__in=behind).order_by("id")) if behind else []


def running_activities(home: Home) -> list[Activity]:
    """What goes on again and again."""
    return list(Activity.objects.filter(Q(ended_on=None) | Q(ended_on__gt=clock.today()), home=home).exclude(rule=""))
