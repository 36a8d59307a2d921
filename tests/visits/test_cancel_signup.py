"""Somebody does not come after all."""

import datetime as dt

import pytest
import time_machine

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.models import Signup
from backend.visits.services import signups
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.visits.steps import STARTS, counts, open_shift, sign
from tests.volunteers.steps import crowd, ready, told

pytestmark = pytest.mark.usefixtures("morning")


def test_until_the_deadline_one_tap_is_enough_and_the_next_is_asked(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    signup, waiting = sign(first, shift), sign(second, shift)
    answer = Phone(first).delete(f"/api/service-events/{shift.event_id}/signups/{signup.pk}")
    assert answer.status_code == 204, answer.content
    assert counts(shift) == (0, 1, 0)
    assert told(second) == ["有名额了：周六义诊与陪伴日"]
    waiting.refresh_from_db()
    assert waiting.status == "offered"


def test_a_second_tap_does_nothing(cast: Cast) -> None:
    shift = open_shift(cast)
    signup = sign(ready(cast.volunteer), shift)
    for _ in range(2):
        signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, by=cast.volunteer)
    assert counts(shift) == (0, 0, 0)


def test_after_the_deadline_it_wants_a_reason(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast)
    signup = sign(ready(cast.volunteer), shift)
    morning.move_to(STARTS - dt.timedelta(hours=23))
    with pytest.raises(InvalidError) as refusal:
        signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, by=cast.volunteer)
    assert refusal.value.code == "reason"
    answer = Phone(cast.volunteer).delete(f"/api/service-events/{shift.event_id}/signups/{signup.pk}?reason=发烧了")
    assert answer.status_code == 204
    assert Signup.objects.get().reason == "发烧了"


def test_who_waits_leaves_the_line_at_any_time_without_a_reason(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1)
    first, second, third = crowd(3)
    sign(first, shift)
    waiting, last = sign(second, shift), sign(third, shift)
    morning.move_to(STARTS - dt.timedelta(hours=1))
    signups.cancel_signup(signup_id=waiting.pk, event_id=shift.event_id, by=second)
    assert counts(shift) == (1, 0, 1)
    assert Phone(third).get(f"/api/signups/{last.pk}").json()["position"] == 1


def test_once_it_began_it_is_too_late(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast)
    signup = sign(ready(cast.volunteer), shift)
    morning.move_to(STARTS)
    with pytest.raises(ConflictError, match="打电话"):
        signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, reason="发烧", by=cast.volunteer)


@pytest.mark.parametrize("who", ["mother", "carer", "coordinator", "stranger"])
def test_nobody_cancels_for_another(cast: Cast, who: str) -> None:
    shift = open_shift(cast)
    signup = sign(ready(cast.volunteer), shift)
    with pytest.raises(NotFoundError):
        signups.cancel_signup(signup_id=signup.pk, event_id=shift.event_id, by=getattr(cast, who))
