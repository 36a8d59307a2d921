"""What the passing of time does at the door."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Exists, OuterRef

from backend.attendance import queries
from backend.attendance.models import Board, DayStatus
from backend.attendance.services import day as day_services
from backend.common import clock
from backend.homes.models import Home
from backend.homes.queries import open_homes

# The door stays open this long after the Home's closing time before the day is closed.
CLOSE_AFTER = dt.timedelta(minutes=30)


def due(now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Opens the day, marks who is past the expected time, closes the day: a step, which is one transaction, for each Home."""
    today = clock.local_date(now)
    homes = list(Home.objects.order_by("id"))
    opening, laid_out = open_homes(homes, today), dict(Board.objects.filter(opened_on=today).values_list("home", "opens"))
    unfinished = set(queries.homes_to_lay_out(today).values_list("id", flat=True))
    for home in homes:
        if home.id in unfinished or laid_out.get(home.id) != (home.id in opening):
            yield partial(day_services.open_day, home)
    late = DayStatus.objects.filter(home=OuterRef("pk"), date=today, state=DayStatus.State.WAITING, expected_at__lt=now)
    for home in Home.objects.filter(Exists(late)):
        yield partial(day_services.mark_missing, home)
    for board in Board.objects.select_related("home"):
        ended = now >= clock.at(today, board.home.closes_at) + CLOSE_AFTER
        day = today if ended else today - dt.timedelta(days=1)
        if board.closed_on is None or board.closed_on < day:
            yield partial(day_services.close_day, board.home, day)
