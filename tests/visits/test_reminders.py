"""A day before, and two hours before: 还来吗？ And the Home hears when too few come."""

import datetime as dt

import pytest
import time_machine

from backend.common import clock
from backend.common.errors import ConflictError
from backend.visits.due import due
from backend.visits.models import Signup
from backend.visits.services import signups
from notifications.models import Notice
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone
from tests.visits.steps import STARTS, open_shift, sign
from tests.volunteers.steps import crowd, ready, told

pytestmark = pytest.mark.usefixtures("morning")


def test_who_comes_is_reminded_twice_and_who_waits_is_not(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1, bring="平底鞋")
    first, second = crowd(2)
    sign(first, shift)
    sign(second, shift)
    for before in (25, 24, 23, 2, 1):
        morning.move_to(STARTS - dt.timedelta(hours=before))
        pass_by(due, clock.now())
    assert told(first)[1:] == ["今天 09:00：周六义诊与陪伴日"]
    assert "09:00：周六义诊与陪伴日" not in "".join(told(second))


def test_each_reminder_says_when_and_what_to_bring(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, bring="平底鞋。")
    signup = sign(ready(cast.volunteer), shift)
    for before in (24, 2):
        morning.move_to(STARTS - dt.timedelta(hours=before))
        pass_by(due, clock.now())
        told(cast.volunteer)
    found = Notice.objects.filter(inbox=cast.volunteer.pk, kind="service_reminder").order_by("seq")
    assert [(each.title, each.body) for each in found] == [
        ("明天 09:00：周六义诊与陪伴日", "阳光家园，陪伴散步。请带：平底鞋。来不了的话早点取消，让给别人。"),
        ("今天 09:00：周六义诊与陪伴日", "阳光家园，陪伴散步。请带：平底鞋。还来吗？来不了请点取消，让给候补的人。"),
    ]
    assert {each.link for each in found} == {f"/service/mine/{signup.pk}"}


def test_a_volunteer_says_that_they_still_come(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    signup, waiting = sign(first, shift), sign(second, shift)
    answer = Phone(first).post(f"/api/signups/{signup.pk}/coming")
    assert (answer.status_code, answer.json()["coming"]) == (200, True)
    assert Signup.objects.get(pk=signup.pk).coming_at == clock.now()
    with pytest.raises(ConflictError):
        signups.still_coming(signup_id=waiting.pk, by=second)


def test_too_few_come_and_the_home_hears_once(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=5, minimum=3, signup_closes_at=STARTS - dt.timedelta(hours=20))
    sign(ready(cast.volunteer), shift)
    morning.move_to(STARTS - dt.timedelta(hours=20))
    for _ in range(2):
        pass_by(due, clock.now())
    assert told(cast.carer) == ["人数不够：周六义诊与陪伴日"]
    assert Notice.objects.get(inbox=cast.carer.pk).body == "3月14日 周六 09:00–11:30，报了 1 人，至少要 3 人。"
    assert told(cast.autumn_carer) == []


def test_the_volunteers_own_calendar_gets_it_as_a_file(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1, place="活动室")
    first, second = crowd(2)
    files = [Phone(user).get(f"/api/signups/{sign(user, shift).pk}/file") for user in (first, second)]
    assert {answer.headers["Content-Type"] for answer in files} == {"text/calendar; charset=utf-8"}
    sure, waits = (answer.content.decode() for answer in files)
    assert "DTSTART;TZID=Asia/Shanghai:20260314T090000" in sure
    assert "LOCATION:阳光家园 活动室" in sure
    assert ("STATUS:CONFIRMED" in sure, "STATUS:TENTATIVE" in waits) == (True, True)


def test_the_share_card_has_title_time_place_and_a_code(cast: Cast) -> None:
    shift = open_shift(cast, place="活动室")
    card = Phone(cast.volunteer).get(f"/api/service-events/{shift.event_id}/share").json()
    assert (card["title"], card["when"], card["where"]) == ("周六义诊与陪伴日", "3月14日 周六 09:00–11:30", "阳光家园 活动室")
    assert card["url"] == f"http://127.0.0.1:8000/service/{shift.event_id}"
    assert card["qr"].startswith("<svg")
