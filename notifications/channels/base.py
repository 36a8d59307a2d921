"""Base class of the channels: what every rung of the ladder can be asked."""

from collections.abc import Sequence

from notifications.channels.attempt import Attempt
from notifications.models import Delivery, Notice
from notifications.wire.outcome import Outcome


class Channel:
    """One way to reach people. `asks_people`: not a machine but a person has to act on it."""

    name = ""
    asks_people = False

    def address(self, notices: Sequence[Notice]) -> list[Delivery]:
        """The Deliveries that these notices need on this channel, not saved yet; a fixed number of queries."""
        del notices
        return []

    async def open(self) -> None:
        """Called before the first send."""

    async def close(self) -> None:
        """Called after the last."""

    async def send(self, attempt: Attempt) -> Outcome:
        """Raise nothing but its own cancellation."""
        return Outcome(state="failed", error=f"nothing to send {attempt.rung}"[:80])
