"""Requests as strangers send them: no body is taken in without end, none is parsed on the event loop.

Photos go to the disk, and only those of people who are signed in.
"""

import asyncio
import io
import json
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from functools import partial
from http import HTTPStatus
from typing import IO, Any

from daphne.http_protocol import WebRequest
from django.conf import settings
from django.db import DatabaseError

from backend.common import disk
from backend.common.imaging.worker import MAX_BYTES

MEGABYTE = 1 << 20
# What is said to be one; browsers know no name for some phones' photos.
PHOTOS = (b"image/", b"application/octet-stream")
# What we are told fits a hundred times; the largest is a roster's sheet of 2 MB.
MOST = 3 * MEGABYTE
# Our phones send one photo after the other; who sends more than this at once is no phone.
MOST_AT_ONCE = 6
# From a request's cookies: the session of whoever is signed in, or nothing.
Sender = Callable[[str], Awaitable[str]]


def _answer(status: HTTPStatus, code: str, message: str, *more: str) -> bytes:
    body = json.dumps({"code": code, "message": message, "fields": {}}, ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        "Content-Type: application/json; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Connection: close",
        *more,
    )
    return "\r\n".join([*head, "", ""]).encode() + body


TOO_LARGE = _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", "文件太大了，请换一个小一点的。")
SIGNED_OUT = _answer(HTTPStatus.UNAUTHORIZED, "signed_out", "请先登录。")
TOO_MANY = _answer(HTTPStatus.TOO_MANY_REQUESTS, "too_many", "同时传得太多了，请等前面的传完再传。", "Retry-After: 5")
BUSY = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "busy", "系统正忙，没有收下。请稍等几秒再试。", "Retry-After: 2")
NO_ROOM = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "no_room", disk.FULL, f"Retry-After: {disk.RETRY_AFTER}")


class Request(WebRequest):  # type: ignore[misc]  # Daphne has no types
    content: IO[bytes]
    # How many photos each session has under way.
    under_way: Counter[str] = Counter()

    def __init__(self, *args: Any, sender: Sender, **kwargs: Any) -> None:
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)
        self._sender = sender
        self._session = ""
        self._admission: asyncio.Task[None] | None = None
        self._over = False
        self._most = MOST
        self._refused = False
        self._photo = False
        # A photo's bytes, which go past the queue of the application.
        self.body: IO[bytes] | None = None

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's name
        """The headers are read; no length means that the body comes in chunks."""
        self._photo = self.requestHeaders.getRawHeaders(b"content-type", [b""])[0].startswith(PHOTOS)
        self._most = MAX_BYTES if self._photo else MOST
        too_large = length is not None and length > self._most
        super().gotLength(0 if too_large or self._photo else length)
        if too_large:
            self._refuse(TOO_LARGE)
        elif self._photo and length != 0:
            self.content.close()
            self.content = tempfile.TemporaryFile(dir=settings.MEDIA_ROOT)  # noqa: SIM115 - closed by whoever reads it, or by the collector
            self.transport.pauseProducing()
            self._admission = asyncio.get_running_loop().create_task(self._admit(self.transport))

    async def _admit(self, transport: Any) -> None:
        """Until it is known who sends, nothing more is read. A photo so small that it is here already is the application's."""
        cookie = b"; ".join(self.requestHeaders.getRawHeaders(b"cookie", [])).decode("latin1")
        try:
            refusal = self._begin(await self._sender(cookie))
        except DatabaseError:
            refusal = BUSY
        finally:
            transport.resumeProducing()
        if refusal and self.body is None and not (self._over or self._refused):
            self._refuse(refusal)

    def _begin(self, session: str) -> bytes:
        """One more of the same sender is under way; or why not."""
        if not session:
            return SIGNED_OUT
        if self.under_way[session] >= MOST_AT_ONCE:
            return TOO_MANY
        if not self._over:
            self._session = session
            self.under_way[session] += 1
        return b""

    def _end(self) -> None:
        self._over = True
        if self._session:
            self.under_way[self._session] -= 1
            if not self.under_way[self._session]:
                del self.under_way[self._session]
            self._session = ""

    def finish(self) -> None:
        self._end()
        super().finish()

    def connectionLost(self, reason: Any) -> None:  # noqa: N802 - Twisted's name
        self._end()
        super().connectionLost(reason)

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._refused:
            return
        if self.content.tell() + len(data) > self._most:
            self._refuse(TOO_LARGE)
        elif self._photo and not disk.has_space():
            self._refuse(NO_ROOM)
        else:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._refused:
            self.channel.loseConnection()
            return
        if self._photo:
            self.body, self.content = self.content, io.BytesIO()
            self.body.seek(0)
        super().requestReceived(command, path, version)

    def _refuse(self, answer: bytes) -> None:
        """Answered at once; what still comes is read and forgotten. Who is cut off while sending never reads why."""
        self._refused = True
        self.content.close()
        self.requestHeaders.removeHeader(b"expect")
        self.transport.write(answer)

    def process(self) -> Any:
        """What became a socket is no request any more: it and its channel would keep each other for the collector."""
        result = super().process()
        if self.transport is None:
            self.channel.requests.clear()
        return result


def install(factory: Any, sender: Sender) -> None:
    """Daphne's factory names its own kind of request for each connection."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    build = factory.buildProtocol

    def built(address: Any) -> Any:
        channel = build(address)
        channel.requestFactory = partial(Request, sender=sender)
        return channel

    factory.buildProtocol = built
