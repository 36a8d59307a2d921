"""Background worker that makes photo sizes: two child processes at a time, so that the door keeps the rest of the machine."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import structlog
from django.db import Error

from backend.common import process_lock
from backend.common.imaging import client
from backend.moments import files, wakeup
from backend.moments.cleanup import clean_up, clean_up_incoming
from backend.moments.services import processing
from backend.moments.services.processing import Work

log = structlog.stdlib.get_logger(__name__)

InDatabase = Callable[[Callable[[], Any]], Awaitable[Any]]
AT_ONCE = 2
# Seconds between two looks when nothing wakes it; leases are renewed every so many rounds.
POLL = 2.0
RENEW_EVERY = 5


async def run(stop: asyncio.Event, in_database: InDatabase) -> None:
    """Until told to stop. `in_database` runs a function on a database thread."""
    await PhotoWorker(in_database).run(stop)


class PhotoWorker:
    """Made and used on the loop."""

    def __init__(self, in_database: InDatabase) -> None:
        self._in_database = in_database
        self._wake = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], Work] = {}

    async def run(self, stop: asyncio.Event) -> None:
        listener = partial(asyncio.get_running_loop().call_soon_threadsafe, self._wake.set)
        wakeup.subscribe(listener)
        try:
            with process_lock.hold_shared(files.worker_lock()) as alone:
                if alone:
                    await self._safely(processing.release_abandoned)
                    await self._safely(clean_up_incoming)
                await self._work(stop)
        finally:
            wakeup.unsubscribe(listener)

    async def _work(self, stop: asyncio.Event) -> None:
        rounds = 0
        while not stop.is_set():
            self._wake.clear()
            await self._begin()
            await self._rest(stop)
            rounds += 1
            if rounds % RENEW_EVERY == 0:
                await self._safely(partial(processing.renew, list(self._under_way.values())))
                await self._safely(partial(clean_up, rounds // RENEW_EVERY))
        await self._close()

    async def _begin(self) -> None:
        room = AT_ONCE - len(self._under_way)
        for work in await self._safely(partial(processing.claim, room)) or ():
            task = asyncio.create_task(self._process(work))
            self._under_way[task] = work
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._wake.set()

    async def _process(self, work: Work) -> None:
        """A verdict, or none: then it is tried again."""
        try:
            picture = await client.run_async(work.job)
        except client.BadPhotoError as error:
            end = partial(processing.refuse, work, error.message)
        except client.DiskFullError:
            end = partial(processing.postpone, work)
        except (client.DiedError, OSError) as error:
            log.warning("photo_worker", photo=str(work.photo), error=type(error).__name__)
            end = partial(processing.fail, work)
        else:
            end = partial(processing.complete, work, picture)
        await self._safely(end)

    async def _safely(self, job: Callable[[], Any]) -> Any:
        """None when it failed: said, and tried again when the lease is over. The worker outlives its database."""
        try:
            return await self._in_database(job)
        except Error as error:
            log.warning("photo_worker", error=type(error).__name__)
        except Exception:
            log.exception("photo_worker")
        return None

    async def _rest(self, stop: asyncio.Event) -> None:
        waits = [asyncio.ensure_future(self._wake.wait()), asyncio.ensure_future(stop.wait())]
        await asyncio.wait(waits, timeout=POLL, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()

    async def _close(self) -> None:
        """Children end with us; what they were at is free for the next."""
        unfinished = dict(self._under_way)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        await self._safely(partial(processing.release, list(unfinished.values())))
