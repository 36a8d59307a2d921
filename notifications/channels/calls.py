"""Channel of people: the event stands on the call list until a phone confirms it or somebody rings and says so."""

from notifications.channels.base import Channel


class Calls(Channel):
    """Nothing is sent: standing on this rung is being on the list (`outbox.unreached`)."""

    name = "calls"
    asks_people = True
