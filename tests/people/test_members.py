"""A Home's members, as its staff see and edit them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.people.models import Member, WeeklyPattern
from tests.support.cast import Cast, member
from tests.support.phone import Phone

DAY = {"weekday": 2, "arrives_at": "09:00", "departs_at": "15:30"}


def listed(phone: Phone, cast: Cast, query: str = "") -> Any:
    return phone.get(f"/api/homes/{cast.sunshine.pk}/members{query}").json()


def test_the_list_says_who_has_no_family_here_yet(cast: Cast) -> None:
    answer = listed(Phone(cast.carer), cast)
    assert [(row["name"], row["relatives_count"], row["unbound"]) for row in answer["items"]] == [
        ("沈志强", 2, False),
        ("周小芳", 1, False),
        ("吴晓东", 0, True),
        ("陈丽华", 0, True),
    ]
    assert answer["next"] is None


@pytest.mark.parametrize(
    ("search", "names"),
    [
        ("志强", ["沈志强"]),
        ("沈", ["沈志强"]),
        ("%00芳", ["周小芳"]),
        ("小", ["周小芳"]),
        ("%20芳%20", ["周小芳"]),
        ("%25", []),
        ("海", []),
    ],
)
def test_a_member_is_found_by_any_part_of_the_name(cast: Cast, search: str, names: list[str]) -> None:
    assert [row["name"] for row in listed(Phone(cast.carer), cast, f"?q={search}")["items"]] == names


def test_the_short_name_is_searched_too(cast: Cast) -> None:
    Member.objects.filter(pk=cast.zhiqiang.pk).update(short_name="阿宝")
    assert [row["name"] for row in listed(Phone(cast.carer), cast, "?q=宝")["items"]] == ["沈志强"]


def test_a_long_list_comes_in_pages(cast: Cast) -> None:
    phone, seen, after = Phone(cast.carer), [], ""
    while True:
        page = listed(phone, cast, f"?limit=3&after={after}")
        seen += [row["name"] for row in page["items"]]
        if page["next"] is None:
            break
        after = page["next"]
    assert seen == ["沈志强", "周小芳", "吴晓东", "陈丽华"]


@pytest.mark.parametrize("query", ["?after=x", "?after=-1", "?after=99999999999999999999", "?limit=0", "?limit=201", f"?q={'a' * 41}"])
def test_a_cursor_or_limit_that_makes_no_sense_is_refused(cast: Cast, query: str) -> None:
    assert Phone(cast.carer).get(f"/api/homes/{cast.sunshine.pk}/members{query}").status_code == 422


def queries(phone: Phone, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert phone.get(path).status_code == 200
    return len(captured)


def test_the_list_takes_the_same_queries_for_4_and_34_members(cast: Cast) -> None:
    phone, path = Phone(cast.carer), f"/api/homes/{cast.sunshine.pk}/members"
    assert queries(phone, path) == 5
    for number in range(30):
        member(cast.sunshine, f"钱多{number}")
    assert queries(phone, path) == 5


def test_one_member_takes_the_same_queries_for_one_relative_and_two(cast: Cast) -> None:
    phone = Phone(cast.carer)
    assert queries(phone, f"/api/members/{cast.zhiqiang.pk}") == 8
    assert queries(phone, f"/api/members/{cast.xiaofang.pk}") == 8


def test_staff_see_week_family_and_phone_numbers(cast: Cast) -> None:
    answer = Phone(cast.carer).get(f"/api/members/{cast.zhiqiang.pk}").json()
    assert [row["weekday"] for row in answer["pattern"]] == [0, 1, 2, 3, 4]
    assert answer["pattern"][0] == {"weekday": 0, "arrives_at": "08:30:00", "departs_at": "16:30:00"}
    relatives = [(row["name"], row["relation"], row["can_sign"], row["phone"]) for row in answer["relatives"]]
    assert relatives == [("李秀珍", "母亲", True, "+8613800000001"), ("沈秋月", "姐姐", False, "+8613800000011")]


@pytest.mark.parametrize("who", ["mother", "officer", "volunteer", "autumn_carer", "charlie", "stranger"])
def test_nobody_else_sees_the_list_or_a_member(cast: Cast, who: str) -> None:
    phone = Phone(getattr(cast, who))
    assert phone.get(f"/api/homes/{cast.sunshine.pk}/members").status_code == 404
    assert phone.get(f"/api/members/{cast.zhiqiang.pk}").status_code == 404
    assert phone.patch(f"/api/members/{cast.zhiqiang.pk}", {"colour": 3}).status_code == 404


def test_an_id_too_long_for_the_database_is_refused(cast: Cast) -> None:
    assert Phone(cast.carer).get(f"/api/members/{2**63}").status_code == 422


def test_short_name_colour_and_week_can_be_changed(cast: Cast) -> None:
    answer = Phone(cast.carer).patch(f"/api/members/{cast.zhiqiang.pk}", {"short_name": "强强", "colour": 7, "pattern": [DAY]})
    assert (answer.json()["short_name"], answer.json()["avatar"]) == ("强强", {"text": "强", "colour": 7, "photo": None})
    assert answer.json()["pattern"] == [{"weekday": 2, "arrives_at": "09:00:00", "departs_at": "15:30:00"}]


def test_what_is_left_out_stays(cast: Cast) -> None:
    Phone(cast.carer).patch(f"/api/members/{cast.zhiqiang.pk}", {"colour": 5})
    cast.zhiqiang.refresh_from_db()
    assert (cast.zhiqiang.short_name, cast.zhiqiang.colour) == ("志强", 5)
    assert WeeklyPattern.objects.filter(member=cast.zhiqiang).count() == 5


@pytest.mark.parametrize(
    "body",
    [
        {"short_name": ""},
        {"short_name": "强" * 21},
        {"short_name": "沈志强"},
        {"colour": 8},
        {"pattern": [DAY, DAY]},
        {"pattern": [{**DAY, "departs_at": "09:00"}]},
        {"pattern": [{**DAY, "weekday": 7}]},
        {"pattern": [{**DAY, "arrives_at": "25:00"}]},
        {"pattern": [{**DAY, "arrives_at": "09:00Z"}]},
        {"pattern": [{**DAY, "arrives_at": "09:00+08:00", "departs_at": "15:30+08:00"}]},
    ],
)
def test_what_makes_no_sense_changes_nothing(cast: Cast, body: dict[str, object]) -> None:
    assert Phone(cast.carer).patch(f"/api/members/{cast.zhiqiang.pk}", body).status_code == 422
    cast.zhiqiang.refresh_from_db()
    assert cast.zhiqiang.short_name == "志强"
    assert WeeklyPattern.objects.filter(member=cast.zhiqiang).count() == 5


def test_relatives_see_who_else_sees_the_member(cast: Cast) -> None:
    answer = Phone(cast.sister).get(f"/api/members/{cast.zhiqiang.pk}/watchers").json()
    assert answer == [{"relation": "母亲", "name": "李秀珍", "me": False}, {"relation": "姐姐", "name": "沈秋月", "me": True}]


@pytest.mark.parametrize("who", ["father", "officer", "autumn_carer", "charlie", "stranger"])
def test_others_do_not(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).get(f"/api/members/{cast.zhiqiang.pk}/watchers").status_code == 404
