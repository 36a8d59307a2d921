"""The officer: all Homes at a glance, no names of members."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.attendance.due import due
from backend.common import clock
from backend.homes.models import Home
from tests.attendance.door import tap
from tests.records.day import coming, counted, visit
from tests.support.cast import Cast, member
from tests.support.passing import pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")
URL = "/api/overview/homes"


def test_counts_of_every_home_of_the_area(cast: Cast) -> None:
    pass_by(due, clock.now())
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    found = Phone(cast.officer).get(URL).json()
    assert found["totals"] == {"expected": 4, "present": 1, "waiting": 3, "leave": 0, "missing": 0, "departed": 0}
    assert [(item["name"], item["area"], item["members"], item["counts"]["present"]) for item in found["items"]] == [
        ("阳光家园", "南湖区", 4, 1),
        ("秋阳家园", "海盐县", 1, 0),
    ]


def test_no_name_of_a_member_is_in_it(cast: Cast) -> None:
    pass_by(due, clock.now())
    text = Phone(cast.officer).get(URL).content.decode()
    assert not any(name in text for name in ("沈志强", "志强", "周小芳", "金小海"))


def test_how_often_each_was_visited_this_quarter(cast: Cast) -> None:
    for day in (dt.date(2025, 12, 31), dt.date(2026, 1, 2), dt.date(2026, 3, 3)):
        shift = visit(cast, on=day)
        for name in ("钱丽", "孙海峰"):
            counted(coming(shift, None, name))
    found = Phone(cast.officer).get(URL).json()["items"]
    assert {item["name"]: item["visits"] for item in found} == {"阳光家园": 2, "秋阳家园": 0}


@pytest.mark.parametrize("who", ["mother", "father", "charlie", "carer", "manager", "volunteer", "coordinator", "stranger"])
def test_for_everybody_else_it_does_not_exist(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(URL).status_code == 404


def test_it_costs_the_same_for_2_and_85_homes(cast: Cast) -> None:
    phone = Phone(cast.officer)
    with CaptureQueriesContext(connection) as few:
        phone.get(URL)
    for number in range(83):
        member(Home.objects.create(name=f"家园{number}", area=cast.sunshine.area, phone="0573"), f"成员{number}")
    pass_by(due, clock.now())
    with CaptureQueriesContext(connection) as many:
        assert len(phone.get(URL).json()["items"]) == 85
    assert len(few) == len(many) == 13
