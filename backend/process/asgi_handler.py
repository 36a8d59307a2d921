"""Django's ASGI handler on our own database threads.

Stock Django starts a thread and opens a connection for each request, and hops to it for each middleware. Here a whole request
(middleware, session, CSRF, view) is one hop to a thread that keeps its connection.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from contextlib import nullcontext
from functools import partial
from typing import IO, Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import OperationalError
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from backend.common.time_limit import time_limit
from backend.process import db_threads
from backend.process.db_threads import DatabaseThread, DatabaseThreads, Turn, run_before

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# What carries a file is written to the disk, or decoded for a second or more.
FILES = (b"image/", b"application/octet-stream", b"multipart/")
# Answered by the event loop itself: it tells that the loop turns.
ALIVE = "GET", "/livez"
READY = "/readyz"
SESSION = f"{settings.SESSION_COOKIE_NAME}=".encode()
# The extension of a scope whose body is whole already, as an open file.
BODY = "yizhan.body"


class Handler(ASGIHandler):
    """The same requests, middleware and responses as Django's own; only the threads differ."""

    def __init__(self, threads: DatabaseThreads) -> None:
        self._threads = threads
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """All of it plain functions, whatever Django's handler asks for: they run together on one thread."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (scope["method"], scope["path"]) == ALIVE:
            await self.send_response(HttpResponse("ok", content_type="text/plain"), send)
            return
        writes = scope["method"] not in SAFE
        thread = self._thread_for(scope, writes=writes)
        # Files come one after the other, and some take their time.
        patience = math.inf if thread is self._threads.files else db_threads.WRITE_TIMEOUT if writes else db_threads.READ_TIMEOUT
        deadline = time.monotonic() + patience
        if thread.queued >= (db_threads.MAX_STRANGERS if thread is self._threads.strangers else db_threads.MAX_QUEUED):
            await self.send_response(_busy(), send)
            return
        try:
            body = scope.get("extensions", {}).get(BODY) or await self.read_body(receive)
        except RequestAborted:
            return
        try:
            with thread.queue():
                async with ThreadSensitiveContext(executor=thread.executor):
                    await self._serve(scope, body, send, deadline)
        finally:
            body.close()

    def _thread_for(self, scope: Scope, *, writes: bool) -> DatabaseThread:
        if scope["path"] == READY:
            return self._threads.probe
        if _carries_file(scope):
            return self._threads.files
        return self._threads.least_busy(writes=writes) if writes or _has_session(scope) else self._threads.strangers

    async def _serve(self, scope: Scope, body: IO[bytes], send: Send, deadline: float) -> None:
        response = await self._answer_in_time(scope, body, deadline)
        if not isinstance(response, StreamingHttpResponse):
            await self.send_response(response, send)
            return
        parts = response.streaming_content
        if isinstance(parts, Iterator):
            response.streaming_content = _chunks(parts)
        try:
            await self.send_response(response, send)
        finally:
            await sync_to_async(response.close)()

    async def _answer_in_time(self, scope: Scope, body: IO[bytes], deadline: float) -> HttpResponseBase:
        """Nobody waits until the thread is free to hear that it was not."""
        turn = Turn()
        answer = asyncio.ensure_future(sync_to_async(self._answer_before)(scope, body, deadline, turn))
        try:
            await asyncio.wait({answer}, timeout=None if deadline == math.inf else max(0.0, deadline - time.monotonic()))
            return _busy() if not answer.done() and turn.take() else await asyncio.shield(answer)
        except asyncio.CancelledError:  # the client has left; the body stays open while the thread reads it
            if not turn.take():
                await asyncio.wait({answer})
            raise

    def _answer_before(self, scope: Scope, body: IO[bytes], deadline: float, turn: Turn) -> HttpResponseBase:
        if not turn.take():
            return _busy()
        try:
            with nullcontext() if deadline == math.inf else time_limit(db_threads.LONGEST_JOB):
                return run_before(partial(self._answer, scope, body), deadline)
        except OperationalError:
            return _busy()

    def _answer(self, scope: Scope, body: IO[bytes]) -> HttpResponseBase:
        """The one hop. A whole answer is closed here, too: its connection is free before the client has read it."""
        set_script_prefix(get_script_prefix(scope))
        signals.request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        response = self.get_response(request) if request is not None else refusal or HttpResponse(status=400)
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        if not response.streaming:
            response.close()
        return response


def _has_session(scope: Scope) -> bool:
    """Whether it says so: who it is, the session tells later."""
    return any(name == b"cookie" and SESSION in value for name, value in scope["headers"])


def _carries_file(scope: Scope) -> bool:
    return any(name == b"content-type" and value.startswith(FILES) for name, value in scope["headers"])


async def _chunks(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """A file is read on the database thread, a piece at a time."""
    read = sync_to_async(lambda: next(parts, b""))
    while part := await read():
        yield part


def _busy() -> HttpResponse:
    """Nothing was done; the tablet keeps its taps and tries again."""
    content = json.dumps({"code": "busy", "message": "系统正忙，没有记下。请稍等几秒再试。", "fields": {}}, ensure_ascii=False)
    return HttpResponse(content, status=503, content_type="application/json", headers={"Retry-After": "2"})
