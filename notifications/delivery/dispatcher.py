"""Background task that sends what is due: on a server's own event loop or in a process of its own."""

import asyncio
import datetime as dt
import logging
import random
import uuid
from contextlib import suppress
from functools import partial

from django.utils import timezone

from notifications import conf
from notifications.channels import CHANNELS
from notifications.channels.attempt import Attempt
from notifications.delivery import escalation, expansion, queue
from notifications.delivery.concurrency import Sends
from notifications.delivery.worker_lock import WorkerLock
from notifications.threads import Background
from notifications.wire.endpoints import origin
from notifications.wire.outcome import Outcome

log = logging.getLogger(__name__)

# The backstop when nobody wakes it, and the shortest pause: what comes within it shares one commit.
POLL = 1.0
PAUSE = 0.002
FIRST_BACK_OFF = 2.0
LONGEST_BACK_OFF = 600.0
# Seconds until a send that had no place among the probes of a service that hangs is tried again.
HUNG_WAIT = (5.0, 20.0)
DRAIN = 1.5


def back_off(attempt: int) -> float:
    """Seconds; doubled each time, spread so that what failed together does not come back together."""
    doubled = FIRST_BACK_OFF * float(2 ** min(attempt - 1, 16))
    return min(doubled, LONGEST_BACK_OFF) * random.uniform(0.75, 1.25)  # noqa: S311 - not a secret


async def run(background: Background) -> None:
    await Dispatcher(background).run()


class Dispatcher:
    def __init__(self, background: Background) -> None:
        self._background = background
        self._sends = Sends(background.wake)
        self._channels = {name: channel() for name, channel in CHANNELS.items()}
        self._results: list[queue.Result] = []
        self._owner = uuid.uuid4()
        self._stopping = False

    async def run(self) -> None:
        """Work until told to stop; then give what is under way a moment, and leave the rest for the next process."""
        try:
            for channel in self._channels.values():
                await channel.open()
            with WorkerLock(conf.vapid_key_file().parent) as lock:
                self._owner = lock.owner
                await self._background.write(partial(queue.release, lock.owner))
                await self._background.repeat(self._round, every=POLL)
                await self._drain()
        finally:
            for channel in self._channels.values():
                await channel.close()

    async def _round(self) -> None:
        more = True
        while more:
            more = await self._send_due()
        await self._escalate()
        await self._expand()
        await asyncio.sleep(PAUSE)

    async def _send_due(self) -> bool:
        """Store what came back and start what is due. True when there may be more."""
        free = self._sends.free
        # What came back is stored at once: whoever dies first sends it again.
        if not self._results and not (free and await self._background.read(queue.has_due)):
            return False
        results, self._results = self._results, []
        attempts = await self._background.write(partial(queue.store_and_lease, owner=self._owner, results=results, limit=free))
        if attempts is None:
            self._results = results + self._results
            return False
        for attempt in attempts:
            self._start(attempt)
        return bool(attempts) and self._sends.free > 0

    def _start(self, attempt: Attempt) -> None:
        to = origin(attempt.target.endpoint)
        if not self._sends.can_start(to):
            self._keep(attempt, Outcome(state="retry", error="hung", wait=random.uniform(*HUNG_WAIT)))  # noqa: S311 - not a secret
            return
        self._sends.add(asyncio.create_task(self._send(attempt, to)), to)

    async def _send(self, attempt: Attempt, to: str) -> None:
        try:
            outcome = await self._channels[attempt.rung].send(attempt)
        except asyncio.CancelledError:
            if self._stopping:
                raise
            outcome = Outcome(state="retry", error="crowded", hung=True)
        self._sends.note(to, hung=outcome.hung)
        if outcome.alarms:
            log.error("push service %s refuses our key: %s", to, outcome.error)
        self._keep(attempt, outcome)

    def _keep(self, attempt: Attempt, outcome: Outcome) -> None:
        wait = back_off(attempt.number) if outcome.wait is None else outcome.wait
        self._results.append(queue.Result(attempt=attempt, outcome=outcome, due_at=timezone.now() + dt.timedelta(seconds=wait)))

    async def _escalate(self) -> None:
        events = await self._background.read(escalation.due_events)
        if not events or await self._background.write(partial(escalation.escalate, events)) is not None or self._background.database_failed:
            return
        for event in events:
            if await self._background.write(partial(escalation.escalate, [event])) is None and not self._background.database_failed:
                await self._background.write(partial(escalation.postpone, event))

    async def _expand(self) -> None:
        while announcement := await self._background.read(expansion.due_announcement):
            done = await self._background.write(partial(expansion.expand, announcement))
            if done is None and not self._background.database_failed:
                await self._background.write(partial(expansion.postpone, announcement))
            if not done:
                return

    async def _drain(self) -> None:
        under_way = self._sends.under_way
        if under_way:
            await asyncio.wait(under_way, timeout=DRAIN)
        self._stopping = True
        for task in self._sends.under_way:
            task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.gather(*under_way, return_exceptions=True)
        results, self._results = self._results, []
        await self._background.write(partial(queue.store_and_lease, owner=self._owner, results=results, limit=0))
        await self._background.write(partial(queue.release, self._owner))
