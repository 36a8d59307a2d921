"""What families answer with one tap reaches the teacher."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from backend.common import clock
from backend.people.models import Relative
from notifications.models import Notice, Reply
from tests.attendance.door import tap
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def answers(cast: Cast) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Phone(cast.carer).get(f"/api/overview/answers?home={cast.sunshine.id}").json()
    return found


def answer(cast: Cast, kind: str) -> None:
    notice = Notice.objects.get(inbox=cast.mother.pk)
    assert Phone(cast.mother).post(f"/api/notices/{notice.pk}/replies", {"kind": kind}).status_code == 201


def test_the_teacher_sees_who_answered_what_to_which_news(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    answer(cast, "ack")
    (found,) = answers(cast)
    assert (found["member"]["name"], found["relation"], found["kind"], found["to"]) == ("沈志强", "母亲", "ack", "志强已到阳光家园")


def test_a_busy_day_is_shown_whole_and_yesterday_not_at_all(cast: Cast, morning: time_machine.Traveller) -> None:
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    notice = Notice.objects.get(inbox=cast.mother.pk)
    Reply.objects.bulk_create(Reply(notice=notice, kind=f"kind {number}", at=clock.now()) for number in range(60))
    assert len(answers(cast)) == 60
    morning.shift(dt.timedelta(days=1))
    assert answers(cast) == []


def test_who_was_unbound_is_no_longer_shown(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
    answer(cast, "ack")
    Relative.objects.filter(pk=cast.mother_link.pk).update(ended_at=clock.now())
    assert answers(cast) == []
