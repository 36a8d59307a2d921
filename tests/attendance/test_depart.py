"""A teacher signs a member out, who may come again."""

import pytest

from backend.common.errors import InvalidError
from tests.attendance.door import at, notices, tap
from tests.support.cast import Cast


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("relative", "16:31，家属来接。"),
        ("alone", "16:31，自己回家。"),
        ("shuttle", "16:31，坐班车。"),
        ("other", "16:31，其他人来接。"),
        ("", "16:31，陆老师送出门。"),
    ],
)
def test_the_family_hears_who_brings_the_member_home(cast: Cast, mode: str, words: str) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    done = tap(cast.zhiqiang, "departed", "16:31", by=cast.carer, mode=mode)
    assert (done.status.state, done.status.since, done.status.arrived_at) == ("departed", at("16:31"), at("08:12"))
    assert notices(cast.mother)[-1] == (2, "志强已离开阳光家园", words)


def test_coming_back_is_told_as_coming_again(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    tap(cast.zhiqiang, "departed", "10:00", by=cast.carer, mode="relative")
    done = tap(cast.zhiqiang, "arrived", "10:30", by=cast.carer)
    assert (done.status.state, done.status.since, done.status.arrived_at) == ("present", at("10:30"), at("08:12"))
    assert notices(cast.mother)[-1] == (3, "志强又到阳光家园", "10:30，陆老师在门口接到。")


def test_a_departure_without_an_arrival_is_the_truth_of_the_door(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "departed", "16:31", by=cast.carer, mode="relative")
    assert (done.effect, done.status.state, done.status.arrived_at) == ("recorded", "departed", None)


def test_leaving_twice_is_told_once(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    tap(cast.zhiqiang, "departed", "16:31", by=cast.carer, mode="relative")
    assert tap(cast.zhiqiang, "departed", "16:32", by=cast.colleague, mode="alone").effect == "none"
    assert len(notices(cast.mother)) == 2


def test_how_a_member_left_belongs_to_leaving_only(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="离开"):
        tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, mode="relative")
