"""A number that was silent for half a year may be somebody else's: a new device waits for a yes."""

import datetime as dt

import pytest
import time_machine

from backend.accounts.models import Device, User
from backend.common import clock
from tests.accounts.steps import BASE, sign_in
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def silence(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(seen_at=clock.now() - dt.timedelta(days=days))


def held_mother(cast: Cast) -> Phone:
    silence(cast.mother, 180)
    phone = sign_in("13800000001")
    assert Device.objects.get(session_key=phone.session_key).held_at is not None
    return phone


def test_a_held_device_sees_nothing_and_says_why(cast: Cast) -> None:
    phone = held_mother(cast)
    for path in ("/api/me/devices", f"/api/members/{cast.zhiqiang.pk}/day", "/api/notices", f"/api/members/{cast.zhiqiang.pk}/watchers"):
        answer = phone.get(path)
        assert (answer.status_code, answer.json()["code"]) == (401, "held")
    assert phone.post("/api/me/sign-out-everywhere").status_code == 401


def test_a_held_device_may_read_that_it_is_held_and_sign_out(cast: Cast) -> None:
    phone = held_mother(cast)
    me = phone.get("/api/me").json()
    assert (me["held"], me["name"], me["relatives"], me["posts"]) == (True, "", [], [])
    assert phone.delete(f"{BASE}/auth/session").status_code == 401
    assert not Device.objects.exists()


def test_waiting_does_not_end_the_silence(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = held_mother(cast)
    morning.shift(7200)
    phone.get("/api/me")
    again = sign_in("13800000001")
    again.get("/api/me")
    assert Device.objects.get(session_key=again.session_key).held_at is not None


def test_one_of_my_other_devices_says_yes(cast: Cast) -> None:
    mine = sign_in("13800000001")
    phone = held_mother(cast)
    device = Device.objects.get(session_key=phone.session_key)
    assert phone.post(f"/api/me/devices/{device.pk}/confirm").status_code == 401  # not by itself

    assert mine.post(f"/api/me/devices/{device.pk}/confirm").status_code == 204

    assert phone.get("/api/me/devices").status_code == 200


def test_nobody_says_yes_for_somebody_elses_device(cast: Cast) -> None:
    charlie = sign_in("13800000008")
    phone = held_mother(cast)
    device = Device.objects.get(session_key=phone.session_key)
    assert charlie.post(f"/api/me/devices/{device.pk}/confirm").status_code == 404
    assert phone.get("/api/me/devices").status_code == 401


def test_a_yes_needs_no_second_one_at_the_next_sign_in(cast: Cast, morning: time_machine.Traveller) -> None:
    mine = sign_in("13800000001")
    phone = held_mother(cast)
    mine.post(f"/api/me/devices/{Device.objects.get(session_key=phone.session_key).pk}/confirm")
    morning.shift(7200)
    phone.get("/api/me/devices")
    assert Device.objects.get(session_key=sign_in("13800000001").session_key).held_at is None


def test_after_179_days_nobody_waits(cast: Cast) -> None:
    silence(cast.mother, 179)
    assert sign_in("13800000001").get("/api/me/devices").status_code == 200


def test_who_has_no_family_here_does_not_wait(cast: Cast) -> None:
    silence(cast.volunteer, 400)
    assert sign_in("13800000004").get("/api/me/devices").status_code == 200
