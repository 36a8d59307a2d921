"""Channels' own recipe: origin check, session auth, one consumer."""

import os
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer
from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application
from django.urls import path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.bench.stock.settings")
django_application = get_asgi_application()

# These need the app registry, so they come after get_asgi_application().
from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import AllowedHostsOriginValidator

from tests.bench.stock.models import Notice


class Phone(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        user = self.scope["user"]
        if user.is_anonymous:
            await self.close()
            return
        await self.channel_layer.group_add(f"user.{user.pk}", self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        del code
        await self.channel_layer.group_discard(f"user.{self.scope['user'].pk}", self.channel_name)

    async def receive_json(self, content: Any, **_: Any) -> None:
        if content["type"] == "hello":
            await self.send_json({"type": "backlog", "items": await self.backlog()})
        else:
            await self.send_json({"type": "pong"})

    @database_sync_to_async
    def backlog(self) -> list[str]:
        return [str(each) for each in Notice.objects.filter(user=self.scope["user"]).order_by("-at").values_list("id", flat=True)[:20]]

    async def notice(self, message: Any) -> None:
        await self.send_json(message["content"])


application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([path("ws", Phone.as_asgi())]))),
    }
)
