"""Several processes hear each other through the channel layer, and find out by themselves what it lost."""

import asyncio
import uuid
from collections.abc import Iterator
from functools import partial

import pytest
from channels.layers import channel_layers
from django.db import connections, transaction
from pytest_django import Settings

from notifications import outbox
from notifications.channels.live import Item, text_of
from notifications.live.gap_check import GapCheck
from notifications.live.hub import Hub
from notifications.live.relay import Relay, is_configured
from notifications.threads import Background, OneThread
from tests.notifications.conftest import make_people, tell
from tests.notifications.listener import Listener
from tests.support import post_sender

MEMORY = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}


@pytest.fixture(autouse=True)
def layer(settings: Settings) -> Iterator[None]:
    settings.CHANNEL_LAYERS = MEMORY
    channel_layers.backends.clear()
    yield
    channel_layers.backends.clear()


class Process:
    """What one server process has of this."""

    def __init__(self, stop: asyncio.Event) -> None:
        self.hub = Hub()
        self.hub.start(asyncio.get_running_loop())
        self.relay = Relay(self.hub)
        self.relay.attach()
        self.task = asyncio.create_task(self.relay.run(Background("relay", OneThread(), stop)))
        self.woken = 0
        self.hub.on_wake(self._wake)

    def _wake(self) -> None:
        self.woken += 1

    def listener(self, user_id: int, *topics: str) -> Listener:
        listener = Listener(user_id)
        self.hub.join(listener, asked_at=0)
        self.hub.listen(listener, topics)
        return listener


def test_what_one_process_posts_all_hear_once() -> None:
    items: list[Item] = [("user", 1, "for one"), ("topic", "home:1", "for the home"), ("wake", "", ""), ("close", 2, 4401)]

    async def story() -> None:
        stop = asyncio.Event()
        here, there = Process(stop), Process(stop)
        await asyncio.sleep(0.05)
        near, far, leaving = here.listener(1, "home:1"), there.listener(1, "home:1"), there.listener(2)
        here.hub.post(items)
        await asyncio.sleep(0.1)
        assert near.texts == far.texts == ["for one", "for the home"]
        assert (here.woken, there.woken, leaving.code) == (1, 1, 4401)
        stop.set()
        await asyncio.gather(here.task, there.task)

    asyncio.run(story())


def test_a_plain_command_without_a_loop_is_heard_as_well() -> None:
    command = Hub()
    Relay(command).attach()

    async def story() -> None:
        stop = asyncio.Event()
        server = Process(stop)
        await asyncio.sleep(0.05)
        listener = server.listener(1)
        await asyncio.to_thread(command.post, [("user", 1, "done")])
        await asyncio.sleep(0.1)
        assert listener.texts == ["done"]
        stop.set()
        await server.task

    asyncio.run(story())


def test_a_layer_that_is_gone_stops_nothing(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:9"]}}
    }
    channel_layers.backends.clear()

    async def story() -> None:
        stop = asyncio.Event()
        server = Process(stop)
        listener = server.listener(1)
        server.hub.post([("user", 1, "still here")])
        await asyncio.sleep(0.3)
        assert listener.texts == ["still here"]
        stop.set()
        await asyncio.wait_for(server.task, 3)

    asyncio.run(story())
    assert "channel layer: " in caplog.text


def test_without_a_layer_nothing_is_relayed(settings: Settings) -> None:
    assert is_configured()
    settings.CHANNEL_LAYERS = {}
    assert not is_configured()


@pytest.mark.django_db(transaction=True)
def test_each_process_finds_what_the_layer_lost() -> None:
    mother, elsewhere = make_people(2)
    post_sender.topics[mother.pk] = ["home:1"]

    def write() -> None:
        with transaction.atomic():
            outbox.publish("home:1", {})
        tell([mother, elsewhere], event=uuid.UUID(int=1))

    async def story() -> None:
        threads, hub = OneThread(), Hub()
        hub.start(asyncio.get_running_loop())
        background = Background("gap check", threads, asyncio.Event())
        look = partial(GapCheck(hub).check, background)
        listener = Listener(mother.pk)
        hub.join(listener, asked_at=0)
        hub.listen(listener, ["home:1"])
        await look()
        assert listener.texts == []
        await threads.write(write)
        await look()
        await look()
        notice, moved = listener.texts
        assert '"type":"notice","seq":1' in notice
        assert moved == text_of({"type": "rev", "topic": "home:1", "rev": 1})
        await GapCheck(hub).check(background)
        assert listener.texts[2:] == [notice, moved], "lost before its first look"
        await threads.write(partial(connections.close_all))

    asyncio.run(story())
