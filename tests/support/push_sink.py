"""A push service in a worse mood than push_service.py can be: what it sends is bytes, not HTTP answers."""

import asyncio
import contextlib
import ssl
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class PushSink:
    """Counts connections; answers each as it was told. With a certificate it speaks TLS."""

    def __init__(self, answer: Answer, *, certificate: Path | None = None) -> None:
        self.answer = answer
        self.connections = 0
        self.whole_answers = 0
        self.port = 0
        self._certificate = certificate
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="push sink")
        self._up = threading.Event()

    @property
    def origin(self) -> str:
        return f"{'https' if self._certificate else 'http'}://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        self._up.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        context = None
        if self._certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self._certificate)
        server = self._loop.run_until_complete(asyncio.start_server(self._meet, "127.0.0.1", 0, ssl=context))
        self.port = server.sockets[0].getsockname()[1]
        self._up.set()
        self._loop.run_forever()
        server.close()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))

    async def _meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        with contextlib.suppress(OSError, asyncio.CancelledError):
            await self.answer(reader, writer)
            self.whole_answers += 1
        with contextlib.suppress(OSError):
            writer.close()


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    del writer
    while await reader.read(65536):
        pass


async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """An answer that never ends to begin."""
    del reader
    for byte in b"HTTP/1.1 201 Created\r\nX-Slow: " + b"x" * 1000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.1)


async def no_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Accepted at once, but the rest of the answer never comes."""
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n")
    await hang(reader, writer)


async def huge(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Two hundred megabytes of thanks."""
    del reader
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 209715200\r\n\r\n")
    for _ in range(3200):
        writer.write(b"x" * 65536)
        await writer.drain()


async def headers_without_end(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    del reader
    writer.write(b"HTTP/1.1 201 Created\r\n")
    for _ in range(3200):
        writer.write(b"X-More: " + b"x" * 8000 + b"\r\n")
        await writer.drain()


async def babble(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    del reader
    writer.write(b"\x15\x03\x01 I am not HTTP \xff\r\n\r\n")
    await writer.drain()


async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read(1)
    writer.transport.abort()
