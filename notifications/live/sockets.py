"""Live socket: one open connection, as small as can be, for thousands are kept."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from notifications.live.frames import Frame
from notifications.sender import SignIn

# What may be on its way to a client that has not said it got it. The server has no back-pressure of its own.
MOST_FRAMES = 64
MOST_BYTES = 128 * 1024
NOT_READING = 4408
# A phone that was away long confirms some hundred notices at once; else it says something every few seconds.
MOST_MESSAGES = 600
MESSAGES_A_SECOND = 5


class Socket:
    """Frames go out in order, at once where the server lends us its wire, else by a task that lives while there is something to send.

    `sizes` are those of the frames not acknowledged; a backlog, once per socket and bounded by itself, is let through.
    """

    __slots__ = (
        "_backlog",
        "_backlog_bytes",
        "_got",
        "_heard_lately",
        "_held",
        "_pending",
        "_send",
        "_sizes",
        "_unread",
        "_wire",
        "_writer",
        "closing",
        "greeted",
        "heard_at",
        "sign_in",
        "topics",
        "user_id",
    )

    def __init__(self, sign_in: SignIn, send: Callable[[Mapping[str, Any]], Awaitable[None]], wire: Callable[[Frame], None] | None) -> None:
        self.sign_in = sign_in
        self.user_id = sign_in.user_id
        self.topics: tuple[str, ...] = ()
        self.heard_at = time.monotonic()
        self.greeted = False
        self.closing = False
        self._send = send
        self._wire = wire
        self._held: list[Frame] | None = []
        self._pending: list[Mapping[str, Any]] = []
        self._writer: asyncio.Task[None] | None = None
        self._got = 0
        self._sizes: list[int] = []
        self._unread = 0
        self._backlog = 0
        self._backlog_bytes = 0
        self._heard_lately = 0.0

    @property
    def caught_up(self) -> bool:
        return self._held is None

    def heard(self) -> bool:
        """It said something. False: more than any phone has to say."""
        now = time.monotonic()
        self._heard_lately = max(0.0, self._heard_lately - (now - self.heard_at) * MESSAGES_A_SECOND) + 1
        self.heard_at = now
        return self._heard_lately <= MOST_MESSAGES

    def write(self, frame: Frame) -> None:
        if self.closing:
            return
        if self._held is not None:
            self._held.append(frame)
            if len(self._held) > MOST_FRAMES:
                self.close(NOT_READING)
            return
        self._put(frame)

    def write_text(self, text: str) -> None:
        self.write(Frame(text))

    def _put(self, frame: Frame) -> None:
        self._sizes.append(frame.size)
        self._unread += frame.size
        if len(self._sizes) - self._backlog > MOST_FRAMES or self._unread - self._backlog_bytes > MOST_BYTES:
            self.close(NOT_READING)
        elif self._wire is not None:
            self._wire(frame)
        else:
            self._later({"type": "websocket.send", "text": frame.text})

    def catch_up(self, texts: Iterable[str]) -> None:
        """The backlog first, then what came while it was read."""
        missed = [Frame(text) for text in texts]
        self._backlog = len(missed)
        self._backlog_bytes = sum(frame.size for frame in missed)
        held, self._held = self._held or [], None
        for frame in (*missed, *held):
            if not self.closing:
                self._put(frame)

    def acknowledge(self, got: int) -> bool:
        """The client has got so many frames in all. False: it cannot have."""
        count = got - self._got
        if not 0 <= count <= len(self._sizes):
            return False
        old = min(count, self._backlog)
        self._backlog -= old
        self._backlog_bytes -= sum(self._sizes[:old])
        self._unread -= sum(self._sizes[:count])
        del self._sizes[:count]
        self._got = got
        return True

    def close(self, code: int) -> None:
        """Once; nothing is written after it."""
        if not self.closing:
            self.closing = True
            self._held = None
            self._later({"type": "websocket.close", "code": code})

    def _later(self, event: Mapping[str, Any]) -> None:
        self._pending.append(event)
        if self._writer is None:
            self._writer = asyncio.get_running_loop().create_task(self._write())

    async def _write(self) -> None:
        try:
            while self._pending:
                await self._send(self._pending.pop(0))
        finally:
            self._writer = None
