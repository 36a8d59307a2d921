"""A member who changes the Home belongs to the new one from that day on."""

import uuid
from typing import Any

import pytest

from backend.accounts.models import User
from backend.attendance.due import due
from backend.attendance.models import DayStatus
from backend.attendance.services import leave as leave_services
from backend.common import clock
from backend.homes.models import Home
from backend.people.models import Placement
from notifications import outbox
from tests.attendance.door import DAY, notices, tap, undo
from tests.support.cast import SINCE, Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def move(cast: Cast) -> None:
    """沈志强 goes to 秋阳家园 as of today."""
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY)
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=DAY)


def moved_after_midnight(cast: Cast) -> None:
    """When both Homes had their day laid out already."""
    pass_by(due, clock.now())
    move(cast)


def board(user: User, home: Home) -> Any:
    return Phone(user).get(f"/api/attendance/board?home={home.pk}").json()


def names(board: Any) -> list[str]:
    return [tile["name"] for tile in [*board["members"], *board["others"]]]


def rev(home: Home) -> int:
    return outbox.rev(f"home:{home.pk}")


def test_the_member_is_on_the_new_board_and_off_the_old_one(cast: Cast) -> None:
    moved_after_midnight(cast)
    revs = rev(cast.sunshine), rev(cast.autumn)
    assert names(board(cast.autumn_carer, cast.autumn)) == ["沈志强", "金小海"]
    assert names(board(cast.carer, cast.sunshine)) == ["周小芳", "吴晓东", "陈丽华"]
    assert (rev(cast.sunshine), rev(cast.autumn)) == (revs[0] + 1, revs[1] + 1)
    assert Phone(cast.mother).get(f"/api/members/{cast.zhiqiang.pk}/day").json()["state"] == "waiting"


def test_nobody_has_to_look_for_that(cast: Cast) -> None:
    moved_after_midnight(cast)
    pass_by(due, clock.now())
    assert DayStatus.objects.get(member=cast.zhiqiang).home == cast.autumn


def test_a_tap_at_the_new_door_is_the_new_homes(cast: Cast) -> None:
    moved_after_midnight(cast)
    done = tap(cast.zhiqiang, "arrived", "07:54", by=cast.autumn_carer)
    assert (done.status.home, done.rev) == (cast.autumn, rev(cast.autumn))
    assert done.counts["present"] == board(cast.autumn_carer, cast.autumn)["counts"]["present"] == 1
    assert board(cast.carer, cast.sunshine)["counts"]["expected"] == 2
    assert [title for _, title, _ in notices(cast.mother)] == ["志强已到秋阳家园"]
    card = Phone(cast.mother).get(f"/api/members/{cast.zhiqiang.pk}/day").json()
    assert (card["state"], card["home"]["name"], card["by"]) == ("present", "秋阳家园", "钱老师")


def test_the_members_leave_of_today_goes_with_them(cast: Cast) -> None:
    leave, _ = leave_services.ask_leave(leave_id=uuid.uuid4(), member_id=cast.zhiqiang.pk, day=DAY, by=cast.mother)
    moved_after_midnight(cast)
    assert board(cast.autumn_carer, cast.autumn)["counts"]["leave"] == 1
    leave_services.withdraw_leave(leave_id=leave.pk, by=cast.autumn_carer)
    assert board(cast.autumn_carer, cast.autumn)["counts"]["waiting"] == 2


def test_who_was_at_the_old_door_today_stays_on_its_board(cast: Cast) -> None:
    first = tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    undo(first, "07:51", by=cast.carer)
    moved_after_midnight(cast)
    pass_by(due, clock.now())
    assert DayStatus.objects.get(member=cast.zhiqiang).home == cast.sunshine
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.autumn_carer)
    assert notices(cast.mother)[-1][1] == "志强已到秋阳家园"


def test_whoever_came_to_the_old_door_today_is_signed_out_there(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    move(cast)
    pass_by(due, clock.now())
    card = f"/api/members/{cast.zhiqiang.pk}/day"
    assert (Phone(cast.mother).get(card).json()["state"], Phone(cast.mother).get(card).json()["home"]["name"]) == ("present", "阳光家园")
    tap(cast.zhiqiang, "departed", "07:54", by=cast.carer, mode="shuttle")
    assert (board(cast.carer, cast.sunshine)["counts"]["departed"], Phone(cast.mother).get(card).json()["state"]) == (1, "departed")


def test_two_placements_at_once_do_not_move_a_member_back_and_forth(cast: Cast) -> None:
    pass_by(due, clock.now())
    Placement.objects.filter(member=cast.zhiqiang).update(ends_on=DAY.replace(day=6))
    Placement.objects.create(member=cast.zhiqiang, home=cast.autumn, starts_on=SINCE)
    pass_by(due, clock.now())
    assert DayStatus.objects.get(member=cast.zhiqiang).home == cast.sunshine
