"""ASGI application of the live socket: one task a socket, no timers of its own, a hop to a database thread only where one is needed."""

import logging
import time
from collections.abc import Awaitable, Callable, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any

from django.db import DatabaseError

from notifications.channels.live import SIGNED_OUT
from notifications.inbox.receipts import Mark
from notifications.inbox.topics import revs
from notifications.live import backlog, messages
from notifications.live.backlog import Backlog, Greeting
from notifications.live.batching import Batches
from notifications.live.frames import Frame
from notifications.live.hub import Hub
from notifications.live.messages import Hello, MalformedError, Message, Ping, Receipt, Seen
from notifications.live.receipt_buffer import ReceiptBuffer
from notifications.live.sockets import Socket
from notifications.sender import SignIn
from notifications.threads import Background, Threads

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Authenticate = Callable[[Sequence[Scope]], Sequence[SignIn | None]]

PONG = Frame('{"type":"pong"}')

MALFORMED = 4400
NOT_READING = 4408
TOO_TALKATIVE = 4429
TOO_LARGE = 1009
RESTART = 1012
TRY_LATER = 1013
LARGEST_MESSAGE = 64 * 1024
# A phone pings every 20 to 25 s: who missed two is gone.
SILENT = 60.0
SWEEP = 10.0


class LiveSocket:
    """`authenticate` runs on a database thread and says of each who it is, or None."""

    def __init__(self, *, hub: Hub, threads: Threads, authenticate: Authenticate) -> None:
        self._hub = hub
        self._threads = threads
        self._sign_ins: Batches[Scope, SignIn | None] = Batches(threads, authenticate)
        self._backlogs: Batches[Greeting, Backlog] = Batches(threads, backlog.read)
        self._receipts: ReceiptBuffer | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "websocket.accept"})
        asked_at = time.monotonic()
        sign_in = await self._sign_in(scope, send)
        if sign_in is None:
            return
        socket = Socket(sign_in, send, scope.get("extensions", {}).get("websocket.wire"))
        self._hub.join(socket, asked_at=asked_at)
        try:
            await self._receive(socket, receive)
        finally:
            self._hub.leave(socket)

    async def _sign_in(self, scope: Scope, send: Send) -> SignIn | None:
        """Accepted first: a browser is shown the reason of a close, but not of a refused handshake."""
        try:
            sign_in = await self._sign_ins.ask(scope)
        except DatabaseError:
            await send({"type": "websocket.close", "code": TRY_LATER})
            return None
        if sign_in is None:
            await send({"type": "websocket.close", "code": SIGNED_OUT})
        return sign_in

    async def _receive(self, socket: Socket, receive: Receive) -> None:
        while (event := await receive())["type"] == "websocket.receive":
            if socket.closing:
                continue
            if not socket.heard():
                socket.close(TOO_TALKATIVE)
                continue
            text = event.get("text")
            if len(text or event.get("bytes") or "") > LARGEST_MESSAGE:
                socket.close(TOO_LARGE)
                continue
            try:
                await self._handle(socket, messages.parse(text))
            except MalformedError:
                socket.close(MALFORMED)
            except DatabaseError:
                socket.close(TRY_LATER)

    async def _handle(self, socket: Socket, message: Message) -> None:
        if isinstance(message, Hello) == socket.greeted:
            raise MalformedError
        match message:
            case Hello():
                await self._greet(socket, message)
            case Ping():
                if not socket.acknowledge(message.got):
                    raise MalformedError
                socket.write(PONG)
            case Receipt():
                if not self._buffer().add(Mark(message.id, socket.user_id, message.state)):
                    socket.close(TRY_LATER)
            case Seen():
                if not self._buffer().add_seen(socket.user_id, upto=message.upto, thread=message.thread):
                    socket.close(TRY_LATER)

    async def _greet(self, socket: Socket, hello: Hello) -> None:
        """The socket is registered already: what is committed while the backlog is read is held back behind it.

        A topic's number is read only once the socket listens to it, so that no change can fall between the two.
        """
        socket.greeted = True
        back = await self._backlogs.ask(Greeting(socket.user_id, hello.after, hello.epoch))
        self._hub.listen(socket, back.topics)
        now = await self._threads.read(partial(revs, back.topics)) if back.topics else {}
        socket.catch_up([*back.missed, back.ready(now)])

    def _buffer(self) -> ReceiptBuffer:
        if self._receipts is None:
            self._receipts = ReceiptBuffer(self._threads)
        return self._receipts

    async def sweep(self, background: Background) -> None:
        """Background task that closes the sockets not heard of for a minute."""
        await background.repeat(self._close_silent, every=SWEEP)

    async def _close_silent(self) -> None:
        silent_since = time.monotonic() - SILENT
        for socket in self._hub.all_sockets():
            if isinstance(socket, Socket) and socket.heard_at < silent_since:
                socket.close(NOT_READING)

    async def restart(self, *, within: float, pick: Callable[[float, float], float]) -> None:
        """Tell every socket to come back after a while of its own, close it, and store what it said."""
        for socket in self._hub.all_sockets():
            if isinstance(socket, Socket):
                socket.write_text(f'{{"type":"restart","after_ms":{int(pick(0, within) * 1000)}}}')
                socket.close(RESTART)
        if self._receipts is not None:
            await self._receipts.flush()
