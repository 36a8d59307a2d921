"""Buffer of receipts that come by socket: a thousand phones confirm one frame in one commit, not a thousand."""

import asyncio
import logging
from contextlib import suppress
from functools import partial
from itertools import islice

from django.db import DatabaseError

from notifications.inbox import receipts
from notifications.inbox.receipts import Mark
from notifications.threads import Threads

log = logging.getLogger(__name__)

SOON = 0.1
AT_ONCE = 200
# More than a whole city's phones confirm at once; beyond it the client keeps its receipt and says it again.
MOST = 20_000
AGAIN_AFTER = 1.0


class ReceiptBuffer:
    def __init__(self, threads: Threads) -> None:
        self._threads = threads
        self._marks: dict[Mark, None] = {}
        # (user, conversation or all) → looked at up to this number.
        self._seen: dict[tuple[int, str | None], int] = {}
        self._full = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def add(self, mark: Mark) -> bool:
        """False when there is no room."""
        if self._is_full():
            return False
        self._marks[mark] = None
        if len(self._marks) >= AT_ONCE:
            self._full.set()
        self._start()
        return True

    def add_seen(self, user_id: int, *, upto: int, thread: str | None) -> bool:
        """Keep the highest number only. False when there is no room."""
        if self._is_full():
            return False
        self._seen[user_id, thread] = max(upto, self._seen.get((user_id, thread), 0))
        self._start()
        return True

    def _is_full(self) -> bool:
        return len(self._marks) + len(self._seen) >= MOST

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        while self._marks or self._seen:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._full.wait(), SOON)
            self._full.clear()
            if not await self._store(list(self._marks)[:AT_ONCE], dict(islice(self._seen.items(), AT_ONCE))):
                await asyncio.sleep(AGAIN_AFTER)

    async def _store(self, marks: list[Mark], seen: dict[tuple[int, str | None], int]) -> bool:
        """A database that is away is waited for; a batch that cannot be stored is dropped, so that it does not stop the rest."""
        try:
            await self._threads.write(partial(_record, marks, seen))
        except DatabaseError as error:
            log.warning("receipts wait: %s", type(error).__name__)
            return False
        except Exception:
            log.exception("receipts dropped")
        for mark in marks:
            self._marks.pop(mark, None)
        for whose, upto in seen.items():
            if self._seen[whose] == upto:
                del self._seen[whose]
        return True

    async def flush(self) -> None:
        self._full.set()
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=AGAIN_AFTER)


def _record(marks: list[Mark], seen: dict[tuple[int, str | None], int]) -> None:
    if marks:
        receipts.store(marks)
    for (user_id, thread), upto in seen.items():
        receipts.mark_seen(user_id=user_id, upto=upto, thread=thread)
