"""How long SQLite waits for its one write lock."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def waits_no_longer(seconds: float) -> Iterator[None]:
    """Inside. The connection is kept, so it gets its own patience back. PostgreSQL's is another matter."""
    if connection.vendor != "sqlite":
        yield
        return
    _wait(seconds)
    try:
        yield
    finally:
        _wait(connection.settings_dict["OPTIONS"]["timeout"])


def _wait(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
