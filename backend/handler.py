"""Django's ASGI handler on database threads that live as long as the process.

Stock Django starts a thread and opens a connection for each request, hops to it for each middleware, and lets many threads
race for SQLite's one write lock. Here a whole request (middleware, session, CSRF, view) is one hop to a thread that keeps its
connection; on SQLite everything that writes takes its turn on one of them.
"""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import IO, Any, TypeVar

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.core import signals
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.db import OperationalError, connection
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

from backend.common.sqlite import busy_timeout
from notifications.threads import kept_clean

R = TypeVar("R")
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

READERS = 3
# Whoever would have to wait behind so many is better told to come again.
MOST_WAITING = 512
# After a restart all phones come back at once, and what each asks takes half a millisecond: they may wait.
MOST_COMING_BACK = 16_384
# Whoever wants to write waits so many seconds in all, in a lane and for SQLite's lock: also the server itself, or taps would
# stand behind it.
PATIENCE = 5.0
# A lane that is moving: what is left is as good as all of it.
HARDLY = 0.5
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
# What carries a file is written to the disk, or decoded for a second or more.
FILES = (b"image/", b"application/octet-stream", b"multipart/")
# The extension of a scope whose body is whole already, as an open file.
BODY = "yizhan.body"


class Lane:
    """One thread with its own connection, and how many are before the next who comes."""

    def __init__(self, name: str) -> None:
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        self.waiting = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        self.waiting += 1
        try:
            yield
        finally:
            self.waiting -= 1

    async def run(self, job: Callable[[], R]) -> R:
        with self.place():
            return await asyncio.get_running_loop().run_in_executor(self.executor, kept_clean, job)


class DatabaseThreads:
    """Two kinds of lanes on SQLite, one kind on PostgreSQL, where writers need not take turns.

    Files have a lane of their own, which waits for SQLite's lock like another process would: no tap at the door stands behind one.
    """

    def __init__(self) -> None:
        self.files = Lane("files")
        if connection.vendor == "sqlite":
            self._writers = [Lane("writer")]
            self._readers = [Lane(f"reader-{number}") for number in range(READERS)]
        else:
            size = connection.settings_dict["OPTIONS"]["pool"]["max_size"]
            self._writers = self._readers = [Lane(f"database-{number}") for number in range(max(1, size - 2))]

    def lane(self, *, writes: bool) -> Lane:
        return min(self._writers if writes else self._readers, key=lambda lane: lane.waiting)

    async def read(self, job: Callable[[], R]) -> R:
        return await self._run(job, writes=False)

    async def write(self, job: Callable[[], R]) -> R:
        return await self._run(job, writes=True)

    async def _run(self, job: Callable[[], R], *, writes: bool) -> R:
        lane = self.lane(writes=writes)
        if lane.waiting >= (MOST_WAITING if writes else MOST_COMING_BACK):
            msg = "too many wait for the database"
            raise OperationalError(msg)
        return await lane.run(partial(in_time, job, time.monotonic() + PATIENCE) if writes else job)


def in_time(job: Callable[[], R], until: float) -> R:
    """On the thread, when its turn has come: with what is left of the patience, or not at all."""
    left = until - time.monotonic()
    if left <= 0:
        msg = "waited too long for the database"
        raise OperationalError(msg)
    with busy_timeout(left) if left < PATIENCE - HARDLY else nullcontext():
        return job()


class Handler(ASGIHandler):
    """The same requests, middleware and responses as Django's own; only the threads differ."""

    def __init__(self, threads: DatabaseThreads) -> None:
        self._threads = threads
        super().__init__()

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """All of it plain functions, whatever Django's handler asks for: they run together on one thread."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        writes = scope["method"] not in SAFE
        lane = self._threads.files if _carries_file(scope) else self._threads.lane(writes=writes)
        # Files come one after the other, and some take their time.
        until = time.monotonic() + PATIENCE if writes and lane is not self._threads.files else math.inf
        if lane.waiting >= MOST_WAITING:
            await self.send_response(_busy(), send)
            return
        try:
            body = scope.get("extensions", {}).get(BODY) or await self.read_body(receive)
        except RequestAborted:
            return
        try:
            with lane.place():
                async with ThreadSensitiveContext(executor=lane.executor):
                    await self._serve(scope, body, send, until)
        finally:
            body.close()

    async def _serve(self, scope: Scope, body: IO[bytes], send: Send, until: float) -> None:
        response = await sync_to_async(self._answer_in_time)(scope, body, until)
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

    def _answer_in_time(self, scope: Scope, body: IO[bytes], until: float) -> HttpResponseBase:
        try:
            return in_time(partial(self._answer, scope, body), until)
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
