"""Days and times are said in one way, as the wall clock of the Homes shows them."""

import datetime as dt

import pytest

from backend.common import clock, dates

DAY = dt.date(2026, 11, 28)
NINE = dt.datetime(2026, 11, 28, 1, tzinfo=dt.UTC)
HALF_PAST_ELEVEN = NINE + dt.timedelta(hours=2, minutes=30)


def test_days_and_times_are_local() -> None:
    assert dates.hhmm(NINE) == "09:00"
    assert dates.day_and_time(NINE) == "11月28日 09:00"
    assert dates.span(NINE, HALF_PAST_ELEVEN) == "09:00–11:30"
    assert dates.day_and_span(NINE, HALF_PAST_ELEVEN) == "11月28日 周六 09:00–11:30"
    assert dates.day_and_time(clock.at(DAY, dt.time(0, 5))) == "11月28日 00:05"


def test_a_day_read_on_that_day_is_today() -> None:
    assert dates.today_or_day(DAY, on=DAY) == "今天"
    assert dates.today_or_day(DAY, on=DAY + dt.timedelta(days=1)) == "11月28日"


@pytest.mark.parametrize(("minutes", "said"), [(0, "0 分"), (45, "45 分"), (120, "2 小时"), (146, "2 小时 26 分")])
def test_minutes_are_said_in_hours(minutes: int, said: str) -> None:
    assert dates.duration(minutes) == said
