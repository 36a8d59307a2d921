"""What the passing of time does at the door."""

import datetime as dt

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.attendance.due import due
from backend.attendance.models import Board, DayStatus
from backend.attendance.services import day as day_services
from backend.common import clock
from backend.homes.models import Holiday, Home, OpeningException
from backend.homes.services import delete_holiday, put_holiday
from backend.people.models import Member
from notifications import outbox
from notifications.models import Announcement, Topic
from tests.attendance.door import DAY, at, tap
from tests.support.cast import Cast, member
from tests.support.passing import pass_by


def pass_time(moment: dt.datetime) -> None:
    with time_machine.travel(moment, tick=False):
        pass_by(due, clock.now())


def states(home: Home, day: dt.date = DAY) -> dict[str, str]:
    return dict(DayStatus.objects.filter(home=home, date=day).values_list("member__name", "state"))


def state(member: Member) -> str:
    return DayStatus.objects.get(member=member, date=DAY).state


def test_the_morning_lays_out_who_is_due(cast: Cast) -> None:
    pass_time(at("00:01"))
    assert states(cast.sunshine) == {"沈志强": "waiting", "周小芳": "waiting", "吴晓东": "waiting", "陈丽华": ""}


def test_a_closed_home_expects_nobody(cast: Cast) -> None:
    Holiday.objects.create(date=DAY, name="春节", works=False)
    OpeningException.objects.create(home=cast.autumn, date=DAY, opens=True)
    pass_time(at("08:00"))
    assert set(states(cast.sunshine).values()) == {""}
    assert states(cast.autumn) == {"金小海": "waiting"}


def test_a_day_that_becomes_a_holiday_expects_nobody_any_more_and_the_boards_hear_it(cast: Cast) -> None:
    tap(cast.xiaofang, "arrived", "08:15", by=cast.carer)
    pass_time(at("08:31"))
    before = outbox.rev(f"home:{cast.sunshine.id}")
    with time_machine.travel(at("08:32"), tick=False):
        put_holiday(date=DAY, name="台风", works=False, by=cast.officer)
    pass_time(at("08:33"))
    assert states(cast.sunshine) == {"沈志强": "", "周小芳": "present", "吴晓东": "", "陈丽华": ""}
    assert not DayStatus.objects.filter(state="", expected_at__isnull=False).exists()
    assert outbox.rev(f"home:{cast.sunshine.id}") == before + 1
    with time_machine.travel(at("08:34"), tick=False):
        delete_holiday(date=DAY, by=cast.officer)
    pass_time(at("08:35"))
    assert states(cast.sunshine) == {"沈志强": "missing", "周小芳": "present", "吴晓东": "missing", "陈丽华": ""}


def test_somebody_new_on_the_roster_is_on_the_board_without_anybody_asking(cast: Cast) -> None:
    pass_time(at("08:00"))
    before = outbox.rev(f"home:{cast.sunshine.id}")
    member(cast.sunshine, "新来")
    pass_time(at("08:01"))
    assert states(cast.sunshine)["新来"] == "waiting"
    assert outbox.rev(f"home:{cast.sunshine.id}") == before + 1


def test_a_make_up_saturday_runs_like_a_monday(cast: Cast) -> None:
    saturday = DAY + dt.timedelta(days=3)
    Holiday.objects.create(date=saturday, name="调休上班", works=True)
    pass_time(at("08:00", saturday))
    assert set(states(cast.sunshine, saturday).values()) == {"waiting"}


def test_past_the_expected_time_one_is_missing_and_the_board_hears_it_once(cast: Cast) -> None:
    tap(cast.xiaofang, "arrived", "08:15", by=cast.carer)
    pass_time(at("08:30"))
    assert state(cast.zhiqiang) == "waiting"
    before = outbox.rev(f"home:{cast.sunshine.id}")
    pass_time(at("08:31"))
    pass_time(at("08:32"))
    assert states(cast.sunshine) == {"沈志强": "missing", "周小芳": "present", "吴晓东": "missing", "陈丽华": ""}
    assert outbox.rev(f"home:{cast.sunshine.id}") == before + 2


@pytest.mark.parametrize("late", [1, 3])
def test_each_who_is_late_costs_one_query(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries, late: int) -> None:
    pass_time(at("00:01"))
    DayStatus.objects.filter(pk__in=DayStatus.objects.filter(state="waiting").order_by("pk")[late:4].values("pk")).update(state="leave")
    with time_machine.travel(at("08:31"), tick=False), django_assert_num_queries(7 + late):
        assert day_services.mark_missing(cast.sunshine) == late


def test_closing_the_day_leaves_who_was_not_signed_out_open_and_tells_the_staff_once(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    pass_time(at("18:29"))
    assert not DayStatus.objects.filter(closed_open=True).exists()
    pass_time(at("18:31"))
    pass_time(at("18:40"))
    open_item = DayStatus.objects.get(closed_open=True)
    assert (open_item.member, open_item.state) == (cast.zhiqiang, "present")
    assert [row.params for row in Announcement.objects.filter(kind="unsigned")] == [{"names": ["志强"], "day": "2026-03-04"}]


def test_a_departure_noted_later_settles_the_open_item(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    pass_time(at("18:31"))
    tap(cast.zhiqiang, "departed", "16:40", uploaded="19:00", by=cast.carer, mode="relative")
    assert not DayStatus.objects.filter(closed_open=True).exists()


def test_a_server_that_slept_through_the_evening_closes_the_day_in_the_morning(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    pass_time(at("07:00", DAY + dt.timedelta(days=1)))
    assert DayStatus.objects.get(closed_open=True).date == DAY


def test_a_day_nobody_left_open_is_closed_in_silence(cast: Cast) -> None:
    pass_time(at("18:31"))
    assert Board.objects.get(home=cast.sunshine).closed_on == DAY
    assert not Announcement.objects.exists()


@pytest.mark.usefixtures("cast")
def test_a_quiet_moment_changes_nothing() -> None:
    pass_time(at("08:00"))
    before = list(Topic.objects.values_list())
    pass_time(at("08:01"))
    assert list(Topic.objects.values_list()) == before
