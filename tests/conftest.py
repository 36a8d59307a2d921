"""What every test stands on: a database of its own, the cast, phones, a clock that can be moved, and no network but loopback."""

import datetime as dt
import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import time_machine
from django.db import connection
from pytest_django import Settings

from backend.accounts.models import User
from backend.common import clock
from tests.support.cast import Cast, make_cast
from tests.support.phone import Phone

MEMORY = Path("/dev/shm")  # noqa: S108 - the folder made in it has a random name and is ours alone
CHEAP_PINS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
A_WEDNESDAY = dt.date(2026, 3, 4)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """SQLite in a file, as in real life: one in memory knows neither WAL nor a second connection's lock.

    Where there is a file system in memory the file lies there: thousands of tests need not wait for a disk.
    """
    with TemporaryDirectory(prefix="yizhan-", dir=MEMORY if MEMORY.is_dir() else None) as base:
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = str(Path(base) / "test.sqlite3")
        yield


@pytest.fixture(autouse=True)
def cheap_pins(settings: Settings) -> None:
    """PINs hashed at full cost would make up most of the suite's time."""
    settings.PASSWORD_HASHERS = CHEAP_PINS


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Iterator[None]:
    """A test that reaches for the network fails, whatever it mocks or forgets."""

    def guarded(method: Callable[..., Any]) -> Callable[..., Any]:
        def connect(sock: socket.socket, address: Any) -> Any:
            if sock.family in {socket.AF_INET, socket.AF_INET6} and not is_loopback(address[0]):
                msg = f"A test tried to reach {address[0]}:{address[1]}. Only loopback is allowed."
                raise AssertionError(msg)
            return method(sock, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
        patch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))
        yield


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test about the other database engine is left out, not skipped: a skipped test counts as a failure."""
    foreign = "postgres" if connection.vendor == "sqlite" else "faults_sqlite_only"
    left_out = [item for item in items if item.get_closest_marker(foreign)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker(foreign)]


@pytest.fixture
def cast(db: None) -> Cast:
    del db
    return make_cast()


@pytest.fixture
def client_of() -> Callable[[User], Phone]:
    """`client_of(cast.mother).post(url, {...})`: JSON, signed in, CSRF done right. A forged page: `Phone(user, csrf=False)`."""
    return Phone


@pytest.fixture
def morning() -> Iterator[time_machine.Traveller]:
    """It is Wednesday 4 March 2026, 07:55 in Jiaxing, and time stands still until the test moves it (`shift`, `move_to`)."""
    with time_machine.travel(clock.at(A_WEDNESDAY, dt.time(7, 55)), tick=False) as traveller:
        yield traveller
