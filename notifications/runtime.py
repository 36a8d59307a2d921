"""The post office of one process: everything of it that runs on the event loop, started and stopped together."""

import asyncio
import logging
import random
from collections.abc import Coroutine
from typing import Any

from notifications.delivery.dispatcher import Dispatcher
from notifications.live import gap_check, session_check
from notifications.live.consumers import LiveSocket
from notifications.live.gap_check import Recheck
from notifications.live.hub import Hub
from notifications.live.relay import Relay, configured, every
from notifications.live.session_check import Review
from notifications.threads import Threads

log = logging.getLogger(__name__)

# Phones come back spread over this long after a restart.
COME_BACK_WITHIN = 10.0
STOP_WITHIN = 2.5


class Office:
    """Made and used on the loop. `live` is None in a process without sockets."""

    def __init__(self, *, hub: Hub, threads: Threads, live: LiveSocket | None = None) -> None:
        self._hub = hub
        self._threads = threads
        self._live = live
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def stopping(self) -> asyncio.Event:
        return self._stop

    def start(self, *, dispatch: bool) -> None:
        self._hub.start(asyncio.get_running_loop())
        if self._live is not None:
            self.run(self._live.sweep(self._stop))
            self.run(every(session_check.EVERY, self._stop, Review(self._hub, self._threads)))
        if configured():
            relay = Relay(self._hub)
            relay.attach()
            self.run(relay.run(self._stop))
            self.run(every(gap_check.EVERY, self._stop, Recheck(self._hub, self._threads)))
        if dispatch:
            dispatcher = Dispatcher(self._threads)
            self._hub.on_wake(dispatcher.wake)
            self.run(dispatcher.run(self._stop))

    def run(self, job: Coroutine[Any, Any, None]) -> None:
        """A neighbour that lives as long: it has to end by itself when `stopping` is set."""
        task = asyncio.get_running_loop().create_task(job)
        task.add_done_callback(_say_why)
        self._tasks.append(task)

    async def stop(self) -> None:
        """Sockets are told first; then what is under way gets a moment."""
        if self._live is not None:
            await self._live.restart(within=COME_BACK_WITHIN, pick=random.uniform)
        self._stop.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
        self._hub.stop()


def _say_why(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("a part of the post office died", exc_info=task.exception())
