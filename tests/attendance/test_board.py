"""The board of a Home, for its staff."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.attendance.due import due
from notifications import outbox
from tests.attendance.door import DAY, at, tap
from tests.support.cast import Cast, member, relative
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def board(cast: Cast) -> dict[str, Any]:
    answer = Phone(cast.carer).get(f"/api/attendance/board?home={cast.sunshine.id}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def names(tiles: list[dict[str, Any]]) -> list[str]:
    return [tile["name"] for tile in tiles]


def test_it_shows_who_is_due_and_who_else_belongs_here(cast: Cast) -> None:
    found = board(cast)
    assert names(found["members"]) == ["沈志强", "周小芳", "吴晓东"]
    assert names(found["others"]) == ["陈丽华"]
    assert found["counts"] == {"expected": 3, "present": 0, "waiting": 3, "leave": 0, "missing": 0, "departed": 0}
    assert (found["date"], found["open"], found["unsigned"]) == (DAY.isoformat(), True, [])


def test_a_tap_shows_on_it_with_the_next_revision(cast: Cast) -> None:
    before = board(cast)["rev"]
    done = tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    found = board(cast)
    tile = next(tile for tile in found["members"] if tile["name"] == "沈志强")
    assert (tile["state"], tile["by"], tile["notice"], tile["event"]) == ("present", "陆老师", "sent", str(done.event.id))
    assert found["rev"] == done.rev == before + 1


def test_somebody_who_joined_the_home_at_noon_is_on_it(cast: Cast) -> None:
    before = board(cast)["rev"]
    member(cast.sunshine, "新来")
    assert "新来" in names(board(cast)["members"])
    assert outbox.rev(f"home:{cast.sunshine.id}") > before


def test_who_was_not_signed_out_is_shown_until_it_is_settled(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    pass_by(due, at("19:00"))
    assert names([item["member"] for item in board(cast)["unsigned"]]) == ["沈志强"]
    tap(cast.zhiqiang, "departed", "16:30", uploaded="19:05", by=cast.carer)
    assert board(cast)["unsigned"] == []


def test_unchanged_it_is_not_sent_again(cast: Cast) -> None:
    phone = Phone(cast.carer)
    url = f"/api/attendance/board?home={cast.sunshine.id}"
    etag = phone.get(url).headers["ETag"]
    assert phone.get(url, headers={"If-None-Match": etag}).status_code == 304
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    assert phone.get(url, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("who", ["mother", "father", "charlie", "autumn_carer", "volunteer", "coordinator", "officer", "stranger"])
def test_for_everybody_else_the_home_has_no_board(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(f"/api/attendance/board?home={cast.sunshine.id}").status_code == 404


def test_signed_out_there_is_nothing(cast: Cast) -> None:
    assert Phone().get(f"/api/attendance/board?home={cast.sunshine.id}").status_code == 401


def test_it_costs_the_same_for_1_and_34_members(cast: Cast) -> None:
    phone, url = Phone(cast.carer), f"/api/attendance/board?home={cast.sunshine.id}"
    phone.get(url)
    with CaptureQueriesContext(connection) as few:
        phone.get(url)
    for number in range(31):
        made = member(cast.sunshine, f"成员{number}")
        relative(cast.stranger, made, "哥哥")
        tap(made, "arrived", "07:54", by=cast.carer)
    with CaptureQueriesContext(connection) as many:
        assert phone.get(url).status_code == 200
    assert len(few) == len(many) == 10
