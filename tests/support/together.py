"""Several do the same thing at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

from django.db import close_old_connections, connection, transaction

Job = TypeVar("Job")
Answer = TypeVar("Answer")
# Longer than a verb takes that waits for nobody.
A_WHILE = 0.4


def together(do: Callable[[Job], Answer], jobs: Sequence[Job]) -> list[Answer]:
    """Each job on a thread and a connection of its own, all let go at once; what each was answered."""
    gate = threading.Barrier(len(jobs))

    def begun(job: Job) -> Answer:
        connection.ensure_connection()
        gate.wait()
        return do(job)

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(lambda job: alone(lambda: begun(job)), jobs))


def overtaken(first: Callable[[], object], *others: Callable[[], object]) -> None:
    """The others begin, one after the other, while the first one's transaction is open; whoever need not wait for it is through before."""
    with ThreadPoolExecutor(len(others)) as pool:
        with transaction.atomic():
            first()
            waiting = []
            for other in others:
                waiting.append(pool.submit(alone, other))
                with suppress(TimeoutError):
                    waiting[-1].result(A_WHILE)
        for each in waiting:
            each.result()


def alone(do: Callable[[], Answer]) -> Answer:
    """On a connection of this thread's own."""
    try:
        return do()
    finally:
        close_old_connections()
        connection.close()
