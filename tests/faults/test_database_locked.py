"""Somebody holds SQLite's write lock: four seconds are waited out, ten are said honestly."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.support.api_client import TEACHER
from tests.support.databases import Store
from tests.support.running import SignIn
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = [pytest.mark.faults, pytest.mark.faults_sqlite_only]


@contextmanager
def locked(store: Store, *, seconds: float) -> Iterator[None]:
    """The write lock is held from now on for so long, whatever happens meanwhile."""
    held = threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(store.file, isolation_level=None, timeout=30)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            held.set()
            time.sleep(seconds)
            connection.execute("ROLLBACK")

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(30)
    yield
    holder.join()


def tap_all(tablets: list[Tablet], members: list[int]) -> None:
    """Each tablet taps its share, all at once."""

    def work(tablet: Tablet, own: list[int]) -> None:
        for member in own:
            tablet.send(tablet.tap(member, "arrived"))

    threads = [threading.Thread(target=work, args=(tablet, members[number :: len(tablets)])) for number, tablet in enumerate(tablets)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.fixture
def tablets(sign_in: SignIn) -> list[Tablet]:
    return [Tablet(sign_in(TEACHER)) for _ in range(8)]


def test_four_seconds_are_waited_out(server: Server, store: Store, tablets: list[Tablet]) -> None:
    members = [each["id"] for each in tablets[0].board()["members"]][:16]
    with locked(store, seconds=4):
        tap_all(tablets, members)
    assert [answer for tablet in tablets for answer in tablet.refused_service] == []
    assert {answer.status for tablet in tablets for answer in tablet.answers.values()} == {201}


def test_ten_seconds_are_answered_503_after_five_and_the_tablet_keeps_the_taps(server: Server, store: Store, tablets: list[Tablet]) -> None:
    """Also to who stands behind seven others, and behind what the server itself has to write."""
    members = [each["id"] for each in tablets[0].board()["members"]][:16]
    with locked(store, seconds=10):
        tap_all(tablets, members)
    refused = [answer for tablet in tablets for answer in tablet.refused_service]
    assert all(tablet.refused_service for tablet in tablets)
    assert max(tablet.slowest for tablet in tablets) < 7
    assert {answer.status for answer in refused} == {503}
    assert all(answer.headers["Retry-After"].isdigit() for answer in refused)
    assert {answer.json()["code"] for answer in refused} == {"busy"}
    assert {answer.status for tablet in tablets for answer in tablet.answers.values()} == {201}
    assert store.rows("SELECT COUNT(*) FROM attendance_attendanceevent WHERE device IS NOT NULL") == [(len(members),)]
