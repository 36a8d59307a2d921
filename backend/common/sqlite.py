"""SQLite's busy timeout: how long a connection waits for the one write lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def busy_timeout(seconds: float) -> Iterator[None]:
    """For this block. The connection is kept, so it gets its own timeout back afterwards. Does nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield
        return
    _set_busy_timeout(seconds)
    try:
        yield
    finally:
        _set_busy_timeout(connection.settings_dict["OPTIONS"]["timeout"])


def _set_busy_timeout(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
