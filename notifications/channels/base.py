"""What every rung of the ladder can be asked."""

from collections.abc import Sequence

from notifications.channels.attempt import Outcome, Parcel
from notifications.models import Delivery, Notice


class Rung:
    """One way to reach people. `asks_people`: not a machine but a person has to act on it."""

    name = ""
    asks_people = False

    def address(self, notices: Sequence[Notice]) -> list[Delivery]:
        """The Deliveries that these notices need on this rung, not saved yet; a fixed number of queries."""
        del notices
        return []

    async def open(self) -> None:
        """Before the first send of a dispatcher."""

    async def close(self) -> None:
        """After its last."""

    async def send(self, parcel: Parcel) -> Outcome:
        """Raises nothing but its own cancellation."""
        return Outcome(state="failed", error=f"nothing to send {parcel.rung}"[:80])
