"""One Home's day as the demo tells it."""

from backend.demo.cast import PLANS
from backend.demo.day import tell_day
from backend.demo.moments import tell_moments
from backend.demo.weeks import tell_weeks
from backend.homes.models import Home

IN_FULL = {plan.name for plan in PLANS}


def tell_today(home: Home) -> None:
    """Its whole morning; and, where the cast is at home, its weeks of the five therapies and its album."""
    tell_day(home)
    if home.name in IN_FULL:
        tell_weeks(home)
        tell_moments(home)
