"""Requests as strangers send them: no body is taken in without end, none is parsed on the event loop, and photos go to the disk."""

import io
import json
import tempfile
from http import HTTPStatus
from typing import IO, Any

from daphne.http_protocol import WebRequest
from django.conf import settings

from backend.common import room
from backend.common.imaging.child import MAX_BYTES

MEGABYTE = 1 << 20
# What is said to be one; browsers know no name for some phones' photos.
PHOTOS = (b"image/", b"application/octet-stream")
# What we are told fits a hundred times; the largest is a roster's sheet of 2 MB.
MOST = 3 * MEGABYTE


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
NO_ROOM = _answer(HTTPStatus.SERVICE_UNAVAILABLE, "no_room", room.FULL, f"Retry-After: {room.RETRY_AFTER}")


class Request(WebRequest):  # type: ignore[misc]  # Daphne has no types
    content: IO[bytes]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)
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

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._refused:
            return
        if self.content.tell() + len(data) > self._most:
            self._refuse(TOO_LARGE)
        elif self._photo and not room.is_there():
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
        """Answered at once; what still comes is read and forgotten. Who is cut off while he sends never reads why."""
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


def install(factory: Any) -> None:
    """Daphne's factory names its own kind of request for each connection."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    build = factory.buildProtocol

    def built(address: Any) -> Any:
        channel = build(address)
        channel.requestFactory = Request
        return channel

    factory.buildProtocol = built
