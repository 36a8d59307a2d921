"""`python -m backend dispatch`: sends what is due, lets time pass and develops photos, in a process without a web server."""

import asyncio
import signal
from typing import Any

from django.core.management.base import BaseCommand

from backend import scheduler
from backend.common import gc_tuning
from backend.moments import photo_worker
from notifications.live.hub import hub
from notifications.runtime import Office
from notifications.threads import OneThread


class Command(BaseCommand):
    help = "Sends notices, runs what is due and develops photos. Any number of these may run beside servers started with --no-dispatch."

    def handle(self, *_args: Any, **_options: Any) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        threads = OneThread()
        office = Office(hub=hub, threads=threads)
        office.start(dispatch=True)
        office.run(scheduler.run(office.stopping, threads.write))
        office.run(photo_worker.run(office.stopping, threads.write))
        gc_tuning.freeze()
        print("dispatching", flush=True)
        await ended.wait()
        await office.stop()
