"""A Home's calendar as its staff, its families and the officer see it."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.activities.models import Group, Participation, Session
from backend.common import clock
from backend.homes.models import OpeningException, StaffPost
from backend.homes.services import seed_holidays
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, calendar, plan, planned
from tests.attendance.door import DAY, at
from tests.support.cast import Cast, member
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def mark(session: Session, cast: Cast, state: str = "joined") -> None:
    Participation.objects.create(session=session, member=cast.zhiqiang, state=state, marked_by=cast.carer, marked_at=clock.now())


def test_a_session_as_staff_see_it(cast: Cast) -> None:
    session = planned(cast, "采摘青菜", therapy="farm", place="菜园", leader=cast.carer_post.pk, note="带水杯", materials="篮子")
    mark(session, cast)
    found = calendar(cast.carer, cast.sunshine)
    assert found["home"] == {"id": cast.sunshine.pk, "name": "阳光家园", "phone": "0573-82000001"}
    assert found["staff"] is True
    assert found["sessions"] == [
        {
            "id": session.pk,
            "activity": str(session.activity_id),
            "therapy": "farm",
            "title": "采摘青菜",
            "place": "菜园",
            "leader": {"id": cast.carer_post.pk, "title": "陆老师"},
            "note": "带水杯",
            "starts_at": "2026-03-04T02:00:00Z",
            "ends_at": "2026-03-04T03:00:00Z",
            "state": "planned",
            "reason": "",
            "recurring": False,
            "changed": False,
            "audience": "all",
            "group": "",
            "meant": 3,
            "joined": 1,
            "result": {"text": "", "baskets": None, "pieces": None, "rank": None},
            "mine": [],
        }
    ]


def test_a_mother_sees_whether_the_member_is_meant_and_what_was_noted(cast: Cast) -> None:
    choir = Group.objects.create(home=cast.sunshine, name="合唱队")
    choir.members.set([cast.xiaofang])
    mark(planned(cast), cast, "left_early")
    plan(cast, "合唱", at="13:00", audience="group", group=choir.pk)
    first, second = calendar(cast.mother, cast.sunshine)["sessions"]
    assert first["mine"] == [{"member": cast.zhiqiang.pk, "meant": True, "state": "left_early"}]
    assert second["mine"] == [{"member": cast.zhiqiang.pk, "meant": False, "state": None}]
    assert (second["group"], second["meant"]) == ("合唱队", 1)


def test_what_is_for_some_by_name_is_shown_to_their_families_alone(cast: Cast) -> None:
    plan(cast, "谈心", therapy="counseling", audience="named", members=[cast.zhiqiang.pk])
    seen = {who: len(calendar(getattr(cast, who), cast.sunshine)["sessions"]) for who in ("carer", "mother", "father", "officer")}
    assert seen == {"carer": 1, "mother": 1, "father": 0, "officer": 0}


def test_who_does_not_come_that_day_is_not_meant(cast: Cast) -> None:
    monday = dt.date(2026, 3, 9)
    plan(cast, rule=EVERY_WORKDAY)
    meant = {day: calendar(cast.carer, cast.sunshine, day, day)["sessions"][0]["meant"] for day in (DAY, monday)}
    assert meant == {DAY: 3, monday: 4}  # 丽华 comes on Mondays only


def test_time_moves_a_session_on(cast: Cast, morning: time_machine.Traveller) -> None:
    planned(cast)
    states = []
    for moment in ("09:59", "10:00", "10:59", "11:00"):
        morning.move_to(at(moment))
        states.append(calendar(cast.mother, cast.sunshine)["sessions"][0]["state"])
    assert states == ["planned", "now", "now", "done"]


def test_it_holds_the_sessions_that_begin_on_its_days(cast: Cast) -> None:
    plan(cast, "夜里", at="00:00", on=TOMORROW)
    plan(cast, "晚上", at="23:30", on=TOMORROW)
    plan(cast, "后天", at="00:00", on=TOMORROW + dt.timedelta(days=1))
    assert [session["title"] for session in calendar(cast.carer, cast.sunshine, TOMORROW, TOMORROW)["sessions"]] == ["夜里", "晚上"]


def test_days_off_and_days_worked_in_exchange_come_with_it(cast: Cast) -> None:
    seed_holidays()
    OpeningException.objects.create(home=cast.sunshine, date=dt.date(2026, 10, 12), opens=False, reason="停电")
    days = {day.pop("date"): day for day in calendar(cast.mother, cast.sunshine, dt.date(2026, 10, 6), dt.date(2026, 10, 12))["days"]}
    assert days["2026-10-07"] == {"open": False, "kind": "holiday", "name": "国庆节"}
    assert days["2026-10-08"] == {"open": True, "kind": None, "name": ""}
    assert days["2026-10-10"] == {"open": True, "kind": "workday", "name": "国庆节调休上班"}
    assert days["2026-10-11"] == {"open": False, "kind": None, "name": ""}
    assert days["2026-10-12"] == {"open": False, "kind": None, "name": "停电"}


@pytest.mark.parametrize("last", [DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=63)])
def test_a_range_turned_round_or_too_long_is_refused(cast: Cast, last: dt.date) -> None:
    answer = Phone(cast.mother).get(f"/api/calendar?home={cast.sunshine.pk}&from={DAY}&to={last}")
    assert (answer.status_code, answer.json()["fields"]) == (422, {"to": "从开始日起最多 62 天。"})


@pytest.mark.parametrize("who", ["charlie", "autumn_carer", "volunteer", "coordinator", "stranger"])
def test_for_everybody_else_the_home_has_no_calendar(cast: Cast, who: str) -> None:
    session, phone = planned(cast), Phone(getattr(cast, who))
    assert phone.get(f"/api/calendar?home={cast.sunshine.pk}&from={DAY}&to={DAY}").status_code == 404
    assert phone.get(f"/api/calendar/sessions/{session.pk}").status_code == 404


def test_unchanged_it_is_not_sent_again(cast: Cast) -> None:
    phone, url = Phone(cast.mother), f"/api/calendar?home={cast.sunshine.pk}&from={DAY}&to={DAY}"
    etag = phone.get(url).headers["ETag"]
    assert phone.get(url, headers={"If-None-Match": etag}).status_code == 304
    planned(cast, leader=cast.carer_post.pk)
    again = phone.get(url, headers={"If-None-Match": etag})
    assert again.status_code == 200
    StaffPost.objects.update(title="小陆老师")
    assert phone.get(url, headers={"If-None-Match": again.headers["ETag"]}).status_code == 200


def test_one_session_names_its_members_to_staff_and_their_own_to_families(cast: Cast) -> None:
    session = planned(cast, materials="歌谱")
    mark(session, cast)
    url = f"/api/calendar/sessions/{session.pk}"
    staff, family = Phone(cast.carer).get(url).json(), Phone(cast.father).get(url).json()
    assert [(each["member"]["short_name"], each["state"]) for each in staff["members"]] == [
        ("志强", "joined"),
        ("小芳", None),
        ("晓东", None),
    ]
    assert [each["member"]["short_name"] for each in family["members"]] == ["小芳"]
    assert (staff["plan"]["starts_at"], family["plan"], family["materials"]) == ("10:00:00", None, "歌谱")


def test_it_costs_the_same_for_1_and_34_members_and_for_1_and_40_sessions(cast: Cast) -> None:
    phone, last = Phone(cast.carer), DAY + dt.timedelta(days=60)
    url = f"/api/calendar?home={cast.sunshine.pk}&from={DAY}&to={last}"
    choir = Group.objects.create(home=cast.sunshine, name="合唱队")
    plan(cast, audience="group", group=choir.pk)
    with CaptureQueriesContext(connection) as few:
        phone.get(url)
    people = [member(cast.sunshine, f"成员{number}") for number in range(31)]
    choir.members.set(people)
    for session in plan(cast, at="13:00", rule=EVERY_WORKDAY, leader=cast.carer_post.pk).sessions:
        Participation.objects.bulk_create(
            Participation(session=session, member=each, state="joined", marked_by=cast.carer, marked_at=clock.now()) for each in people
        )
    with CaptureQueriesContext(connection) as many:
        assert len(phone.get(url).json()["sessions"]) > 40
    assert len(few) == len(many) == 16
