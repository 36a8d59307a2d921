"""Somebody's week, name or Home changes in the middle of the day: the boards that are open hear it within seconds."""

import datetime as dt
from typing import Any

import pytest

from backend.attendance.due import due
from backend.attendance.models import DayStatus
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.homes.models import OpeningException
from backend.people.models import Member, Placement
from backend.people.services import DayIn, edit_member
from notifications import outbox
from tests.attendance.door import DAY, notices, tap, undo
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

WEDNESDAY = DAY.weekday()


def comes(cast: Cast, member: Member, *hours: str) -> None:
    """On Wednesdays from then until then; or never."""
    times = [dt.time.fromisoformat(each) for each in hours]
    edit_member(member_id=member.pk, pattern=[DayIn(WEDNESDAY, *times)] if times else [], by=cast.carer)


def goes_for_good(member: Member) -> None:
    Placement.objects.filter(member=member).update(ends_on=DAY)


def board(cast: Cast) -> dict[str, Any]:
    found: dict[str, Any] = Phone(cast.carer).get(f"/api/attendance/board?home={cast.sunshine.pk}").json()
    return found


def tile(cast: Cast, member: Member) -> dict[str, Any]:
    found = board(cast)
    return next(each for each in [*found["members"], *found["others"]] if each["id"] == member.pk)


def names(tiles: list[dict[str, Any]]) -> list[str]:
    return [each["name"] for each in tiles]


def heard(cast: Cast) -> int:
    """How much the board's number moves when time passes; and then it stands."""
    name = f"home:{cast.sunshine.pk}"
    before = outbox.rev(name)
    pass_by(due, clock.now())
    after = outbox.rev(name)
    pass_by(due, clock.now())
    board(cast)
    assert outbox.rev(name) == after
    return after - before


def test_other_hours_are_on_the_tile(cast: Cast) -> None:
    tap(cast.xiaofang, "arrived", "07:50", by=cast.carer)
    comes(cast, cast.zhiqiang, "09:30", "15:00")
    assert heard(cast) == 1
    found = tile(cast, cast.zhiqiang)
    assert (found["state"], found["expected_at"], found["departs_at"]) == ("waiting", "2026-03-04T01:30:00Z", "2026-03-04T07:00:00Z")


def test_who_does_not_come_on_this_day_any_more_is_not_waited_for(cast: Cast) -> None:
    board(cast)
    comes(cast, cast.zhiqiang)
    assert heard(cast) == 1
    assert (tile(cast, cast.zhiqiang)["state"], board(cast)["counts"]["expected"]) == ("", 2)


def test_who_comes_today_after_all_is_waited_for(cast: Cast) -> None:
    board(cast)
    comes(cast, cast.lihua, "08:30", "16:30")
    assert heard(cast) == 1
    assert tile(cast, cast.lihua)["state"] == "waiting"


def test_who_was_due_earlier_than_now_is_late_at_once(cast: Cast) -> None:
    board(cast)
    comes(cast, cast.zhiqiang, "07:30", "16:30")
    heard(cast)
    assert tile(cast, cast.zhiqiang)["state"] == "missing"


def test_what_happened_at_the_door_stays(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    comes(cast, cast.zhiqiang, "09:30", "15:00")
    assert heard(cast) == 1
    found = tile(cast, cast.zhiqiang)
    assert (found["state"], found["by"], found["departs_at"]) == ("present", "陆老师", "2026-03-04T07:00:00Z")


def test_an_arrival_taken_back_leaves_what_holds_now(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    comes(cast, cast.zhiqiang)
    heard(cast)
    undo(done, "07:54", by=cast.carer)
    assert tile(cast, cast.zhiqiang)["state"] == ""


def test_another_name_is_on_the_tile(cast: Cast) -> None:
    board(cast)
    edit_member(member_id=cast.zhiqiang.pk, short_name="强强", by=cast.carer)
    assert heard(cast) == 1
    assert tile(cast, cast.zhiqiang)["short_name"] == "强强"


def test_whoever_looks_need_not_wait_for_the_clock(cast: Cast) -> None:
    board(cast)
    comes(cast, cast.zhiqiang, "09:30", "15:00")
    assert tile(cast, cast.zhiqiang)["expected_at"] == "2026-03-04T01:30:00Z"
    assert heard(cast) == 0


def test_who_belongs_to_no_home_any_more_is_not_waited_for(cast: Cast) -> None:
    board(cast)
    goes_for_good(cast.zhiqiang)
    assert heard(cast) == 1
    found = board(cast)
    assert names([*found["members"], *found["others"]]) == ["周小芳", "吴晓东", "陈丽华"]
    assert not DayStatus.objects.filter(member=cast.zhiqiang).exists()


def test_who_is_in_the_house_stays_until_they_are_signed_out(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    goes_for_good(cast.zhiqiang)
    assert heard(cast) == 0
    assert (tile(cast, cast.zhiqiang)["state"], card(cast)["state"]) == ("present", "present")
    tap(cast.zhiqiang, "departed", "07:54", by=cast.carer, mode="relative")
    assert (tile(cast, cast.zhiqiang)["state"], card(cast)["state"]) == ("departed", "departed")
    assert [title for _, title, _ in notices(cast.mother)] == ["志强已到阳光家园", "志强已离开阳光家园"]


def card(cast: Cast) -> dict[str, Any]:
    """As the mother reads it."""
    found: dict[str, Any] = Phone(cast.mother).get(f"/api/members/{cast.zhiqiang.pk}/day").json()
    return found


def test_who_left_and_had_not_been_there_after_all_is_not_waited_for(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    goes_for_good(cast.zhiqiang)
    undo(done, "07:54", by=cast.carer)
    assert heard(cast) == 1
    assert tile(cast, cast.zhiqiang)["state"] == ""


@pytest.mark.parametrize("who", ["autumn_carer", "mother"])
def test_the_last_departure_is_tapped_by_the_homes_staff_only(cast: Cast, who: str) -> None:
    tap(cast.zhiqiang, "arrived", "07:50", by=cast.carer)
    goes_for_good(cast.zhiqiang)
    with pytest.raises(NotFoundError):
        tap(cast.zhiqiang, "departed", "07:54", by=getattr(cast, who))


def test_who_was_not_there_on_their_last_day_cannot_be_tapped(cast: Cast) -> None:
    goes_for_good(cast.zhiqiang)
    with pytest.raises(NotFoundError):
        tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)


def test_that_the_home_closes_is_on_the_board_with_the_next_number(cast: Cast) -> None:
    """The same number is the same board: who read it meanwhile hears of the next one."""
    before = board(cast)
    OpeningException.objects.create(home=cast.sunshine, date=DAY, opens=False)
    meanwhile = board(cast)
    assert (meanwhile["rev"], meanwhile["open"]) == (before["rev"], True)
    assert heard(cast) == 1
    found = board(cast)
    assert (found["rev"], found["open"], found["counts"]["expected"]) == (before["rev"] + 1, False, 0)
