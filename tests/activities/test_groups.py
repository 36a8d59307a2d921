"""Members who do things together, and what a plan begins with."""

import pytest
import time_machine

from backend.activities.models import Group
from backend.activities.services import groups
from backend.common.errors import ConflictError, InvalidError
from tests.activities.steps import calendar, plan
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def test_a_group_is_made_changed_and_deleted(cast: Cast) -> None:
    phone = Phone(cast.carer)
    made = phone.post("/api/calendar/groups", {"home": cast.sunshine.pk, "name": " 合唱队 ", "members": [cast.zhiqiang.pk]})
    url = f"/api/calendar/groups/{made.json()['id']}"
    assert (made.status_code, made.json()["name"], made.json()["members"]) == (201, "合唱队", [cast.zhiqiang.pk])
    both = [cast.zhiqiang.pk, cast.xiaofang.pk]
    assert phone.put(url, {"name": "合唱队", "members": both}).json()["members"] == both
    assert [group["members"] for group in phone.get(f"/api/calendar/groups?home={cast.sunshine.pk}").json()] == [both]
    assert phone.delete(url).status_code == 204
    assert not Group.objects.exists()


def test_whoever_joins_the_group_is_meant_from_then_on(cast: Cast) -> None:
    choir = groups.make_group(home_id=cast.sunshine.pk, name="合唱队", members=[cast.xiaofang.pk], by=cast.carer)
    plan(cast, audience="group", group=choir.pk)
    groups.edit_group(group_id=choir.pk, name="合唱队", members=[cast.zhiqiang.pk], by=cast.carer)
    assert calendar(cast.mother, cast.sunshine)["sessions"][0]["mine"][0]["meant"] is True


def test_one_that_was_planned_for_is_not_deleted(cast: Cast) -> None:
    choir = groups.make_group(home_id=cast.sunshine.pk, name="合唱队", members=[cast.xiaofang.pk], by=cast.carer)
    plan(cast, audience="group", group=choir.pk)
    answer = Phone(cast.carer).delete(f"/api/calendar/groups/{choir.pk}")
    assert (answer.status_code, answer.json()["message"]) == (409, "合唱队已经排过活动，不能删除，可以改成员。")


def test_two_of_one_name_and_members_from_elsewhere_are_refused(cast: Cast) -> None:
    groups.make_group(home_id=cast.sunshine.pk, name="合唱队", members=[cast.xiaofang.pk], by=cast.carer)
    with pytest.raises(ConflictError, match="换个名字"):
        groups.make_group(home_id=cast.sunshine.pk, name="合唱队", members=[cast.zhiqiang.pk], by=cast.carer)
    for members in ([], [cast.charlie_member.pk]):
        with pytest.raises(InvalidError):
            groups.make_group(home_id=cast.sunshine.pk, name="菜园组", members=members, by=cast.carer)


def test_a_plan_begins_with_the_homes_own_and_then_with_what_all_homes_do(cast: Cast, morning: time_machine.Traveller) -> None:
    for title, place in (("编竹篮", "车间"), ("合唱排练", "礼堂"), ("编竹篮", "院子")):
        plan(cast, title, place=place)
        morning.shift(1)
    found = Phone(cast.carer).get(f"/api/calendar/templates?home={cast.sunshine.pk}").json()
    assert [(each["title"], each["place"]) for each in found[:3]] == [("编竹篮", "院子"), ("合唱排练", "礼堂"), ("广播体操", "院子")]
    assert found[0]["starts_at"] == "10:00:00"
    assert len(found) == 13  # a dozen, one of which the Home has made its own
