"""A push service on loopback: Mozilla's protocol towards Firefox, strict HTTP towards the sender."""

import asyncio
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import WSMsgType, web

from tests.support.processes import free_port
from tests.support.push_phone import Phone
from tests.support.push_rules import LARGEST_BODY, b64, refusal

HANG_SECONDS = 60


@dataclass
class Channel:
    """One subscription. `key` is the application server key it was made with."""

    id: str
    key: str
    uaid: str = ""
    phone: Phone | None = None
    gone: bool = False
    waiting: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Message:
    """One POST to an endpoint and what it was answered."""

    token: str
    at: float
    headers: dict[str, str]
    body: bytes
    status: int
    why: str = ""


# What the service says to a correct message, when a test wants other than 201: status and headers, or "hang" or "reset".
Misbehaviour = Callable[[str], tuple[int, dict[str, str]] | str | None]


class PushService:
    """Runs in a thread of its own; `messages`, `acks` and `refused` are what tests look at."""

    def __init__(self) -> None:
        self.port = free_port()
        self.channels: dict[str, Channel] = {}
        self.messages: list[Message] = []
        self.acks: list[dict[str, Any]] = []
        self.misbehave: Misbehaviour | None = None
        self._sockets: dict[str, web.WebSocketResponse] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True, name="push service")
        self._up = threading.Event()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def browser_url(self) -> str:
        """For Firefox's dom.push.serverURL."""
        return f"ws://127.0.0.1:{self.port}/"

    @property
    def refused(self) -> list[Message]:
        return [message for message in self.messages if message.why]

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._up.wait(10):
            msg = "The push service did not come up."
            raise RuntimeError(msg)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def phone(self, key: str) -> Phone:
        """A subscribed phone without a browser: it can read what it is sent."""
        token = secrets.token_urlsafe(24)
        phone = Phone(endpoint=f"{self.origin}/push/{token}")
        self.channels[token] = Channel(id=token, key=key, phone=phone)
        return phone

    def end(self, endpoint: str) -> None:
        self.channels[endpoint.rpartition("/")[2]].gone = True

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        app = web.Application(client_max_size=1 << 20)
        app.router.add_get("/", self._browser)
        app.router.add_post("/push/{token}", self._post)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        self._loop.run_until_complete(runner.setup())
        self._loop.run_until_complete(web.TCPSite(runner, "127.0.0.1", self.port, backlog=1024).start())
        self._up.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())
        left = asyncio.all_tasks(self._loop)  # those that hang, as they were told to
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _post(self, request: web.Request) -> web.StreamResponse:
        token = request.match_info["token"]
        body = await request.read()
        odd = self.misbehave(token) if self.misbehave else None
        if odd == "reset" and request.transport:
            request.transport.abort()
        if isinstance(odd, str):
            await asyncio.sleep(HANG_SECONDS if odd == "hang" else 0)
        status, why, headers = self._judge(token, request, body)
        if isinstance(odd, tuple):
            status, headers = odd
        self.messages.append(Message(token, time.monotonic(), dict(request.headers), body, status, why))
        if status == web.HTTPCreated.status_code:
            await self._accept(self.channels[token], request, body)
        return web.Response(status=status, headers=headers, text=why)

    def _judge(self, token: str, request: web.Request, body: bytes) -> tuple[int, str, dict[str, str]]:
        channel = self.channels.get(token)
        if channel is None:
            return 404, "", {}
        if channel.gone:
            return 410, "", {}
        fault = refusal(request.headers, body[: LARGEST_BODY + 1], key=channel.key, origin=self.origin)
        if fault:
            return fault.status, fault.why, {}
        return 201, "", {"TTL": request.headers["TTL"], "Location": f"{self.origin}/m/{secrets.token_urlsafe(8)}"}

    async def _accept(self, channel: Channel, request: web.Request, body: bytes) -> None:
        if channel.phone:
            channel.phone.receive(body)
            return
        version = secrets.token_urlsafe(12)
        # A waiting message of the same topic is replaced, as RFC 8030 has it.
        channel.waiting[request.headers.get("Topic", version)] = {
            "messageType": "notification",
            "channelID": channel.id,
            "version": version,
            "data": b64(body),
            "headers": {"encoding": "aes128gcm"},
        }
        await self._flush(channel)

    async def _flush(self, channel: Channel) -> None:
        socket = self._sockets.get(channel.uaid)
        if socket is None or socket.closed:
            return
        for notification in channel.waiting.values():
            await socket.send_json(notification)

    async def _browser(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(protocols=("push-notification",), heartbeat=None)
        await socket.prepare(request)
        uaid = ""
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                break
            message = json.loads(frame.data) if frame.data.strip() else {}
            uaid = await self._answer(socket, message, uaid)
        if self._sockets.get(uaid) is socket:
            del self._sockets[uaid]
        return socket

    async def _answer(self, socket: web.WebSocketResponse, message: dict[str, Any], uaid: str) -> str:
        match message.get("messageType"):
            case None:
                await socket.send_str("{}")
            case "ping":
                await socket.send_str("{}")
            case "hello":
                uaid = message.get("uaid") or secrets.token_hex(16)
                self._sockets[uaid] = socket
                await socket.send_json({"messageType": "hello", "status": 200, "uaid": uaid, "use_webpush": True, "broadcasts": {}})
                for channel in [each for each in self.channels.values() if each.uaid == uaid]:
                    await self._flush(channel)
            case "register":
                await socket.send_json(self._register(message, uaid))
            case "unregister":
                self._unregister(message["channelID"], uaid)
                await socket.send_json({"messageType": "unregister", "channelID": message["channelID"], "status": 200})
            case "ack":
                self._acknowledge(message["updates"])
        return uaid

    def _register(self, message: dict[str, Any], uaid: str) -> dict[str, Any]:
        token = secrets.token_urlsafe(24)
        self.channels[token] = Channel(id=message["channelID"], key=message.get("key", ""), uaid=uaid)
        endpoint = f"{self.origin}/push/{token}"
        return {"messageType": "register", "status": 200, "channelID": message["channelID"], "pushEndpoint": endpoint}

    def _unregister(self, channel_id: str, uaid: str) -> None:
        for channel in self.channels.values():
            if channel.uaid == uaid and channel.id == channel_id:
                channel.gone = True

    def _acknowledge(self, updates: list[dict[str, Any]]) -> None:
        self.acks += updates
        done = {update["version"] for update in updates}
        for channel in self.channels.values():
            channel.waiting = {topic: each for topic, each in channel.waiting.items() if each["version"] not in done}
