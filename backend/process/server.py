"""Daphne, with a way for frames that were encoded once: 8,000 sockets share the work of the first."""

import asyncio
import signal
from collections.abc import Callable
from typing import Any

from autobahn.twisted import websocket
from autobahn.websocket import protocol
from daphne.server import Server as Daphne
from daphne.ws_protocol import WebSocketProtocol
from twisted.internet import defer, reactor

from backend import scheduler
from backend.asgi import Application
from backend.common import gc_tuning
from backend.moments import photo_worker
from backend.process import http_request
from backend.process.asgi_handler import BODY
from notifications.live.consumers import LARGEST_MESSAGE
from notifications.live.frames import Frame
from notifications.live.hub import hub
from notifications.runtime import Runtime

# Twisted's own backlog of 50 makes a crowd that comes back wait for its second SYN.
BACKLOG = 4096
DAY = 86400
# For the last answers and closing handshakes.
UNDER_WAY = 1.0


def hush() -> None:
    """Autobahn describes each connection and each message for debug lines that nobody reads: a quarter of what a handshake costs."""
    for module in (protocol, websocket):
        for describe in {"hltype", "hlval", "pformat"} & vars(module).keys():
            setattr(module, describe, lambda _: "")


class Socket(WebSocketProtocol):  # type: ignore[misc]  # Daphne has no types
    def connectionMade(self) -> None:  # noqa: N802 - Twisted's name
        """The library's word that a socket is closed holds the socket itself: each would wait for the collector."""
        super().connectionMade()
        self.is_closed.addCallback(lambda _: None)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802 - Daphne's name
        """Any code: autobahn's own way lets an application say neither 1009 nor 1012."""
        if self.state == self.STATE_OPEN:
            self.sendCloseFrame(code=code or 1000, isReply=False)

    def write_frame(self, frame: Frame) -> None:
        """A third of the way through autobahn and the reactor."""
        if self.state == self.STATE_OPEN and self.transport is not None:
            self._write(frame.wire)

    def sendData(self, data: bytes, sync: bool = False, chopsize: int | None = None) -> None:  # noqa: FBT001, FBT002, N802 - autobahn's
        """What autobahn has to say: the answer to the handshake, and the frames of a close."""
        if sync or chopsize or self.send_queue:
            super().sendData(data, sync, chopsize)
        else:
            self._write(data)

    def _write(self, data: bytes) -> None:
        """Straight to the kernel when nothing waits before it; by the reactor it is four system calls more."""
        transport = self.transport
        if transport.connected and not transport.disconnecting and not transport.dataBuffer and not transport._tempDataLen:  # noqa: SLF001 - Twisted's second buffer has no other name
            sent = transport.writeSomeData(data)
            if sent == len(data):
                return
            if isinstance(sent, int):
                data = data[sent:]
        transport.write(data)


class Server(Daphne):  # type: ignore[misc]  # Daphne has no types
    """`ready` is called with the address once it listens."""

    def __init__(self, application: Application, *, host: str, port: int, dispatch: bool, ready: Callable[[str], None]) -> None:
        super().__init__(
            application=application,
            endpoints=[f"tcp:port={port}:interface={host}:backlog={BACKLOG}"],
            signal_handlers=False,
            ready_callable=self._begin,
            server_name="yizhan",
            # Our own heartbeat and sweeper know more than a ping on the protocol's level.
            ping_interval=DAY,
            websocket_timeout=-1,
            websocket_handshake_timeout=20,
            # Above the live socket's own limit, which says why it closes.
            websocket_max_message_size=4 * LARGEST_MESSAGE,
            websocket_max_frame_size=4 * LARGEST_MESSAGE,
        )
        self._dispatch = dispatch
        self._say_ready = ready
        self._runtime: Runtime | None = None
        self._ending: asyncio.Task[None] | None = None

    def listen_success(self, port: Any) -> None:
        super().listen_success(port)
        host = port.getHost()
        self._port = port
        self._say_ready(f"http://{host.host}:{host.port}")

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if scope["type"] == "websocket":
            scope["extensions"] = {"websocket.wire": protocol.write_frame}
        elif protocol.body is not None:
            scope["extensions"] = {BODY: protocol.body}
        return super().create_application(protocol, scope)

    def _begin(self) -> None:
        """On Daphne's loop, before the first connection."""
        hush()
        http_request.install(self.http_factory, self.application.sender)
        self.ws_factory.protocol = Socket
        self.ws_factory.setProtocolOptions(failByDrop=False)
        asyncio.get_event_loop().call_soon(self._start)

    def _start(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._end)
        runtime = Runtime(hub=hub, threads=self.application.threads, live=self.application.live)
        runtime.start(dispatch=self._dispatch)
        if self._dispatch:
            runtime.run("scheduler", scheduler.run)
            runtime.run("photo worker", photo_worker.run)
        self._runtime = runtime
        gc_tuning.freeze()

    def _end(self) -> None:
        if self._ending is None:
            self._ending = asyncio.get_running_loop().create_task(self._go())

    async def _go(self) -> None:
        """No new connections; the sockets are told; what is under way is finished; then the rest is cut."""
        if self.listening_addresses:
            self._port.stopListening()
        if self._runtime is not None:
            await self._runtime.stop()
        await self._quiet(UNDER_WAY)
        reactor.stop()  # type: ignore[misc]  # Twisted types its reactor as a module

    async def _quiet(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while loop.time() < deadline and any(self._working(details) for details in self.connections.values()):  # noqa: ASYNC110 - Daphne tells nobody
            await asyncio.sleep(0.05)

    @staticmethod
    def _working(details: dict[str, Any]) -> bool:
        task = details.get("application_instance")
        return task is not None and not task.done()

    def kill_all_applications(self) -> Any:
        """As Daphne's, which stumbles over a connection whose application has gone already."""
        tasks = [details["application_instance"] for details in self.connections.values() if self._working(details)]
        for task in tasks:
            task.cancel()
        return defer.Deferred.fromFuture(asyncio.gather(*tasks, return_exceptions=True))
