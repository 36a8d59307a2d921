"""Two processes joined by Redis, which dies: taps go on, and open apps are right again soon."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.api_client import MANAGER, MOTHER, TEACHER, Person
from tests.support.databases import ROOT, Store
from tests.support.live_client import Frame, Live
from tests.support.processes import Child, free_port, wait_until
from tests.support.push_service import PushService
from tests.support.server import Server

pytestmark = pytest.mark.faults

CAUGHT_UP_SECONDS = 30


class Redis:
    def __init__(self, place: Path) -> None:
        self.port = free_port()
        self.place = place
        self.child: Child | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.place)]
        self.child = Child(command, log=self.place / "redis.log")
        wait_until(lambda: "Ready to accept" in self.child.words() if self.child else False, what="Redis is ready")

    def kill(self) -> None:
        if self.child:
            self.child.kill()


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[Redis]:
    one = Redis(tmp_path)
    one.start()
    yield one
    one.kill()


@pytest.fixture
def pair(store: Store, redis: Redis, push: PushService) -> Iterator[tuple[Server, Server]]:
    """Two that only serve."""
    first, second = (Server(store, options=("--no-dispatch",), REDIS_URL=redis.url, PUSH_TEST_ORIGINS=push.origin) for _ in range(2))
    second.log = store.data / "second.log"
    try:
        yield first.start(), second.start()
    finally:
        first.kill()
        second.kill()


@pytest.fixture
def dispatcher(pair: tuple[Server, Server]) -> Iterator[Child]:
    """And one process that sends for both."""
    one = Child([sys.executable, "-m", "backend", "dispatch"], log=pair[0].store.data / "dispatch.log", env=pair[0].env, cwd=ROOT)
    wait_until(lambda: "dispatching" in one.words(), what="the dispatcher has started")
    yield one
    one.kill()


def heard(live: Live, wanted: Callable[[Frame], object], *, seconds: float) -> None:
    """A socket that is closed meanwhile fails the test: Redis is none of the phones' business."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        live.ping()
        with suppress(TimeoutError):
            live.wait(wanted, seconds=1)
            return
    pytest.fail(f"Not within {seconds} s. Heard: {live.frames}")


def test_frames_cross_processes_and_a_dead_redis_delays_but_loses_nothing(
    pair: tuple[Server, Server], dispatcher: Child, redis: Redis, push: PushService
) -> None:
    first, second = pair
    with Person(first.url) as carer, Person(second.url) as teacher, Person(second.url) as mother:
        carer.sign_in(TEACHER)
        member = mother.sign_in(MOTHER).me()["relatives"][0]["member"]["id"]
        phone = push.phone(mother.get("/api/push").json()["key"])
        mother.post("/api/push/subscriptions", phone.subscription)
        with Live(mother) as family, Live(teacher.sign_in(TEACHER)) as board:
            family.settle()
            board.settle()
            arrived = carer.tap(member).json()["id"]
            heard(family, lambda frame: arrived in str(frame), seconds=2)
            heard(board, lambda frame: frame["type"] == "board", seconds=2)
            wait_until(lambda: phone.raw, what="the dispatcher sends the push")

            redis.kill()
            began = time.monotonic()
            left = carer.tap(member, "departed")
            assert left.status == 201
            assert time.monotonic() - began < 2
            heard(family, lambda frame: left.json()["id"] in str(frame), seconds=CAUGHT_UP_SECONDS)
            heard(board, lambda frame: frame["type"] == "rev" and frame["rev"] >= left.json()["rev"], seconds=CAUGHT_UP_SECONDS)

            redis.start()
            again = carer.tap(member).json()["id"]
            heard(family, lambda frame: again in str(frame), seconds=10)
        events = [item["event"] for item in mother.notices() if item["kind"] in {"arrived", "departed"}]
        assert events[-3:] == [arrived, left.json()["id"], again]
        wait_until(lambda: len(phone.raw) >= 3, what="without Redis, too")
    assert dispatcher.stop() == 0


def test_whose_post_ended_is_shown_nothing_more_though_the_word_was_lost(pair: tuple[Server, Server], redis: Redis) -> None:
    first, second = pair
    with Person(first.url) as manager, Person(second.url) as teacher:
        manager.sign_in(MANAGER)
        post = teacher.sign_in(TEACHER).me()["posts"][0]["id"]
        with Live(teacher) as live:
            live.settle()
            redis.kill()
            assert manager.request("DELETE", f"/api/posts/{post}").status == 204
            assert live.close_code(seconds=30) == 4401
