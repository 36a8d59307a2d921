"""On which dates an activity runs, against python-dateutil and the calendar of the State Council."""

import datetime as dt

import pytest
import time_machine
from dateutil.rrule import FR, MO, MONTHLY, TH, TU, WE, WEEKLY, rrule

from backend.activities import recurrence
from backend.activities.due import due
from backend.activities.models import Session
from backend.common import clock
from backend.homes.models import Holiday, OpeningException
from backend.homes.queries import open_days
from backend.homes.services import put_holiday, seed_holidays
from tests.activities.steps import EVERY_WORKDAY, plan
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.passing import pass_by


def days(first: dt.date, last: dt.date) -> frozenset[dt.date]:
    return frozenset(first + dt.timedelta(days=number) for number in range((last - first).days + 1))


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


YEAR_ENDS = [dt.date(year, 12, 14) for year in (2024, 2025, 2026, 2027)]
RULES = [
    (EVERY_WORKDAY, {"freq": WEEKLY, "byweekday": (MO, TU, WE, TH, FR)}),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", {"freq": WEEKLY, "interval": 2, "byweekday": (TU, TH)}),
    ("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", {"freq": WEEKLY, "interval": 3, "byweekday": FR}),
    ("FREQ=MONTHLY;BYDAY=-1FR", {"freq": MONTHLY, "byweekday": FR(-1)}),
    ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1WE", {"freq": MONTHLY, "interval": 2, "byweekday": WE(1)}),
    ("FREQ=WEEKLY;BYDAY=WE;UNTIL={year}0120", {"freq": WEEKLY, "byweekday": WE}),
]


@pytest.mark.parametrize("starts_on", YEAR_ENDS)
@pytest.mark.parametrize(("rule", "same"), RULES, ids=[rule for rule, _ in RULES])
def test_over_a_year_end_it_runs_as_dateutil_says(starts_on: dt.date, rule: str, same: dict[str, object]) -> None:
    workdays = frozenset(day for day in days(starts_on, starts_on + dt.timedelta(weeks=9)) if day.weekday() < 5)
    until = dt.datetime(starts_on.year + 1, 1, 20) if "UNTIL" in rule else midnight(max(workdays))  # noqa: DTZ001 - dateutil's dates have no zone
    wanted = {moment.date() for moment in rrule(dtstart=midnight(starts_on), until=until, **same)} & workdays  # type: ignore[arg-type] # from a table
    assert recurrence.dates(rule=rule.format(year=starts_on.year + 1), starts_on=starts_on, opened=workdays) == wanted


def run(cast: Cast, rule: str, first: dt.date, last: dt.date) -> list[dt.date]:
    return sorted(recurrence.dates(rule=rule, starts_on=first, opened=open_days(cast.sunshine, first, last)))


