"""The secret address that a phone's calendar subscribes to, parsed back by what did not write it."""

import datetime as dt
import json
import subprocess
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from backend.accounts.models import User
from backend.activities.models import Session
from backend.activities.services import feed, planning
from backend.people.services import unbind
from tests.activities.steps import EVERY_WORKDAY, TOMORROW, plan, planned
from tests.attendance.door import at
from tests.support.cast import Cast, member, relative
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

PWA = Path(__file__).resolve().parents[2] / "pwa"


def address(user: User) -> str:
    return feed.open_feed(by=user).removeprefix("http://127.0.0.1:8000")


def read(url: str) -> bytes:
    answer = Client().get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return bytes(answer.content)


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def titles(user: User) -> list[str]:
    return [str(event["summary"]) for event in events(read(address(user)))]


def test_a_session_as_a_mothers_phone_shows_it(cast: Cast) -> None:
    session = planned(cast, "采摘青菜", therapy="farm", place="菜园", leader=cast.carer_post.pk, note="带水杯")
    (event,) = events(read(address(cast.mother)))
    assert str(event["summary"]) == "农疗：采摘青菜"
    assert str(event["location"]) == "阳光家园 菜园"
    assert str(event["description"]) == "参加：志强\n带队：陆老师\n带水杯"
    assert str(event["uid"]) == f"session-{session.pk}@127.0.0.1"
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["dtstart"].dt == dt.datetime(2026, 3, 4, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert event["dtend"].dt == at("11:00")


def test_the_file_is_as_the_standard_says(cast: Cast) -> None:
    plan(cast, "很长的名字" * 8, note="分号；逗号,和;换行")
    data = read(address(cast.mother))
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert data.decode()  # no character was cut at a fold
    (zone,) = Calendar.from_ical(data).walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Asia/Shanghai"
    assert [part.to_ical() for part in zone.subcomponents] == [
        b"BEGIN:STANDARD\r\nDTSTART:20200101T000000\r\nTZNAME:CST\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0800\r\nEND:STANDARD\r\n"
    ]
    assert b"DTSTART;TZID=Asia/Shanghai:20260304T100000\r\n" in data


def test_a_change_and_a_cancellation_keep_the_uid_and_count_on(cast: Cast) -> None:
    session, url = planned(cast), address(cast.mother)
    (before,) = events(read(url))
    planning.change_session(
        session_id=session.pk, starts_at=at("14:00"), minutes=60, title="合唱", place="", leader=None, note="", by=cast.carer
    )
    planning.cancel_session(session_id=session.pk, reason="下雨", by=cast.carer)
    (after,) = events(read(url))
    assert after["uid"] == before["uid"]
    assert (after["sequence"], after["status"], str(after["summary"])) == (2, "CANCELLED", "已取消 文疗：合唱")
    assert str(after["description"]).startswith("已取消：下雨")
    assert after["dtstart"].dt == at("14:00")


def test_all_dates_of_an_activity_are_in_it(cast: Cast) -> None:
    plan(cast, rule=EVERY_WORKDAY)
    starts = [event["dtstart"].dt for event in events(read(address(cast.mother)))]
    assert starts == list(Session.objects.order_by("starts_at").values_list("starts_at", flat=True))
    assert len(starts) == 46


def test_it_holds_what_its_owner_may_see_and_no_more(cast: Cast) -> None:
    plan(cast)
    plan(cast, "谈心", at="13:00", therapy="counseling", audience="named", members=[cast.xiaofang.pk])
    plan(cast, "秋阳合唱", home=cast.autumn, by=cast.autumn_carer)
    both = ["文疗：合唱排练", "思疗：谈心"]
    seen = {who: titles(getattr(cast, who)) for who in ("mother", "father", "carer", "charlie", "officer", "stranger")}
    assert seen == {"mother": both[:1], "father": both, "carer": both, "charlie": ["文疗：秋阳合唱"], "officer": [], "stranger": []}


def test_who_is_not_family_any_more_reads_an_empty_calendar(cast: Cast) -> None:
    planned(cast)
    url = address(cast.mother)
    unbind(relative_id=cast.mother_link.pk, by=cast.carer)
    assert events(read(url)) == []


def test_a_new_address_ends_the_old_one_and_no_address_is_none(cast: Cast) -> None:
    phone = Phone(cast.mother)
    assert phone.get("/api/calendar/feed").json() == {"active": False, "since": None}
    first, second = (phone.post("/api/calendar/feed").json()["url"].removeprefix("http://127.0.0.1:8000") for _ in range(2))
    assert len(first) >= len("/calendar/.ics") + 22
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert phone.get("/api/calendar/feed").json()["active"] is True
    assert phone.delete("/api/calendar/feed").status_code == 204
    assert Client().get(second).status_code == Client().get("/calendar/whatever.ics").status_code == 404


def test_somebody_who_may_not_sign_in_any_more_has_no_calendar(cast: Cast) -> None:
    url = address(cast.mother)
    User.objects.filter(pk=cast.mother.pk).update(is_active=False)
    assert Client().get(url).status_code == 404


def test_signing_out_everywhere_ends_it_too(cast: Cast) -> None:
    """Whoever found the phone may have read the address."""
    url, phone = address(cast.mother), Phone(cast.mother)
    assert phone.post("/api/me/sign-out-everywhere").status_code == 204
    assert Client().get(url).status_code == 404
    again = Phone(User.objects.get(pk=cast.mother.pk))
    assert again.get("/api/calendar/feed").json() == {"active": False, "since": None}
    assert Client().get(again.post("/api/calendar/feed").json()["url"].removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_signing_out_of_one_device_leaves_it(cast: Cast) -> None:
    url = address(cast.mother)
    Phone(cast.mother).delete("/_allauth/browser/v1/auth/session")
    assert Client().get(url).status_code == 200


def test_unchanged_it_is_not_sent_again(cast: Cast) -> None:
    session, url = planned(cast), address(cast.mother)
    etag = Client().get(url).headers["ETag"]
    again = Client().get(url, headers={"If-None-Match": etag})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "private, no-cache")
    planning.cancel_session(session_id=session.pk, reason="", by=cast.carer)
    assert Client().get(url, headers={"If-None-Match": etag}).status_code == 200


def test_only_reading_is_allowed(cast: Cast) -> None:
    assert Client().post(address(cast.mother)).status_code == 405


def test_one_session_for_the_phones_own_calendar(cast: Cast) -> None:
    session = planned(cast, on=TOMORROW)
    answer = Phone(cast.mother).get(f"/api/calendar/sessions/{session.pk}/file")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="session-{session.pk}.ics"'
    (event,) = events(answer.content)
    (same,) = events(read(address(cast.mother)))
    assert (event["uid"], event["dtstart"].dt) == (same["uid"], at("10:00", TOMORROW))
    assert Phone(cast.charlie).get(f"/api/calendar/sessions/{session.pk}/file").status_code == 404


def test_it_costs_the_same_for_1_and_34_members_and_for_1_and_40_sessions(cast: Cast) -> None:
    url = address(cast.mother)
    planned(cast)
    with CaptureQueriesContext(connection) as few:
        read(url)
    for number in range(31):
        relative(cast.mother, member(cast.sunshine, f"成员{number}"), "姑姑")
    plan(cast, "串珠", at="13:00", rule=EVERY_WORKDAY)
    with CaptureQueriesContext(connection) as many:
        assert len(events(read(url))) > 40
    assert len(few) == len(many) == 8


def test_ical_js_reads_the_same_sessions(cast: Cast) -> None:
    """Over the turn of the year, with one changed and one cancelled."""
    with time_machine.travel(at("07:55", dt.date(2026, 12, 1)), tick=False):
        first, second, *_ = plan(cast, "合唱；排练,\\一", rule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", on=dt.date(2026, 12, 1)).sessions
        planning.cancel_session(session_id=first.pk, reason="下雨", by=cast.carer)
        moved: dict[str, Any] = {
            "starts_at": at("23:30", second.date),
            "minutes": 60,
            "title": "守岁",
            "place": "礼堂",
            "leader": None,
            "note": "",
        }
        planning.change_session(session_id=second.pk, **moved, by=cast.carer)
        data = read(address(cast.mother))
    found = json.loads(subprocess.run(["node", "scripts/ics.mjs"], input=data, cwd=PWA, check=True, capture_output=True).stdout)
    assert [(event["uid"], event["starts_at"], event["ends_at"], event["sequence"], event["status"]) for event in found] == [
        (
            f"session-{session.pk}@127.0.0.1",
            utc(session.starts_at),
            utc(session.ends_at),
            session.sequence,
            "CANCELLED" if session.cancelled_at else "CONFIRMED",
        )
        for session in Session.objects.order_by("starts_at")
    ]
    assert [event["summary"] for event in found[:3]] == ["已取消 文疗：合唱；排练,\\一", "文疗：守岁", "文疗：合唱；排练,\\一"]
    assert {event["zone"] for event in found} == {"Asia/Shanghai"}
    assert found[-1]["starts_at"].startswith("2027-01")


def utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%S}.000Z"
