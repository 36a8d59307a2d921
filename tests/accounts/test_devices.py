"""我登录的设备: one row for each browser that is signed in, and ways to end it."""

import datetime as dt
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection

from backend.accounts import due
from backend.accounts.labels import device_label
from backend.accounts.models import Device
from backend.common import clock
from notifications.models import PushSubscription
from tests.accounts.steps import ANDROID, BASE, IPHONE, sign_in
from tests.support.cast import Cast, make_cast
from tests.support.passing import pass_by
from tests.support.phone import Phone

UNTIL_TOMORROW = dt.timedelta(hours=24)


def subscribe(phone: Phone, user_id: int) -> PushSubscription:
    return PushSubscription.objects.create(
        user_id=user_id,
        endpoint=f"https://push.test/{phone.session_key}",
        p256dh="k",
        auth="a",
        device=phone.session_key,
        created_at=clock.now(),
    )


def is_signed_in(phone: Phone) -> bool:
    return bool(phone.get("/api/me/devices").status_code == 200)


def test_the_list_shows_this_one_and_the_others(cast: Cast, morning: time_machine.Traveller) -> None:
    old = sign_in("13800000001", user_agent=IPHONE)
    morning.shift(60)
    new = sign_in("13800000001", user_agent=ANDROID)
    sign_in("13800000007")

    answer = new.get("/api/me/devices")

    rows = [(row["label"], row["this"], row["shared"], row["held"]) for row in answer.json()]
    assert rows == [("安卓手机 · Chrome", True, False, False), ("iPhone · Safari", False, False, False)]
    assert [row["this"] for row in old.get("/api/me/devices").json()] == [False, True]


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (ANDROID, "安卓手机 · Chrome"),
        (IPHONE, "iPhone · Safari"),
        (ANDROID + " MicroMessenger/8.0.50", "安卓手机 · 微信"),
        (ANDROID.replace("Mobile ", ""), "安卓平板 · Chrome"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "电脑 · Firefox"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Chrome/130 Safari/537.36 Edg/130", "Windows 电脑 · Edge"),
        (
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114 Safari/537.36 ArkWeb/4 Mobile HuaweiBrowser/5",
            "鸿蒙手机 · 华为浏览器",
        ),
        ("", "其他设备 · 浏览器"),
    ],
)
def test_a_label_is_recognised_by_its_owner(user_agent: str, label: str) -> None:
    assert device_label(user_agent) == label


def test_another_device_can_be_signed_out(cast: Cast) -> None:
    lost, mine = sign_in("13800000001"), sign_in("13800000001")
    pushes = subscribe(lost, cast.mother.pk), subscribe(mine, cast.mother.pk)

    assert mine.delete(f"/api/me/devices/{Device.objects.get(session_key=lost.session_key).pk}").status_code == 204

    assert (is_signed_in(lost), is_signed_in(mine)) == (False, True)
    for push in pushes:
        push.refresh_from_db()
    assert [push.ended_at is None for push in pushes] == [False, True]


def test_nobody_elses_device(cast: Cast) -> None:
    mother, charlie = sign_in("13800000001"), sign_in("13800000008")
    assert charlie.delete(f"/api/me/devices/{Device.objects.get(user=cast.mother).pk}").status_code == 404
    assert is_signed_in(mother)


def test_this_device_can_be_signed_out_from_the_list(cast: Cast) -> None:
    mine = sign_in("13800000001")
    assert mine.delete(f"/api/me/devices/{Device.objects.get().pk}").status_code == 204
    assert not is_signed_in(mine)
    assert not Device.objects.exists()


def test_signing_out_here_ends_session_device_and_pushes(cast: Cast) -> None:
    mine = sign_in("13800000001")
    push, key = subscribe(mine, cast.mother.pk), mine.session_key

    answer = mine.delete(f"{BASE}/auth/session")

    assert answer.status_code == 401  # the library's way of saying that nobody is signed in now
    assert answer.headers["Clear-Site-Data"] == '"cache"'  # faces and boards; "storage" would take unsent door taps along
    assert not Session.objects.filter(session_key=key).exists()
    assert not Device.objects.exists()
    push.refresh_from_db()
    assert push.ended_at is not None


