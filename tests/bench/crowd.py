"""Many phones in one cheap process: just enough WebSocket to be one, and the time each frame came."""

import asyncio
import json
import random
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

TEXT, CLOSE, PING, PONG = 0x81, 0x88, 0x89, 0x8A
SHORT, MEDIUM = 126, 127
HEARTBEAT_SECONDS = (20.0, 24.0)
Listener = Callable[[int, bytes, int], None]


def masked(opcode: int, payload: bytes) -> bytes:
    """A client frame; a mask of zeros is a mask, and free."""
    size = len(payload)
    head = bytes((opcode, 0x80 | size)) if size < SHORT else bytes((opcode, 0x80 | SHORT)) + size.to_bytes(2, "big")
    return head + bytes(4) + payload


def raise_file_limit() -> None:
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@dataclass(frozen=True)
class Ticket:
    """Whose socket it is and what signs it in."""

    user: int
    cookie: str


class Phone(asyncio.Protocol):
    """One socket. `answered` is set by the first frame after hello: the server has caught this phone up."""

    def __init__(self, ticket: Ticket, *, port: int, after: int, heard: Listener) -> None:
        self.ticket = ticket
        self.port = port
        self.after = after
        self.heard = heard
        self.open = asyncio.get_running_loop().create_future()
        self.answered = asyncio.get_running_loop().create_future()
        self.upgraded = False
        self.got = 0
        self.rest = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        host = f"127.0.0.1:{self.port}"
        lines = [
            "GET /ws HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            f"Cookie: {self.ticket.cookie}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        ]
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def connection_lost(self, error: Exception | None) -> None:
        for waiting in (self.open, self.answered):
            if not waiting.done():
                waiting.set_exception(ConnectionError(str(error)))
                waiting.exception()

    def data_received(self, data: bytes) -> None:
        now = time.monotonic_ns()
        self.rest += data
        if not self.upgraded and not self._upgrade():
            return
        while (frame := self._take()) is not None:
            self._read(*frame, now)

    def _upgrade(self) -> bool:
        head, found, rest = self.rest.partition(b"\r\n\r\n")
        if not found:
            return False
        if not head.startswith(b"HTTP/1.1 101"):
            self.open.set_exception(ConnectionError(head.split(b"\r\n")[0].decode()))
            return False
        self.upgraded, self.rest = True, rest
        self.open.set_result(None)
        self.send({"type": "hello", "after": self.after})
        self.send({"type": "ping", "got": 0})
        return True

    def _take(self) -> tuple[int, bytes] | None:
        raw = self.rest
        if len(raw) < 2:
            return None
        size, start = raw[1] & 0x7F, 2
        if size == SHORT:
            size, start = int.from_bytes(raw[2:4], "big"), 4
        elif size == MEDIUM:
            size, start = int.from_bytes(raw[2:10], "big"), 10
        if len(raw) < start + size:
            return None
        self.rest = raw[start + size :]
        return raw[0], raw[start : start + size]

    def _read(self, opcode: int, payload: bytes, now: int) -> None:
        if opcode == PING:
            self.write(masked(PONG, payload))
        elif opcode == TEXT:
            self.got += 1
            self.heard(self.ticket.user, payload, now)
            if not self.answered.done() and b'"pong"' in payload:
                self.answered.set_result(now)

    def send(self, message: dict[str, object]) -> None:
        self.write(masked(TEXT, json.dumps(message).encode()))

    def write(self, raw: bytes) -> None:
        if self.transport and not self.transport.is_closing():
            self.transport.write(raw)

    def beat(self) -> None:
        self.send({"type": "ping", "got": self.got})

    @property
    def alive(self) -> bool:
        return self.upgraded and self.transport is not None and not self.transport.is_closing()


class Crowd:
    """All phones of one server. `expect` waits for one event's frames at certain people."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.phones: list[Phone] = []
        self._waiting: set[int] = set()
        self._needle = b""
        self._arrived: asyncio.Future[list[int]] | None = None
        self._times: list[int] = []
        self.turned_away = 0

    async def join(self, tickets: Sequence[Ticket], *, after: int = 0, at_once: int = 200, seconds: float = 180) -> int:
        """Opens a socket for each, at most so many handshakes in flight; how many got in and were caught up in that time."""
        gate = asyncio.Semaphore(at_once)
        results = await asyncio.gather(
            *(self._enter(ticket, after=after, gate=gate, until=time.monotonic() + seconds) for ticket in tickets)
        )
        return sum(results)

    async def _enter(self, ticket: Ticket, *, after: int, gate: asyncio.Semaphore, until: float) -> bool:
        """Like the app: who is turned away comes again, after a second, two, four, each time a little earlier or later."""
        for failures in range(10):
            async with gate:
                if time.monotonic() >= until:
                    return False
                if await self._try(ticket, after=after, seconds=until - time.monotonic()):
                    return True
            self.turned_away += 1
            await asyncio.sleep(2**failures * random.uniform(0.5, 1.5))  # noqa: S311 - spread, not secret
        return False

    async def _try(self, ticket: Ticket, *, after: int, seconds: float) -> bool:
        phone = Phone(ticket, port=self.port, after=after, heard=self._hear)
        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().create_connection(lambda: phone, "127.0.0.1", self.port)
                await phone.open
                await phone.answered
            self.phones.append(phone)
            self._keep_beating(phone)
            return True
        if phone.transport:
            phone.transport.abort()
        return False

    def _keep_beating(self, phone: Phone) -> None:
        def beat() -> None:
            if phone.alive:
                phone.beat()
                loop.call_later(random.uniform(*HEARTBEAT_SECONDS), beat)  # noqa: S311 - spread, not secret

        loop = asyncio.get_running_loop()
        loop.call_later(random.uniform(0, HEARTBEAT_SECONDS[1]), beat)  # noqa: S311 - spread, not secret

    def expect(self, users: Sequence[int], event: str) -> asyncio.Future[list[int]]:
        """The times (monotonic ns) at which each of them got a frame that names the event."""
        self._waiting, self._needle, self._times = set(users), event.encode(), []
        self._arrived = asyncio.get_running_loop().create_future()
        return self._arrived

    def _hear(self, user: int, payload: bytes, now: int) -> None:
        if user in self._waiting and self._needle in payload:
            self._waiting.discard(user)
            self._times.append(now)
            if not self._waiting and self._arrived and not self._arrived.done():
                self._arrived.set_result(self._times)

    @property
    def alive(self) -> int:
        return sum(phone.alive for phone in self.phones)

    async def leave(self) -> None:
        for phone in self.phones:
            if phone.transport:
                phone.transport.abort()
        self.phones.clear()
        await asyncio.sleep(0.2)
