"""Relay between the hubs of several processes, through Django Channels' layer: one subscription each, and the layer may lose things.

What it loses, the numbers make good: `catch_up` looks into the database for what this process's sockets may have missed.
"""

import asyncio
import logging
import uuid
from functools import partial
from typing import Any

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.conf import settings

from notifications.channels.live import Item
from notifications.live.hub import Hub
from notifications.threads import Background

log = logging.getLogger(__name__)

GROUP = "hub"
MESSAGE = "hub.items"
AGAIN_AFTER = 1.0
# A layer that hangs must not gather messages for ever.
SEND_WITHIN = 2.0


def is_configured() -> bool:
    return bool(getattr(settings, "CHANNEL_LAYERS", {}))


class Relay:
    """`origin` tells a process its own messages, which its hub has delivered already."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._layer: Any = get_channel_layer()
        self._origin = uuid.uuid4().hex
        self._sending: set[asyncio.Task[None]] = set()

    def attach(self) -> None:
        self._hub.pass_on = self.pass_on

    def pass_on(self, batch: list[Item]) -> None:
        """In a task, if this process has a loop; at once in a plain command."""
        message = {"type": MESSAGE, "origin": self._origin, "items": [list(item) for item in batch]}
        try:
            task = asyncio.get_running_loop().create_task(self._send(message))
        except RuntimeError:
            async_to_sync(self._send)(message)
        else:
            self._sending.add(task)
            task.add_done_callback(self._sending.discard)

    async def _send(self, message: dict[str, Any]) -> None:
        """Only a hint: when it cannot be given, whoever waits for it finds out by the numbers."""
        try:
            async with asyncio.timeout(SEND_WITHIN):
                await self._layer.group_send(GROUP, message)
        except Exception as error:  # noqa: BLE001 - any backend, any fault
            log.warning("channel layer: %s", type(error).__name__)

    async def run(self, background: Background) -> None:
        await background.repeat(partial(self._listen_safely, background), every=AGAIN_AFTER)

    async def _listen_safely(self, background: Background) -> None:
        try:
            await self._listen(background)
        except Exception as error:  # noqa: BLE001 - as above
            log.warning("channel layer: %s", type(error).__name__)

    async def _listen(self, background: Background) -> None:
        channel = await self._layer.new_channel()
        await self._layer.group_add(GROUP, channel)
        stopped = asyncio.create_task(background.stopped())
        try:
            while not background.stopping:
                receiving = asyncio.create_task(self._layer.receive(channel))
                await asyncio.wait({receiving, stopped}, return_when=asyncio.FIRST_COMPLETED)
                if not receiving.done():
                    receiving.cancel()
                    return
                self._arrived(receiving.result())
        finally:
            stopped.cancel()
            await self._layer.group_discard(GROUP, channel)

    def _arrived(self, message: dict[str, Any]) -> None:
        if message.get("type") == MESSAGE and message["origin"] != self._origin:
            self._hub.arrive([(kind, key, value) for kind, key, value in message["items"]])
