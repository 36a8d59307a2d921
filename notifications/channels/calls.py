"""The rung of people: the event stands on the call list until a phone confirms it or somebody rings and says so."""

from notifications.channels.base import Rung


class Calls(Rung):
    """Nothing is sent: standing on this rung is being on the list (`outbox.unreached`)."""

    name = "calls"
    asks_people = True
