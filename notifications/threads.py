"""Background work: the database threads that an event loop uses, and the rounds of a background task."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from django.db import Error, close_old_connections

R = TypeVar("R")

log = logging.getLogger(__name__)


class Threads(Protocol):
    """A job is a plain function; it runs on a thread that keeps its connection. A project may pass its own threads in."""

    async def read(self, job: Callable[[], R]) -> R: ...

    async def write(self, job: Callable[[], R]) -> R: ...


def run_cleanly(job: Callable[[], R]) -> R:
    """Run a job; drop a connection that broke, and give a pooled one back."""
    close_old_connections()
    try:
        return job()
    finally:
        close_old_connections()


class OneThread:
    """The threads of a process that only dispatches."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")

    async def read(self, job: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._executor, run_cleanly, job)

    write = read


class Background:
    """What a background task is given: rounds until the process ends, and a database that may fail. Used on the event loop only."""

    def __init__(self, name: str, threads: Threads, stop: asyncio.Event) -> None:
        self.name = name
        self.database_failed = False  # the last job, for the database's sake and not because of what it was about
        self._threads = threads
        self._stop = stop
        self._wake = asyncio.Event()

    @property
    def stopping(self) -> bool:
        return self._stop.is_set()

    async def stopped(self) -> None:
        await self._stop.wait()

    def wake(self) -> None:
        self._wake.set()

    async def repeat(self, round_: Callable[[], Awaitable[object]], *, every: float) -> None:
        """Run rounds until told to stop: again when woken, and at the latest after so many seconds. A round may fail."""
        while not self.stopping:
            self._wake.clear()
            try:
                await round_()
            except Exception as error:  # noqa: BLE001 - it is logged, and the next round may do better
                self._log(error)
            await self._rest(every)

    async def read(self, job: Callable[[], R]) -> R | None:
        """Run a job on a database thread. None when it failed: that is logged."""
        return await self._safely(self._threads.read(job))

    async def write(self, job: Callable[[], R]) -> R | None:
        return await self._safely(self._threads.write(job))

    async def _safely(self, under_way: Awaitable[R]) -> R | None:
        self.database_failed = False
        try:
            return await under_way
        except Exception as error:  # noqa: BLE001 - whatever a job stumbles over, its task goes on
            self.database_failed = isinstance(error, Error)
            self._log(error)
        return None

    def _log(self, error: Exception) -> None:
        if isinstance(error, Error):
            log.warning("%s: %s", self.name, type(error).__name__)
        else:
            log.error("%s", self.name, exc_info=error)

    async def _rest(self, seconds: float) -> None:
        waits = [asyncio.ensure_future(self._wake.wait()), asyncio.ensure_future(self.stopped())]
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
