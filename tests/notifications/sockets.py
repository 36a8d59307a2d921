"""The live socket driven as a server drives it, without a server."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from django.db import connections

from notifications.live.consumers import LiveSocket
from notifications.live.frames import Frame
from notifications.live.hub import hub
from notifications.sender import SignIn
from notifications.threads import OneThread

R = TypeVar("R")
Event = Mapping[str, Any]


class Client:
    """One browser tab. `code` is what it was closed with."""

    def __init__(self, app: LiveSocket, sign_in: SignIn | None, wire: Callable[[Frame], None] | None = None) -> None:
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None
        self._to_app: asyncio.Queue[Event] = asyncio.Queue()
        self._news = asyncio.Event()
        extensions = {"websocket.wire": wire} if wire else {}
        scope = {"type": "websocket", "sign_in": sign_in, "extensions": extensions}
        self._to_app.put_nowait({"type": "websocket.connect"})
        self.task = asyncio.create_task(app(scope, self._to_app.get, self._hear))

    async def _hear(self, event: Event) -> None:
        if event["type"] == "websocket.send":
            self.frames.append(json.loads(event["text"]))
        elif event["type"] == "websocket.close":
            self.code = event["code"]
            self._to_app.put_nowait({"type": "websocket.disconnect", "code": event["code"]})
        self._news.set()

    def say(self, message: object) -> None:
        """A str or bytes as it is, anything else as JSON."""
        if isinstance(message, bytes):
            self._to_app.put_nowait({"type": "websocket.receive", "bytes": message})
        else:
            text = message if isinstance(message, str) else json.dumps(message)
            self._to_app.put_nowait({"type": "websocket.receive", "text": text})

    def hello(self, after: int = 0, **more: Any) -> None:
        self.say({"type": "hello", "after": after, **more})

    async def until(self, happened: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not happened():
                self._news.clear()
                await self._news.wait()

    async def ready(self) -> dict[str, Any]:
        await self.until(lambda: self.of_type("ready"))
        return self.of_type("ready")[-1]

    async def closed(self) -> int | None:
        await self.until(lambda: self.code is not None)
        await asyncio.wait_for(self.task, 5)
        return self.code

    def of_type(self, kind: str) -> list[dict[str, Any]]:
        return [frame for frame in self.frames if frame["type"] == kind]

    def seqs(self) -> list[int]:
        return [frame["seq"] for frame in self.of_type("notice")]

    async def go(self) -> None:
        self._to_app.put_nowait({"type": "websocket.disconnect", "code": 1001})
        await asyncio.wait_for(self.task, 5)


class House:
    """The application on this loop, and a database thread for the test's own doings."""

    def __init__(self) -> None:
        self.threads = OneThread()
        self.live = LiveSocket(hub=hub, threads=self.threads, authenticate=lambda scopes: [scope["sign_in"] for scope in scopes])
        self.clients: list[Client] = []

    def client(self, user_id: int | None, wire: Callable[[Frame], None] | None = None, *, session: str = "") -> Client:
        sign_in = None if user_id is None else SignIn(user_id, session)
        self.clients.append(Client(self.live, sign_in, wire))
        return self.clients[-1]

    async def greeted(self, user_id: int, after: int = 0, *, session: str = "", **more: Any) -> Client:
        client = self.client(user_id, session=session)
        client.hello(after, **more)
        await client.ready()
        return client

    async def do(self, job: Callable[[], R]) -> R:
        """On a database thread: Django refuses it on a loop's."""
        return await self.threads.read(job)

    async def until(self, happened: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not await self.do(happened):  # noqa: ASYNC110 - a row tells nobody that it changed
                await asyncio.sleep(0.02)


@asynccontextmanager
async def house() -> AsyncIterator[House]:
    hub.start(asyncio.get_running_loop())
    here = House()
    try:
        yield here
        for client in here.clients:
            if client.code is None:
                await client.go()
        assert not hub.users
        assert not hub.topics
    finally:
        hub.stop()
        await here.threads.write(connections.close_all)


def run(story: Callable[[House], Awaitable[None]]) -> None:
    async def told() -> None:
        async with house() as here:
            await story(here)

    main: Coroutine[Any, Any, None] = told()
    asyncio.run(main)
