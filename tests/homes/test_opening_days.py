"""Which days a Home opens: its own exception, then the holiday table, then the weekday."""

import datetime as dt

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from backend.common import clock
from backend.homes.due import due
from backend.homes.models import Holiday, OpeningException
from backend.homes.queries import is_open, open_homes
from backend.homes.services import seed_holidays
from tests.support.cast import Cast
from tests.support.passing import pass_by

FRIDAY, SATURDAY = dt.date(2026, 3, 6), dt.date(2026, 3, 7)


def test_without_a_table_the_weekday_decides(cast: Cast) -> None:
    assert [is_open(cast.sunshine, FRIDAY), is_open(cast.sunshine, SATURDAY)] == [True, False]


@pytest.mark.parametrize(
    ("day", "opens"),
    [
        (dt.date(2026, 10, 1), False),  # a Thursday, National Day
        (dt.date(2026, 10, 10), True),  # a Saturday, worked in exchange
        (dt.date(2026, 9, 20), True),  # a Sunday, worked in exchange
        (dt.date(2026, 2, 17), False),  # Spring Festival
        (dt.date(2025, 1, 26), True),  # a Sunday before Spring Festival
        (dt.date(2026, 3, 6), True),
        (dt.date(2027, 10, 1), True),  # nobody has published 2027 yet: a Friday
        (dt.date(2027, 10, 2), False),
    ],
)
def test_the_seeded_table_knows_holidays_and_make_up_workdays(cast: Cast, day: dt.date, opens: bool) -> None:
    seed_holidays()
    assert is_open(cast.sunshine, day) is opens


def test_seeding_again_keeps_what_somebody_changed(cast: Cast) -> None:
    assert seed_holidays() > 50
    Holiday.objects.filter(date=dt.date(2026, 10, 1)).update(works=True)
    seed_holidays()
    assert is_open(cast.sunshine, dt.date(2026, 10, 1))


def october(cast: Cast) -> bool:
    """Whether the Home opens on National Day once time has passed at the start of that month."""
    pass_by(due, clock.at(dt.date(2026, 10, 1), dt.time()))
    return is_open(cast.sunshine, dt.date(2026, 10, 1))


def test_nobody_has_to_fill_in_a_year_that_was_published(cast: Cast) -> None:
    assert not october(cast)


def test_one_day_put_in_by_hand_does_not_keep_the_others_out(cast: Cast) -> None:
    Holiday.objects.create(date=dt.date(2026, 10, 10), name="照常休息", works=False)
    assert not october(cast)
    assert not is_open(cast.sunshine, dt.date(2026, 10, 10))


def test_what_somebody_took_out_stays_out(cast: Cast) -> None:
    october(cast)
    Holiday.objects.filter(date=dt.date(2026, 10, 1)).delete()
    assert october(cast)


def test_a_homes_own_exception_beats_everything(cast: Cast) -> None:
    Holiday.objects.create(date=FRIDAY, name="调休", works=False)
    OpeningException.objects.create(home=cast.sunshine, date=FRIDAY, opens=True)
    OpeningException.objects.create(home=cast.autumn, date=SATURDAY, opens=True)
    assert open_homes([cast.sunshine, cast.autumn], FRIDAY) == {cast.sunshine.pk}
    assert open_homes([cast.sunshine, cast.autumn], SATURDAY) == {cast.autumn.pk}


def test_two_queries_however_many_homes(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2):
        open_homes([cast.sunshine], FRIDAY)
    with django_assert_num_queries(2):
        open_homes([cast.sunshine, cast.autumn], FRIDAY)
