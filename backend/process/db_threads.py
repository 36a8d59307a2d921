"""Database threads that live as long as the process, each with its own connection.

On SQLite everything that writes takes its turn on one of them; many threads would race for the one write lock.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TypeVar

from django.db import OperationalError, connection

from backend.common.sqlite import busy_timeout
from notifications.threads import run_cleanly

R = TypeVar("R")

READERS = 3
# A request that would have to wait behind so many is refused (503).
MAX_QUEUED = 512
# Strangers who would have to wait behind so many others.
MAX_STRANGERS = 256
# After a restart all phones come back at once, and what each asks takes half a millisecond: they may wait.
MAX_RECONNECTING = 16_384
# Seconds a writer may wait in all, in the queue of its thread and for SQLite's lock: also the server itself, or taps would
# stand behind it.
WRITE_TIMEOUT = 5.0
# Seconds an answer that only reads may wait for its turn: after a restart all phones ask at once.
READ_TIMEOUT = 20.0
# Seconds that a request may keep its thread; only what carries a file may take longer.
LONGEST_JOB = 10.0
# The queue moved: what is left of the time-out counts as all of it, and the connection's own needs no change.
NEGLIGIBLE = 0.5


class Turn:
    """A job's turn on its thread: taken by the thread when it comes, or given up before that by whoever waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gone = False

    def take(self) -> bool:
        """True for the first of the two."""
        with self._lock:
            first, self._gone = not self._gone, True
            return first


class DatabaseThread:
    """One thread with its own connection; `queued` counts the jobs that wait or run."""

    def __init__(self, name: str) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self.queued = 0

    @contextmanager
    def queue(self) -> Iterator[None]:
        self.queued += 1
        try:
            yield
        finally:
            self.queued -= 1

    async def run(self, job: Callable[[], R]) -> R:
        with self.queue():
            return await asyncio.get_running_loop().run_in_executor(self.executor, run_cleanly, job)


class DatabaseThreads:
    """One writer and some readers on SQLite; on PostgreSQL one kind, as writers need not take turns.

    Files have a thread of their own, which waits for SQLite's lock like another process would: no tap at the door stands behind one.
    So have strangers, who only look, and whoever asks how we are: nobody who is signed in stands behind those.
    """

    def __init__(self) -> None:
        self.files, self.strangers, self.probe = (DatabaseThread(name) for name in ("files", "strangers", "probe"))
        if connection.vendor == "sqlite":
            self._writers = [DatabaseThread("writer")]
            self._readers = [DatabaseThread(f"reader-{number}") for number in range(READERS)]
        else:
            size = connection.settings_dict["OPTIONS"]["pool"]["max_size"]
            self._writers = self._readers = [DatabaseThread(f"database-{number}") for number in range(max(1, size - 4))]

    @property
    def every(self) -> set[DatabaseThread]:
        return {*self._writers, *self._readers, self.files, self.strangers, self.probe}

    def least_busy(self, *, writes: bool) -> DatabaseThread:
        return min(self._writers if writes else self._readers, key=lambda thread: thread.queued)

    async def read(self, job: Callable[[], R]) -> R:
        return await self._run(job, writes=False)

    async def write(self, job: Callable[[], R]) -> R:
        return await self._run(job, writes=True)

    async def _run(self, job: Callable[[], R], *, writes: bool) -> R:
        thread = self.least_busy(writes=writes)
        if thread.queued >= (MAX_QUEUED if writes else MAX_RECONNECTING):
            msg = "too many wait for the database"
            raise OperationalError(msg)
        return await thread.run(partial(run_before, job, time.monotonic() + WRITE_TIMEOUT) if writes else job)


def run_before(job: Callable[[], R], deadline: float) -> R:
    """Run the job on this thread, whose turn has come, with what is left of its time; OperationalError when nothing is."""
    left = deadline - time.monotonic()
    if left <= 0:
        msg = "waited too long for the database"
        raise OperationalError(msg)
    with busy_timeout(left) if left < WRITE_TIMEOUT - NEGLIGIBLE else nullcontext():
        return job()
