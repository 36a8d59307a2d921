"""Fixtures of tests that run the real server: a demo of their own, a push service, people."""

import atexit
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from tests.support.api_client import Person
from tests.support.databases import Store, demo
from tests.support.push_phone import Phone
from tests.support.push_service import PushService
from tests.support.server import Server

SignIn = Callable[[str], Person]


# A demo is about the minute it was laid out in: what starts later lays out its own.
FRESH_SECONDS = 15 * 60


@cache
def demo_template() -> Store:
    """Made once in a run; every test breaks a copy. The steps of one ./dev test share it."""
    if (shared := os.environ.get("DEMO_TEMPLATES")) and "DATABASE_URL" not in os.environ:
        return shared_template(Path(shared) / str(int(time.time() // FRESH_SECONDS)))
    base = Path(tempfile.mkdtemp(prefix="yizhan-demo-"))
    store = demo(base / "data")
    atexit.register(shutil.rmtree, base, ignore_errors=True)
    atexit.register(store.drop)
    return store


def shared_template(base: Path) -> Store:
    """The first process makes it and the others wait; ./dev deletes it."""
    base.mkdir(parents=True, exist_ok=True)
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "done").exists():
            shutil.rmtree(base / "data", ignore_errors=True)  # of one that was killed at it
            demo(base / "data")
            (base / "done").touch()
    return Store(base / "data")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    copied = demo_template().copy(tmp_path / "data")
    yield copied
    copied.drop()


@pytest.fixture
def push() -> Iterator[PushService]:
    with PushService() as service:
        yield service


@pytest.fixture
def server(store: Store, push: PushService) -> Iterator[Server]:
    one = Server(store, PUSH_TEST_ORIGINS=push.origin)
    try:
        yield one.start()
    finally:
        one.kill()


@pytest.fixture
def sign_in(server: Server) -> Iterator[SignIn]:
    """A browser of its own for a phone number of the cast."""
    with ExitStack() as open_people:
        yield lambda phone: open_people.enter_context(Person(server.url)).sign_in(phone)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What the server said is shown with a failure."""
    report = yield
    one = getattr(item, "funcargs", {}).get("server")
    if isinstance(one, Server) and report.failed:
        report.sections.append(("server log", one.words()))
    return report


def subscribe_everybody(store: Store, service: PushService, *, key: str) -> dict[int, Phone]:
    """Every relative gets a phone that reads its pushes; user → phone."""
    users = [row[0] for row in store.rows("SELECT DISTINCT user_id FROM people_relative WHERE ended_at IS NULL ORDER BY user_id")]
    phones = {user: service.phone(key) for user in users}
    blank = {"device": "", "created_at": "2026-01-01 00:00:00+00:00"}
    rows = [{"user_id": user, "endpoint": phone.endpoint, **phone.subscription["keys"], **blank} for user, phone in phones.items()]
    store.insert("notifications_pushsubscription", rows)
    return phones
