"""A teacher plans an activity, once or again and again."""

import datetime as dt
import uuid
from typing import Any

import pytest

from backend.activities.models import Activity, Group, Session
from backend.common.errors import InvalidError, NotFoundError
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan
from tests.attendance.door import DAY, at
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def form(cast: Cast, **more: Any) -> dict[str, Any]:
    once = {"therapy": "farm", "title": "采摘青菜", "starts_on": DAY.isoformat(), "starts_at": "10:00", "minutes": 60}
    return {"id": str(uuid.uuid4()), "home": cast.sunshine.pk, **once, **more}


def test_once_makes_one_session_at_the_homes_wall_clock(cast: Cast) -> None:
    answer = Phone(cast.carer).post("/api/calendar/activities", form(cast, place="菜园", leader=cast.carer_post.pk, note="带水杯"))
    assert answer.status_code == 201, answer.content
    made = Session.objects.get()
    assert answer.json() == {"activity": str(made.activity_id), "sessions": [made.pk], "conflicts": []}
    assert (made.title, made.place, made.leader, made.note) == ("采摘青菜", "菜园", cast.carer_post, "带水杯")
    assert (made.date, made.starts_at, made.ends_at, made.state) == (DAY, at("10:00"), at("11:00"), "planned")


def test_again_and_again_makes_the_sessions_of_nine_weeks(cast: Cast) -> None:
    done = plan(cast, rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR")
    assert [session.date for session in done.sessions][:5] == [dt.date(2026, 3, day) for day in (4, 6, 18, 20)] + [dt.date(2026, 4, 1)]
    assert done.sessions[-1].date <= DAY + dt.timedelta(weeks=9)
    assert len(done.sessions) == 10


def test_tapped_twice_it_is_planned_once(cast: Cast) -> None:
    phone, body = Phone(cast.carer), form(cast)
    first, second = phone.post("/api/calendar/activities", body), phone.post("/api/calendar/activities", body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() == second.json()
    assert Session.objects.count() == 1


def test_an_id_used_for_something_else_is_refused(cast: Cast) -> None:
    phone, body = Phone(cast.carer), form(cast)
    phone.post("/api/calendar/activities", body)
    assert phone.post("/api/calendar/activities", body | {"title": "串珠"}).status_code == 409


def test_for_a_group_or_for_some_by_name(cast: Cast) -> None:
    choir = Group.objects.create(home=cast.sunshine, name="合唱队")
    assert plan(cast, audience="group", group=choir.pk).activity.group == choir
    named = plan(cast, at="13:00", audience="named", members=[cast.zhiqiang.pk, cast.xiaofang.pk]).activity
    assert set(named.members.all()) == {cast.zhiqiang, cast.xiaofang}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "1 到 40"),
        ({"title": "合" * 41}, "1 到 40"),
        ({"place": "院" * 41}, "不要超过"),
        ({"on": DAY - dt.timedelta(days=1)}, "请选今天到"),
        ({"on": DAY + dt.timedelta(days=367)}, "2027年3月5日"),
        ({"on": DAY + dt.timedelta(weeks=9, days=1), "rule": EVERY_WORKDAY}, "请选今天到"),
        ({"rule": "FREQ=SECONDLY"}, "重新选星期"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261399"}, "重新选星期"),
        ({"rule": "FREQ=WEEKLY;BYDAY=MO;COUNT=3"}, "重新选星期"),
        ({"rule": f"{EVERY_WORKDAY};UNTIL=20260303"}, "一场也没有"),
        ({"rule": "FREQ=WEEKLY;BYDAY=SU"}, "一场也没有"),
        ({"audience": "group"}, "选一个小组"),
        ({"audience": "named"}, "至少选一位"),
    ],
)
def test_what_cannot_be_planned_says_why(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        plan(cast, **{"title": "合唱", **wrong})
    assert not Activity.objects.exists()


def test_teachers_members_and_groups_of_another_home_are_not_there(cast: Cast) -> None:
    theirs = Group.objects.create(home=cast.autumn, name="合唱队")
    for wrong in (
        {"leader": cast.autumn_post.pk},
        {"audience": "named", "members": [cast.zhiqiang.pk, cast.charlie_member.pk]},
        {"audience": "group", "group": theirs.pk},
    ):
        with pytest.raises(InvalidError):
            plan(cast, **wrong)


@pytest.mark.parametrize("who", ["mother", "charlie", "autumn_carer", "officer", "volunteer", "stranger"])
def test_only_staff_of_the_home_plan(cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        plan(cast, by=getattr(cast, who))


def test_what_is_planned_once_takes_place_on_a_closed_day_too(cast: Cast) -> None:
    done = plan(cast, "春游", on=dt.date(2026, 3, 7))
    assert [session.date for session in done.sessions] == [dt.date(2026, 3, 7)]
    assert done.conflicts == ["3月7日阳光家园休息。"]


def test_a_monthly_one_takes_its_weekday(cast: Cast) -> None:
    done = plan(cast, rule="FREQ=MONTHLY;BYDAY=1TH", on=TOMORROW)
    assert [session.date for session in done.sessions] == [TOMORROW, dt.date(2026, 4, 2)]
