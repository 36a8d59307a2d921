"""Requests as strangers send them: no body is taken in without end, and none is parsed on the event loop."""

import json
from http import HTTPStatus
from typing import Any

from daphne.http_protocol import WebRequest

from backend.people.portraits import MAX_BYTES

MEGABYTE = 1 << 20
# What we are told fits a hundred times; the largest is a roster's sheet of 2 MB.
MOST = 3 * MEGABYTE


def _too_large() -> bytes:
    body = json.dumps({"code": "too_large", "message": "文件太大了，请换一个小一点的。", "fields": {}}, ensure_ascii=False).encode()
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode() + body


TOO_LARGE = _too_large()


class Request(WebRequest):  # type: ignore[misc]  # Daphne has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, parsePOSTFormSubmission=False, **kwargs)
        self._most = MOST
        self._refused = False

    def gotLength(self, length: int | None) -> None:  # noqa: N802 - Twisted's name
        """The headers are read; no length means that the body comes in chunks."""
        photo = self.requestHeaders.getRawHeaders(b"content-type", [b""])[0].startswith(b"image/")
        self._most = MAX_BYTES if photo else MOST
        too_large = length is not None and length > self._most
        super().gotLength(0 if too_large else length)
        if too_large:
            self._refuse()

    def handleContentChunk(self, data: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._refused:
            return
        if self.content.tell() + len(data) > self._most:
            self._refuse()
        else:
            super().handleContentChunk(data)

    def requestReceived(self, command: bytes, path: bytes, version: bytes) -> None:  # noqa: N802 - Twisted's name
        if self._refused:
            self.channel.loseConnection()
        else:
            super().requestReceived(command, path, version)

    def _refuse(self) -> None:
        """Answered at once; what still comes is read and forgotten. Who is cut off while he sends never reads why."""
        self._refused = True
        self.content.close()
        self.requestHeaders.removeHeader(b"expect")
        self.transport.write(TOO_LARGE)

    def process(self) -> Any:
        """What became a socket is no request any more: it and its channel would keep each other for the collector."""
        result = super().process()
        if self.transport is None:
            self.channel.requests.clear()
        return result


def install(factory: Any) -> None:
    """Daphne's factory names its own kind of request for each connection."""
    build = factory.buildProtocol

    def built(address: Any) -> Any:
        channel = build(address)
        channel.requestFactory = Request
        return channel

    factory.buildProtocol = built
