"""A tap over a kept HTTP connection, as plain as it can be, so that the client costs both sides the same."""

import asyncio
import json
import time
from dataclasses import dataclass

from notifications.ids import uuid7
from tests.support.api_client import stamp

IDLE_SECONDS = 20


@dataclass(frozen=True)
class Tapped:
    event: str
    status: int
    body: bytes
    began: int
    answered: int

    @property
    def seconds(self) -> float:
        return (self.answered - self.began) / 1e9


class Door:
    """One staff member's connection."""

    def __init__(self, *, port: int, cookie: str, csrf: str) -> None:
        self.port = port
        self.cookie = cookie
        self.head = (
            f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nX-CSRFToken: {csrf}\r\n"
            "Content-Type: application/json\r\nAccept: application/json\r\nConnection: keep-alive\r\n"
        )
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    @staticmethod
    def new_event() -> str:
        return str(uuid7())

    @property
    def closed(self) -> bool:
        """Also when it stood idle so long that the server may be about to close it."""
        return self._streams is None or self._streams[1].is_closing() or time.monotonic() - self._used > IDLE_SECONDS

    async def open(self) -> None:
        self.close()
        self._used = time.monotonic()
        self._streams = await asyncio.open_connection("127.0.0.1", self.port)

    async def tap(self, member: int, *, event: str = "", kind: str = "arrived") -> Tapped:
        event = event or self.new_event()
        body = {"id": event, "member": member, "kind": kind, "occurred_at": stamp()}
        began = time.monotonic_ns()
        status, answer = await self.ask("POST", "/api/attendance/events", body)
        return Tapped(event, status, answer, began, time.monotonic_ns())

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, bytes]:
        if self.closed:
            await self.open()
        assert self._streams
        reader, writer = self._streams
        self._used = time.monotonic()
        raw = b"" if body is None else json.dumps(body).encode()
        writer.write(f"{method} {path} HTTP/1.1\r\n{self.head}Cookie: {self.cookie}\r\nContent-Length: {len(raw)}\r\n\r\n".encode() + raw)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])}
        if "content-length" in fields:
            content = await reader.readexactly(int(fields["content-length"]))
        else:
            content = await _chunks(reader)
        if fields.get("connection", "").lower() == "close":
            self.close()
        return int(head.split(" ", 2)[1]), content

    def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    content = b""
    while size := int(await reader.readline(), 16):
        content += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return content
