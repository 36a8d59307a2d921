"""Several do the same thing at the same moment."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import close_old_connections, connection

Job = TypeVar("Job")
Answer = TypeVar("Answer")


def together(do: Callable[[Job], Answer], jobs: Sequence[Job]) -> list[Answer]:
    """Each job on a thread and a connection of its own, all let go at once; what each was answered."""
    gate = threading.Barrier(len(jobs))

    def alone(job: Job) -> Answer:
        try:
            connection.ensure_connection()
            gate.wait()
            return do(job)
        finally:
            close_old_connections()
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(alone, jobs))
