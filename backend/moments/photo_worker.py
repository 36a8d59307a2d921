"""Background worker that makes photo sizes: two child processes at a time, so that the door keeps the rest of the machine."""

import asyncio
from functools import partial

import structlog

from backend.common import process_lock
from backend.common.background import Background
from backend.common.imaging import client
from backend.moments import files, wakeup
from backend.moments.cleanup import clean_up, clean_up_incoming
from backend.moments.services import processing
from backend.moments.services.processing import Work

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 2
# Seconds between two looks when nothing wakes it; leases are renewed every so many rounds.
POLL = 2.0
RENEW_EVERY = 5


async def run(background: Background) -> None:
    await PhotoWorker(background).run()


class PhotoWorker:
    """Made and used on the loop."""

    def __init__(self, background: Background) -> None:
        self._background = background
        self._under_way: dict[asyncio.Task[None], Work] = {}
        self._rounds = 0

    async def run(self) -> None:
        listener = partial(asyncio.get_running_loop().call_soon_threadsafe, self._background.wake)
        wakeup.subscribe(listener)
        try:
            with process_lock.hold_shared(files.worker_lock()) as alone:
                if alone:
                    await self._background.write(processing.release_abandoned)
                    await self._background.write(clean_up_incoming)
                await self._background.repeat(self._round, every=POLL)
                await self._close()
        finally:
            wakeup.unsubscribe(listener)

    async def _round(self) -> None:
        if self._rounds and self._rounds % RENEW_EVERY == 0:
            await self._background.write(partial(processing.renew, list(self._under_way.values())))
            await self._background.write(partial(clean_up, self._rounds // RENEW_EVERY))
        self._rounds += 1
        await self._begin()

    async def _begin(self) -> None:
        room = AT_ONCE - len(self._under_way)
        for work in await self._background.write(partial(processing.claim, room)) or ():
            task = asyncio.create_task(self._process(work))
            self._under_way[task] = work
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._under_way[task]
        self._background.wake()

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
        await self._background.write(end)

    async def _close(self) -> None:
        """Children end with us; what they were at is free for the next."""
        unfinished = dict(self._under_way)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)
        await self._background.write(partial(processing.release, list(unfinished.values())))
