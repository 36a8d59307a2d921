"""The loop of notifications, in a thread beside the test, on the test's real database."""

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Self

from django.db import connections

from notifications.live.hub import Hub, hub
from notifications.runtime import Runtime
from notifications.threads import OneThread


class Running:
    """`until` waits for something that happens over there, where no clock can be moved."""

    def __init__(self, *, dispatch: bool = True, own_hub: Hub | None = None) -> None:
        self._dispatch = dispatch
        self._hub = own_hub or hub
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="notifications")
        self._up = threading.Event()
        self._end: asyncio.Event | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._up.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        end = self._end
        assert end is not None
        self.loop.call_soon_threadsafe(end.set)
        self._thread.join(20)
        assert not self._thread.is_alive()

    def _run(self) -> None:
        self.loop.run_until_complete(self._main())
        self.loop.close()

    async def _main(self) -> None:
        self._end = asyncio.Event()
        threads = OneThread()
        runtime = Runtime(hub=self._hub, threads=threads)
        runtime.start(dispatch=self._dispatch)
        self._up.set()
        await self._end.wait()
        await runtime.stop()
        await threads.write(connections.close_all)


def until(happened: Callable[[], object], *, seconds: float = 8.0) -> None:
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)
