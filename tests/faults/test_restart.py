"""An upgrade while teachers tap: sockets are told first, nothing acknowledged is lost."""

import threading
import time
import uuid

import pytest

from tests.support.api_client import MOTHER, TEACHER
from tests.support.live_client import Live
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = pytest.mark.faults

GOING_AWAY = 1012


def test_a_restart_under_load_loses_nothing_and_says_so_first(server: Server, sign_in: SignIn) -> None:
    mother, tablets = sign_in(MOTHER), [Tablet(sign_in(TEACHER)) for _ in range(3)]
    tiles = tablets[0].board()["members"]
    stop = threading.Event()

    def tap_on(number: int) -> None:
        own = [tile for tile in tiles if tile["state"] in {"waiting", "present", "missing"}][number::3]
        here = {tile["id"]: tile["state"] == "present" for tile in own}
        while not stop.is_set():
            for member, present in here.items():
                tablets[number].send(tablets[number].tap(member, "departed" if present else "arrived"))
                here[member] = not present
                if stop.is_set():
                    return

    threads = [threading.Thread(target=tap_on, args=(number,)) for number in range(3)]
    with Live(mother) as socket:
        socket.settle()
        for thread in threads:
            thread.start()
        wait_until(lambda: sum(len(tablet.answers) for tablet in tablets) > 20, what="the tablets are busy")
        closing: list[int | None] = []
        listener = threading.Thread(target=lambda: closing.append(socket.close_code(seconds=20)))
        listener.start()
        server.stop()
        listener.join()
        assert closing == [GOING_AWAY]
        assert [frame["after_ms"] >= 0 for frame in socket.frames if frame["type"] == "restart"] == [True]
        before = sum(len(tablet.answers) for tablet in tablets)
        server.start()
        wait_until(lambda: sum(len(tablet.answers) for tablet in tablets) > before + 20, what="the tablets go on")
        stop.set()
        for thread in threads:
            thread.join()
    acknowledged = {uuid.UUID(event) for tablet in tablets for event in tablet.answers}
    stored = {uuid.UUID(str(row[0])) for row in server.store.rows("SELECT id FROM attendance_attendanceevent WHERE device IS NOT NULL")}
    assert acknowledged == stored
    assert {answer.status for tablet in tablets for answer in tablet.answers.values()} <= {200, 201}
    numbers = [item["seq"] for item in mother.notices()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_sigterm_ends_the_server_within_a_few_seconds(server: Server, sign_in: SignIn) -> None:
    sockets = [Live(sign_in(MOTHER)) for _ in range(3)]
    for socket in sockets:
        socket.settle()
    began = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - began < 8
    assert [socket.close_code(seconds=2) for socket in sockets] == [GOING_AWAY] * 3
    for socket in sockets:
        socket.close()
