"""Channels: the ways to reach people, by name. A new one is a class here and a pair in settings.NOTIFICATIONS["LADDER"]."""

from notifications.channels.base import Channel
from notifications.channels.calls import Calls
from notifications.channels.webpush import WebPush

CHANNELS: dict[str, type[Channel]] = {each.name: each for each in (WebPush, Calls)}
PEOPLE = frozenset(name for name, each in CHANNELS.items() if each.asks_people)


def channel(name: str) -> Channel:
    return CHANNELS[name]()
