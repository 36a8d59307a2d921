"""The ground the other tests stand on."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from backend.accounts.models import Device, User
from tests.support.cast import Cast
from tests.support.phone import Phone


def test_tests_keep_their_data_away_from_var() -> None:
    assert Path(settings.DATA_DIR).name.startswith("yizhan-test-")


def test_the_network_is_out_of_reach() -> None:
    with socket.socket() as sock, pytest.raises(AssertionError, match="Only loopback"):
        sock.connect(("192.0.2.1", 443))


def test_loopback_is_within_reach() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass


@pytest.mark.faults_sqlite_only
@pytest.mark.django_db
def test_an_answer_means_that_it_is_on_the_disk() -> None:
    """synchronous=FULL; WAL lets others read meanwhile."""
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("synchronous", "journal_mode")}
    assert found == {"synchronous": 2, "journal_mode": "wal"}


def test_a_phone_is_signed_in_on_a_device(cast: Cast, client_of: Callable[[User], Phone]) -> None:
    phone = client_of(cast.mother)
    assert Device.objects.get(session_key=phone.session_key).user == cast.mother
