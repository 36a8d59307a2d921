"""The same on the real server: Daphne, the real sockets of the kernel, the real dispatcher, signals."""

import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.support.api_client import CHARLIE, MANAGER, MOTHER, TEACHER, Person
from tests.support.live_client import Live
from tests.support.processes import wait_until
from tests.support.push_service import PushService
from tests.support.running import SignIn, push, server, sign_in, store
from tests.support.server import Server

__all__ = ["push", "server", "sign_in", "store"]

pytestmark = pytest.mark.faults


def test_a_test_notice_reaches_the_open_app_and_the_subscribed_phone(server: Server, sign_in: SignIn, push: PushService) -> None:
    mother, charlie = sign_in(MOTHER), sign_in(CHARLIE)
    key = mother.get("/api/push").json()["key"]
    phone = push.phone(key)
    assert mother.post("/api/push/subscriptions", phone.subscription).status == 201
    after = mother.get("/api/notices?limit=1").json()["latest"]
    with Live(mother, after=after) as family, Live(charlie) as other:
        other.wait(lambda frame: frame["type"] == "ready")
        family.wait(lambda frame: frame["type"] == "ready")
        notice = mother.post("/api/push/test").json()["id"]
        frame = family.wait(lambda frame: frame["type"] == "notice")
        assert (frame["seq"], frame["notice"]["id"]) == (after + 1, notice)
        wait_until(lambda: phone.raw, what="the push is there")
        assert not [frame for frame in other.settle() if frame["type"] == "notice" and frame["notice"]["id"] == notice]
    shown = phone.raw[0]["notification"]["data"]
    assert shown["id"] == notice
    receipt = mother.request("POST", f"/api/notices/{notice}/receipts", {"state": "delivered", "token": shown["token"]}, csrf=False)
    assert receipt.status == 204
    assert mother.get(f"/api/push/test/{notice}").json() == {"state": "delivered", "why": ""}


def test_a_page_from_elsewhere_gets_no_socket(server: Server, sign_in: SignIn) -> None:
    mother = sign_in(MOTHER)
    for origin in ("http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"):
        with pytest.raises(InvalidStatus) as refused:
            Live(mother, origin=origin)
        assert refused.value.response.status_code in {400, 403}, origin


def test_every_way_of_signing_out_closes_the_socket(server: Server, sign_in: SignIn) -> None:
    here, there, lost = (sign_in(MOTHER) for _ in range(3))
    assert closed(there, by=lambda: here.request("DELETE", f"/api/me/devices/{others(here)[-1]}")) == [4401, 4401]
    assert closed(lost, by=lambda: here.post("/api/me/sign-out-everywhere")) == [4401, 4401]
    assert closed(again := sign_in(MOTHER), by=lambda: again.request("DELETE", "/_allauth/browser/v1/auth/session")) == [4401, 4401]


def test_the_end_of_a_post_closes_the_socket_and_what_it_showed(server: Server, sign_in: SignIn) -> None:
    manager, teacher = sign_in(MANAGER), sign_in(TEACHER)
    home = manager.me()["posts"][0]["home"]["id"]
    post = next(each["id"] for each in manager.get(f"/api/homes/{home}/posts").json() if each["title"] == "陆老师")
    assert closed(teacher, by=lambda: manager.request("DELETE", f"/api/posts/{post}")) == [4401, None]
    with Live(teacher) as live:
        assert live.wait(lambda frame: frame["type"] == "ready")["revs"] == {}


def others(person: Person) -> list[int]:
    return [device["id"] for device in person.get("/api/me/devices").json() if not device["this"]]


def closed(person: Person, *, by: Callable[[], object]) -> list[int | None]:
    """How the open socket ends, and how a new one does; None: it stays open."""
    with Live(person) as live:
        live.wait(lambda frame: frame["type"] == "ready")
        by()
        code = live.close_code()
    with Live(person, after=None) as again:
        with suppress(ConnectionClosed):
            again.send({"type": "hello", "after": 0})
            again.settle()
            return [code, None]
        return [code, again.close_code()]


def test_what_is_too_long_or_malformed_is_closed_with_its_code(server: Server, sign_in: SignIn) -> None:
    mother = sign_in(MOTHER)
    for message, code in (("x" * (64 * 1024 + 1), 1009), ("x" * (512 * 1024), 1009), ("x", 4400), (b"\x00", 4400)):
        with Live(mother) as live:
            live.send(message)
            assert live.close_code() == code


def test_a_restart_is_told_and_quick(server: Server, sign_in: SignIn) -> None:
    with ExitStack() as stack:
        sockets = [stack.enter_context(Live(sign_in(phone))) for phone in (MOTHER, TEACHER, CHARLIE)]
        for live in sockets:
            live.wait(lambda frame: frame["type"] == "ready")
        child = server.child
        assert child is not None
        with ThreadPoolExecutor(3) as pool:
            codes = pool.map(lambda live: live.close_code(), sockets)
            child.signal(signal.SIGTERM)
            assert list(codes) == [1012] * 3
        wait_until(lambda: not child.running(), what="it ends")
        assert child.stop() == 0
        assert all(live.frames[-1]["type"] == "restart" and 0 <= live.frames[-1]["after_ms"] <= 10_000 for live in sockets)
    assert "Traceback" not in server.words()
