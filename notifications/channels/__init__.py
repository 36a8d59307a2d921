"""The rungs of the ladder by name. A new one is a class here and a pair in settings.NOTIFICATIONS["LADDER"]."""

from notifications.channels.base import Rung
from notifications.channels.calls import Calls
from notifications.channels.webpush import WebPush

CHANNELS: dict[str, type[Rung]] = {each.name: each for each in (WebPush, Calls)}
PEOPLE = frozenset(name for name, each in CHANNELS.items() if each.asks_people)


def channel(name: str) -> Rung:
    return CHANNELS[name]()
