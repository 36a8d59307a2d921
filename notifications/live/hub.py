"""Hub of one process: who is connected to it, and what they are sent.

Channels' in-memory layer walks every channel on each send, which 8,000 sockets do not survive; so this process keeps its
own two maps, and the channel layer, where there is one, only joins processes (relay.py).
"""

import asyncio
import contextlib
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from notifications.channels import live
from notifications.channels.live import SIGNED_OUT, Item
from notifications.live.frames import Frame

# Nobody has so many phones open. One more closes the one that was there longest.
MOST_SOCKETS = 12
ONE_TOO_MANY = 4409
# Longer than any sign-in of a socket takes.
REMEMBERED = 60.0
# Whoever posts still has an answer to build, a millisecond of Python: the loop is woken, but would get the interpreter only after it.
GIVE_WAY = 0.00005


class Listener(Protocol):
    user_id: int
    topics: tuple[str, ...]

    def write(self, frame: Frame) -> None: ...

    def close(self, code: int) -> None: ...


class Hub:
    """All but `post` is called on the event loop's thread."""

    def __init__(self) -> None:
        # In the order in which they came.
        self.users: defaultdict[int, dict[Listener, None]] = defaultdict(dict)
        self.topics: defaultdict[str, dict[Listener, None]] = defaultdict(dict)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._wakers: list[Callable[[], None]] = []
        self._closed_at: dict[int, float] = {}
        self.pass_on: Callable[[list[Item]], None] | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def stop(self) -> None:
        self._loop = None
        self._wakers.clear()

    @property
    def listening(self) -> bool:
        """Whether anybody in this process would hear."""
        return self._loop is not None

    def on_wake(self, waker: Callable[[], None]) -> None:
        self._wakers.append(waker)

    def post(self, batch: list[Item]) -> None:
        """From any thread. What nobody here listens to is dropped: a socket is told of gaps by the numbers."""
        if self._loop is not None and batch:
            with contextlib.suppress(RuntimeError):  # the loop was closed between: the process is going down
                self._loop.call_soon_threadsafe(self._send, batch)
                time.sleep(GIVE_WAY)
        elif batch and self.pass_on is not None:
            self.pass_on(batch)

    def _send(self, batch: list[Item]) -> None:
        self.arrive(batch)
        if self.pass_on is not None:
            self.pass_on(batch)

    def arrive(self, batch: Iterable[Item]) -> None:
        """Give it to this process's own sockets and dispatcher."""
        for kind, key, value in batch:
            if kind == "close":
                self._close(int(key), int(value))
            elif kind == "wake":
                for waker in self._wakers:
                    waker()
            else:
                self._write_to(self.users.get(int(key), ()) if kind == "user" else self.topics.get(str(key), ()), str(value))

    @staticmethod
    def _write_to(sockets: Iterable[Listener], text: str) -> None:
        if not sockets:
            return
        frame = Frame(text)
        for socket in tuple(sockets):
            socket.write(frame)

    def _close(self, user_id: int, code: int) -> None:
        now = time.monotonic()
        self._closed_at = {user: at for user, at in self._closed_at.items() if now - at < REMEMBERED} | {user_id: now}
        for socket in tuple(self.users.get(user_id, ())):
            socket.close(code)

    def join(self, socket: Listener, *, asked_at: float = math.inf) -> None:
        """Close it when its person was signed out after `asked_at`: it asked before, and comes only now."""
        own = self.users[socket.user_id]
        own[socket] = None
        if len(own) > MOST_SOCKETS:
            oldest = next(iter(own))
            del own[oldest]
            oldest.close(ONE_TOO_MANY)
        closed_at = self._closed_at.get(socket.user_id)
        if closed_at is not None and closed_at >= asked_at:
            socket.close(SIGNED_OUT)

    def listen(self, socket: Listener, topics: Iterable[str]) -> None:
        socket.topics = tuple(topics)
        for name in socket.topics:
            self.topics[name][socket] = None

    def leave(self, socket: Listener) -> None:
        self._forget(self.users, socket.user_id, socket)
        for name in socket.topics:
            self._forget(self.topics, name, socket)

    @staticmethod
    def _forget(table: dict[Any, dict[Listener, None]], key: int | str, socket: Listener) -> None:
        sockets = table.get(key)
        if sockets is not None:
            sockets.pop(socket, None)
            if not sockets:
                del table[key]

    def all_sockets(self) -> list[Listener]:
        return [socket for sockets in self.users.values() for socket in sockets]


hub = Hub()
live.connect(hub.post)
