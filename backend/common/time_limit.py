"""Time limit of database work: whoever asks for more than it is answered with 503, and what was begun is rolled back."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

# Steps of SQLite's machine between two looks at the clock: some milliseconds.
STEPS = 50_000


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """For this block: afterwards no statement begins (OperationalError), and on SQLite none goes on.

    On PostgreSQL a single statement is limited by its own `statement_timeout`, where one is set.
    """
    end = time.monotonic() + seconds

    def before_each(execute: Callable[..., Any], *statement: Any) -> Any:
        if time.monotonic() > end:
            msg = "took too long"
            raise OperationalError(msg)
        return execute(*statement)

    connection.ensure_connection()
    database = connection.connection if connection.vendor == "sqlite" else None
    if database is not None:
        database.set_progress_handler(lambda: time.monotonic() > end, STEPS)
    try:
        with connection.execute_wrapper(before_each):
            yield
    finally:
        if database is not None:
            database.set_progress_handler(None, 0)
