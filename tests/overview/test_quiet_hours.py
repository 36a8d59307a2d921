"""Between 21:00 and 07:00 only safety interrupts; the rest is there in the morning, and says of which day it is."""

import datetime as dt
import uuid

import pytest
import time_machine

from backend.accounts.models import User
from backend.attendance.due import due
from backend.attendance.services import leave as leave_services
from backend.common import clock
from notifications.delivery import expansion
from notifications.models import Notice
from tests.attendance.door import DAY, at, notices, tap
from tests.people.steps import accept, invite
from tests.support.cast import Cast
from tests.support.passing import expand_all, pass_by
from tests.support.phone import Phone

TOMORROW = DAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (at("06:59"), at("07:00")),
        (at("07:00"), at("07:00")),
        (at("20:59"), at("20:59")),
        (at("21:00"), at("07:00", TOMORROW)),
        (at("00:00", TOMORROW), at("07:00", TOMORROW)),
    ],
)
def test_the_quiet_hours_end_at_seven(moment: dt.datetime, told: dt.datetime) -> None:
    assert clock.calm(moment) == told


def told_at(moment: dt.datetime, user: User) -> list[tuple[str, str]]:
    """What is in the inbox when everything due by then has been written."""
    with time_machine.travel(moment, tick=False):
        expand_all()
    return [(title, body) for _, title, body in notices(user)]


def test_an_answer_at_ten_at_night_reaches_the_teachers_at_seven_and_names_its_day(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    with time_machine.travel(at("22:00"), tick=False):
        Phone(cast.mother).post(f"/api/notices/{Notice.objects.get(inbox=cast.mother.pk).pk}/replies", {"kind": "i_pick_up"})
    assert told_at(at("06:59", TOMORROW), cast.carer) == []
    assert told_at(at("07:00", TOMORROW), cast.carer) == [("志强母亲3月4日：今天我来接", "")]


def test_who_joined_in_the_night_is_told_in_the_morning(cast: Cast) -> None:
    with time_machine.travel(at("23:10"), tick=False):
        accept(Phone(cast.stranger), invite(cast.carer, cast.zhiqiang)["token"])
    assert told_at(at("06:59", TOMORROW), cast.mother) == []
    assert told_at(at("07:00", TOMORROW), cast.mother)[0][0] == "志强的哥哥加入了"


def test_a_leave_asked_before_breakfast_is_told_at_seven(cast: Cast) -> None:
    with time_machine.travel(at("05:30"), tick=False):
        leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.pk, day=DAY, by=cast.mother)
    assert told_at(at("06:59"), cast.sister) == []
    assert told_at(at("07:00"), cast.sister) == [("志强今天请假", "母亲请了假，志强今天不来阳光家园。")]


def test_a_leave_taken_back_in_the_night_is_told_as_it_is_in_the_morning(cast: Cast) -> None:
    with time_machine.travel(at("05:30"), tick=False):
        leave, _ = leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.pk, day=DAY, by=cast.mother)
        leave_services.withdraw_leave(leave_id=leave.pk, by=cast.mother)
    assert told_at(at("07:00"), cast.sister) == [("志强今天照常来", "母亲取消了今天的请假，志强照常来阳光家园。")]


def test_a_leave_of_a_day_that_is_over_is_told_to_nobody(cast: Cast) -> None:
    with time_machine.travel(at("21:30"), tick=False):
        leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.pk, day=DAY, by=cast.mother)
    assert told_at(at("07:00", TOMORROW), cast.sister) == []
    assert expansion.due_announcement() is None


def test_a_day_that_was_closed_in_the_night_is_not_called_today(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    with time_machine.travel(at("03:00", TOMORROW), tick=False):
        pass_by(due, clock.now())
    assert told_at(at("06:59", TOMORROW), cast.carer) == []
    assert told_at(at("07:00", TOMORROW), cast.carer) == [("3月4日有 1 人没有签离", "志强。请在门口补记几点离开。")]


def test_the_door_interrupts_at_any_hour(cast: Cast) -> None:
    tap(cast.zhiqiang, "departed", "21:40", by=cast.carer, mode="relative")
    assert [title for _, title, _ in notices(cast.mother)] == ["志强已离开阳光家园"]
