"""Concurrency: limits how many sends are under way, so that a push service that hangs delays nobody else.

A send counts as fast for a second; after that it is slow, and waits for its own deadline. When there are too many slow
ones the oldest is cut short and tried again later. A service whose every send hangs is probed by a few only.
"""

import asyncio
from collections import OrderedDict, defaultdict
from collections.abc import Callable
from dataclasses import dataclass

FAST = 96
SLOW = 160
SLOW_AFTER = 1.0
# Timeouts in a row, without one answer between them, after which an origin counts as hung; how many then probe it at once.
HUNG_AFTER = 16
PROBES = 8


@dataclass(slots=True)
class Origin:
    under_way: int = 0
    timeouts: int = 0


class Sends:
    def __init__(self, on_free: Callable[[], None]) -> None:
        self._on_free = on_free
        self._fast: set[asyncio.Task[None]] = set()
        self._slow: OrderedDict[asyncio.Task[None], None] = OrderedDict()
        self._origins: defaultdict[str, Origin] = defaultdict(Origin)

    @property
    def free(self) -> int:
        """How many more may start now."""
        return FAST - len(self._fast)

    @property
    def under_way(self) -> set[asyncio.Task[None]]:
        return self._fast | set(self._slow)

    def can_start(self, origin: str) -> bool:
        """False when it hangs and enough are probing it already."""
        state = self._origins[origin]
        return state.timeouts < HUNG_AFTER or state.under_way < PROBES

    def add(self, task: asyncio.Task[None], origin: str) -> None:
        self._fast.add(task)
        self._origins[origin].under_way += 1
        timer = asyncio.get_running_loop().call_later(SLOW_AFTER, self._count_as_slow, task)
        task.add_done_callback(lambda _: self._remove(task, origin, timer))

    def _count_as_slow(self, task: asyncio.Task[None]) -> None:
        self._fast.discard(task)
        self._slow[task] = None
        if len(self._slow) > SLOW:
            oldest, _ = self._slow.popitem(last=False)
            oldest.cancel()
        self._on_free()

    def _remove(self, task: asyncio.Task[None], origin: str, timer: asyncio.TimerHandle) -> None:
        timer.cancel()
        self._fast.discard(task)
        self._slow.pop(task, None)
        state = self._origins[origin]
        state.under_way -= 1
        if not state.under_way and not state.timeouts:
            del self._origins[origin]
        self._on_free()

    def note(self, origin: str, *, hung: bool) -> None:
        """Remember what the last send to this origin met: an answer of any kind clears it."""
        state = self._origins[origin]
        state.timeouts = state.timeouts + 1 if hung else 0