def test_a_phone_that_was_signed_out_from_elsewhere_is_emptied_when_it_asks_next(cast: Cast) -> None:
    lost, mine = sign_in("13800000001"), sign_in("13800000001")
    mine.delete(f"/api/me/devices/{Device.objects.get(session_key=lost.session_key).pk}")
    answers = [phone.get("/api/me") for phone in (lost, lost, mine)]
    assert [answer.headers.get("Clear-Site-Data") for answer in answers] == ['"cache"', None, None]


def test_signing_out_everywhere_ends_even_a_session_that_no_list_knows(cast: Cast) -> None:
    mine, other, forgotten, charlie = sign_in("13800000001"), sign_in("13800000001"), sign_in("13800000001"), sign_in("13800000008")
    Device.objects.filter(session_key=forgotten.session_key).delete()
    push = subscribe(other, cast.mother.pk)

    assert mine.post("/api/me/sign-out-everywhere").status_code == 204

    assert [is_signed_in(phone) for phone in (mine, other, forgotten, charlie)] == [False, False, False, True]
    push.refresh_from_db()
    assert push.ended_at is not None


def test_a_shared_tablet_is_signed_out_after_twelve_hours_however_much_it_is_used(cast: Cast, morning: time_machine.Traveller) -> None:
    tablet = sign_in("13800000002")
    answer = tablet.patch("/api/me/devices/this", {"shared": True})
    assert (answer.status_code, answer.json()["shared"]) == (200, True)

    for _ in range(11):
        morning.shift(3600)
        assert is_signed_in(tablet)
    morning.shift(3599)
    assert is_signed_in(tablet)
    morning.shift(1)
    assert not is_signed_in(tablet)


def test_a_tablet_that_is_no_longer_shared_stays_signed_in(cast: Cast, morning: time_machine.Traveller) -> None:
    tablet = sign_in("13800000002")
    tablet.patch("/api/me/devices/this", {"shared": True})
    tablet.patch("/api/me/devices/this", {"shared": False})
    morning.shift(UNTIL_TOMORROW)
    assert is_signed_in(tablet)


def test_an_own_phone_stays_signed_in_for_a_year_from_its_last_use(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = sign_in("13800000001")
    morning.shift(dt.timedelta(days=300))
    assert is_signed_in(phone)
    morning.shift(dt.timedelta(days=364))
    assert is_signed_in(phone)
    morning.shift(dt.timedelta(days=366))
    assert not is_signed_in(phone)


def test_a_visit_is_written_down_at_most_hourly(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = sign_in("13800000001")
    start = clock.now()
    morning.shift(3599)
    phone.get("/api/me/devices")
    assert Device.objects.get().seen_at == start
    morning.shift(1)
    answer = phone.get("/api/me/devices")
    assert Device.objects.get().seen_at == clock.now()
    assert answer.cookies["sessionid"]["max-age"] == 365 * 24 * 3600
    cast.mother.refresh_from_db()
    assert cast.mother.seen_at == clock.now()


@pytest.mark.usefixtures("cast")
def test_a_visit_that_cannot_be_written_down_is_answered_all_the_same(morning: time_machine.Traveller) -> None:
    phone = sign_in("13800000001")
    start = clock.now()
    morning.shift(7200)
    with connection.execute_wrapper(disk_full):
        assert phone.get("/api/me/devices").status_code == 200
    assert Device.objects.get().seen_at == start


def disk_full(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        msg = "database or disk is full"
        raise OperationalError(msg)
    return execute(sql, *rest)


@pytest.mark.faults_sqlite_only
@pytest.mark.django_db(transaction=True)
def test_nobody_waits_for_their_visit_to_be_written_down(morning: time_machine.Traveller) -> None:
    make_cast()
    phone = sign_in("13800000001")
    morning.shift(7200)
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        began = time.perf_counter()
        assert phone.get("/api/me/devices").status_code == 200
        assert time.perf_counter() - began < 2
        other.execute("ROLLBACK")


def test_the_clock_ends_devices_whose_session_is_over(cast: Cast, morning: time_machine.Traveller) -> None:
    tablet, phone = sign_in("13800000002"), sign_in("13800000001")
    tablet.patch("/api/me/devices/this", {"shared": True})
    push = subscribe(tablet, cast.carer.pk)
    morning.shift(dt.timedelta(hours=13, minutes=5))

    pass_by(due.due, clock.now())

    assert list(Device.objects.values_list("session_key", flat=True)) == [phone.session_key]
    push.refresh_from_db()
    assert push.ended_at is not None


def test_nobody_lists_devices_without_signing_in(db: None) -> None:
    answer = Phone().get("/api/me/devices")
    assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")