def dates(year: int, *month_days: tuple[int, int]) -> list[dt.date]:
    return [dt.date(year, month, day) for month, day in month_days]


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [
        # Spring Festival 2025: Sunday 26 January and Saturday 8 February are worked, 28 January to 4 February are off.
        (dt.date(2025, 1, 24), dt.date(2025, 2, 10), dates(2025, (1, 24), (1, 26), (1, 27), (2, 5), (2, 6), (2, 7), (2, 8), (2, 10))),
        # National Day 2025: Sunday 28 September and Saturday 11 October are worked, 1 to 8 October are off.
        (dt.date(2025, 9, 27), dt.date(2025, 10, 13), dates(2025, (9, 28), (9, 29), (9, 30), (10, 9), (10, 10), (10, 11), (10, 13))),
        # National Day 2026: Sunday 20 September and Saturday 10 October are worked, 1 to 7 October are off.
        (dt.date(2026, 9, 18), dt.date(2026, 9, 22), dates(2026, (9, 18), (9, 20), (9, 21), (9, 22))),
        (dt.date(2026, 9, 30), dt.date(2026, 10, 12), dates(2026, (9, 30), (10, 8), (10, 9), (10, 10), (10, 12))),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_days_off_and_days_worked_in_exchange_are_respected(cast: Cast, first: dt.date, last: dt.date, wanted: list[dt.date]) -> None:
    seed_holidays()
    assert run(cast, EVERY_WORKDAY, first, last) == wanted


@pytest.mark.django_db
def test_a_weekend_worked_in_exchange_runs_like_its_weeks_monday(cast: Cast) -> None:
    seed_holidays()
    first, last = dt.date(2026, 9, 14), dt.date(2026, 9, 27)
    assert run(cast, "FREQ=WEEKLY;BYDAY=MO", first, last) == dates(2026, (9, 14), (9, 20), (9, 21))
    assert run(cast, "FREQ=WEEKLY;BYDAY=TU", first, last) == dates(2026, (9, 15), (9, 22))
    # Every other week: Sunday the 20th belongs to the week of Monday the 14th.
    assert run(cast, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", first, last) == dates(2026, (9, 14), (9, 16), (9, 20))
    assert run(cast, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", dt.date(2026, 9, 21), last) == dates(2026, (9, 21))
    # It began on the Wednesday: the week's Monday lay before, its Sunday does not.
    assert run(cast, "FREQ=WEEKLY;BYDAY=MO,WE", dt.date(2026, 9, 16), last) == dates(2026, (9, 16), (9, 20), (9, 21), (9, 23))
    assert run(cast, "FREQ=WEEKLY;BYDAY=MO;UNTIL=20260919", first, last) == dates(2026, (9, 14))


@pytest.mark.django_db
def test_of_2027_the_table_knows_nothing_and_the_weekday_decides(cast: Cast) -> None:
    seed_holidays()
    assert run(cast, EVERY_WORKDAY, dt.date(2027, 9, 30), dt.date(2027, 10, 5)) == dates(2027, (9, 30), (10, 1), (10, 4), (10, 5))
    over_the_year = run(cast, EVERY_WORKDAY, dt.date(2026, 12, 30), dt.date(2027, 1, 5))
    assert over_the_year == dates(2026, (12, 30), (12, 31)) + dates(2027, (1, 1), (1, 4), (1, 5))


def dates_of(title: str) -> list[dt.date]:
    return list(Session.objects.filter(title=title).order_by("date").values_list("date", flat=True))


@pytest.mark.usefixtures("morning")
def test_each_day_a_further_day_comes_into_sight(cast: Cast, morning: time_machine.Traveller) -> None:
    plan(cast, rule=EVERY_WORKDAY)
    before = dates_of("合唱排练")
    pass_by(due, clock.now())
    assert dates_of("合唱排练") == before
    morning.shift(dt.timedelta(days=1))
    pass_by(due, clock.now())
    assert dates_of("合唱排练") == [*before, DAY + dt.timedelta(weeks=9, days=1)]


@pytest.mark.usefixtures("morning")
def test_a_holiday_put_in_or_taken_out_moves_what_nobody_touched(cast: Cast) -> None:
    done = plan(cast, rule=EVERY_WORKDAY)
    before, friday = dates_of("合唱排练"), DAY + dt.timedelta(days=2)
    put_holiday(date=friday, name="停课", works=False, by=cast.officer)
    assert dates_of("合唱排练") == before
    pass_by(due, clock.now())
    assert dates_of("合唱排练") == [day for day in before if day != friday]
    assert list(due(clock.now())) == []
    Holiday.objects.all().delete()
    OpeningException.objects.create(home=cast.sunshine, date=friday + dt.timedelta(days=1), opens=True)
    pass_by(due, clock.now())
    assert dates_of("合唱排练") == sorted([*before, friday + dt.timedelta(days=1)])
    kept = {session.pk for session in done.sessions if session.date != friday}
    assert kept <= set(Session.objects.values_list("pk", flat=True))


@pytest.mark.usefixtures("morning")
def test_a_home_that_closes_today_after_all_cancels_what_is_still_to_come(cast: Cast, morning: time_machine.Traveller) -> None:
    early, late = plan(cast, at="08:00", rule=EVERY_WORKDAY).sessions[0], plan(cast, "串珠", at="14:00", rule=EVERY_WORKDAY).sessions[0]
    morning.move_to(at("09:30"))
    OpeningException.objects.create(home=cast.sunshine, date=DAY, opens=False)
    pass_by(due, clock.now())
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state, late.reason) == ("done", "cancelled", "家园今天休息")


@pytest.mark.django_db
def test_a_home_that_plans_nothing_has_nothing_to_lay_out(cast: Cast) -> None:
    assert list(due(clock.now())) == []
