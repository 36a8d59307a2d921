"""今天请假: one tap by staff or by a relative."""

import datetime as dt
import uuid

import pytest
import time_machine

from backend.accounts.models import User
from backend.attendance.models import DayStatus, Leave
from backend.attendance.services import leave as leave_services
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.people.models import Member
from tests.attendance.door import DAY, at, notices, tap
from tests.support.cast import Cast
from tests.support.passing import expand_all

pytestmark = pytest.mark.usefixtures("morning")


def ask(member: Member, *, by: User, day: dt.date = DAY) -> tuple[Leave, bool]:
    return leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=member.id, day=day, by=by)


def state(member: Member) -> str:
    return DayStatus.objects.get(member=member, date=DAY).state


def test_a_mothers_leave_shows_on_the_board_and_tells_the_other_relatives(cast: Cast) -> None:
    _, new = ask(cast.zhiqiang, by=cast.mother)
    expand_all()
    assert (new, state(cast.zhiqiang)) == (True, "leave")
    assert notices(cast.mother) == []
    assert notices(cast.sister) == [(1, "志强今天请假", "母亲请了假，志强今天不来阳光家园。")]


def test_a_teachers_leave_tells_all_relatives(cast: Cast) -> None:
    ask(cast.zhiqiang, by=cast.carer)
    expand_all()
    assert notices(cast.mother) == notices(cast.sister) == [(1, "志强今天请假", "老师请了假，志强今天不来阳光家园。")]


def test_a_second_tap_by_anybody_finds_the_first(cast: Cast) -> None:
    first, _ = ask(cast.zhiqiang, by=cast.mother)
    assert ask(cast.zhiqiang, by=cast.carer) == (first, False)
    assert Leave.objects.count() == 1


def test_taking_it_back_makes_the_member_awaited_again(cast: Cast) -> None:
    leave, _ = ask(cast.zhiqiang, by=cast.mother)
    expand_all()
    leave_services.withdraw_leave(leave_id=leave.id, by=cast.mother)
    leave_services.withdraw_leave(leave_id=leave.id, by=cast.carer)
    expand_all()
    assert state(cast.zhiqiang) == "waiting"
    assert notices(cast.sister)[-1] == (2, "志强今天照常来", "母亲取消了今天的请假，志强照常来阳光家园。")
    assert len(notices(cast.sister)) == 2


def test_after_taking_it_back_one_may_ask_again(cast: Cast) -> None:
    leave, _ = ask(cast.zhiqiang, by=cast.mother)
    leave_services.withdraw_leave(leave_id=leave.id, by=cast.mother)
    assert ask(cast.zhiqiang, by=cast.mother)[1]


def test_who_comes_all_the_same_is_here(cast: Cast) -> None:
    ask(cast.zhiqiang, by=cast.mother)
    tap(cast.zhiqiang, "arrived", "09:00", by=cast.carer)
    assert state(cast.zhiqiang) == "present"


def test_who_has_been_here_needs_no_leave(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    with pytest.raises(ConflictError, match="已经来过"):
        ask(cast.zhiqiang, by=cast.mother)


def test_only_today_for_now(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="打电话"):
        ask(cast.zhiqiang, by=cast.mother, day=DAY + dt.timedelta(days=1))


def test_a_leave_of_yesterday_cannot_be_taken_back_as_if_it_were_todays(cast: Cast, morning: time_machine.Traveller) -> None:
    leave, _ = ask(cast.zhiqiang, by=cast.mother)
    morning.move_to(at("07:55", DAY + dt.timedelta(days=1)))
    with pytest.raises(InvalidError, match="3月4日"):
        leave_services.withdraw_leave(leave_id=leave.id, by=cast.mother)
    assert state(cast.zhiqiang) == "leave"


@pytest.mark.parametrize("who", ["father", "charlie", "autumn_carer", "officer", "volunteer", "stranger"])
def test_who_is_neither_staff_nor_a_relative_finds_nobody(cast: Cast, who: str) -> None:
    leave, _ = ask(cast.zhiqiang, by=cast.mother)
    with pytest.raises(NotFoundError):
        ask(cast.zhiqiang, by=getattr(cast, who))
    with pytest.raises(NotFoundError):
        leave_services.withdraw_leave(leave_id=leave.id, by=getattr(cast, who))


def test_an_id_used_for_somebody_else_is_refused(cast: Cast) -> None:
    leave, _ = ask(cast.zhiqiang, by=cast.carer)
    with pytest.raises(ConflictError):
        leave_services.ask_leave(leave_id=leave.id, member_id=cast.xiaofang.id, day=DAY, by=cast.carer)


def test_a_leave_asked_before_the_day_was_laid_out_holds(cast: Cast) -> None:
    with time_machine.travel(at("00:01"), tick=False):
        ask(cast.zhiqiang, by=cast.mother)
    tap(cast.xiaofang, "arrived", "08:00", by=cast.carer)
    assert state(cast.zhiqiang) == "leave"
