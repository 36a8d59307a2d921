"""Runtime of one process: everything of notifications that runs on the event loop, started and stopped together."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from typing import Any

from notifications.delivery import dispatcher
from notifications.live.consumers import LiveSocket
from notifications.live.gap_check import GapCheck
from notifications.live.hub import Hub
from notifications.live.relay import Relay, is_configured
from notifications.live.session_check import SessionCheck
from notifications.threads import Background, Threads

log = logging.getLogger(__name__)

# Phones come back spread over this long after a restart.
COME_BACK_WITHIN = 10.0
STOP_WITHIN = 2.5


class Runtime:
    """Made and used on the loop. `live` is None in a process without sockets."""

    def __init__(self, *, hub: Hub, threads: Threads, live: LiveSocket | None = None) -> None:
        self._hub = hub
        self._threads = threads
        self._live = live
        self._stop = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, *, dispatch: bool) -> None:
        self._hub.start(asyncio.get_running_loop())
        if self._live is not None:
            self.run("sweep", self._live.sweep)
            self.run("session check", SessionCheck(self._hub).run)
        if is_configured():
            relay = Relay(self._hub)
            relay.attach()
            self.run("relay", relay.run)
            self.run("gap check", GapCheck(self._hub).run)
        if dispatch:
            self._hub.on_wake(self.run("dispatcher", dispatcher.run).wake)

    def run(self, name: str, job: Callable[[Background], Coroutine[Any, Any, None]]) -> Background:
        """Start a background task, the project's own included: it has to end by itself once `background.stopping`."""
        background = Background(name, self._threads, self._stop)
        task = asyncio.get_running_loop().create_task(job(background))
        task.add_done_callback(_log_death)
        self._tasks.append(task)
        return background

    async def stop(self) -> None:
        """Tell the sockets first; then give what is under way a moment."""
        if self._live is not None:
            await self._live.restart(within=COME_BACK_WITHIN, pick=random.uniform)
        self._stop.set()
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_WITHIN)
            for task in late:
                task.cancel()
        self._hub.stop()


def _log_death(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.critical("a background task died", exc_info=task.exception())
