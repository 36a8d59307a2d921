"""Phones open and close the app all day: a socket that is gone is gone, and does not wait for the collector, which seldom comes."""

import signal
import sys
import time
from collections.abc import Iterator

import pytest

from tests.support.api_client import MOTHER, Person
from tests.support.databases import ROOT, Store
from tests.support.live_client import Live
from tests.support.processes import Child, wait_until
from tests.support.server import Server

pytestmark = pytest.mark.faults

SOCKETS = 200


@pytest.fixture
def counted(store: Store) -> Iterator[Server]:
    one = Server(store)
    command = [sys.executable, "-m", "tests.support.garbage", "backend", "serve", "--port", str(one.port)]
    one.child = Child(command, log=one.log, env=one.env, cwd=ROOT)
    try:
        one.wait_ready()
        yield one
    finally:
        one.kill()


def garbage(server: Server) -> int:
    assert server.child
    before = server.words().count("garbage")
    server.child.signal(signal.SIGUSR1)
    wait_until(lambda: server.words().count("garbage") > before, what="it was counted")
    return int(server.words().split()[-1])


def test_what_sockets_leave_behind_is_less_than_two_objects_each(counted: Server) -> None:
    """The server goes about its own business meanwhile: what that leaves in as long a time is no fault of theirs."""
    with Person(counted.url) as mother:
        mother.sign_in(MOTHER)
        for last_word in ("", "malformed"):
            garbage(counted)
            began = time.monotonic()
            for _ in range(SOCKETS):
                with Live(mother) as live:
                    live.wait(lambda frame: frame["type"] == "ready")
                    if last_word:
                        live.send(last_word)
                        assert live.close_code() == 4400
            left = garbage(counted)
            time.sleep(time.monotonic() - began)
            assert left - garbage(counted) < 2 * SOCKETS
