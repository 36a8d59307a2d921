"""`python -m backend dispatch`: sends what is due, lets time pass and develops photos, in a process without a web server."""

import asyncio
import signal
from typing import Any

from django.core.management.base import BaseCommand

from backend import scheduler
from backend.common import gc_tuning
from backend.moments import photo_worker
from notifications.live.hub import hub
from notifications.runtime import Runtime
from notifications.threads import OneThread


class Command(BaseCommand):
    help = "Sends notices, runs what is due and develops photos. Any number of these may run beside servers started with --no-dispatch."

    def handle(self, *_args: Any, **_options: Any) -> None:
        asyncio.run(self._run())

    async def _run(self) -> None:
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        runtime = Runtime(hub=hub, threads=OneThread())
        runtime.start(dispatch=True)
        runtime.run("scheduler", scheduler.run)
        runtime.run("photo worker", photo_worker.run)
        gc_tuning.freeze()
        print("dispatching", flush=True)
        await ended.wait()
        await runtime.stop()
