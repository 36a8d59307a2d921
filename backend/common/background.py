"""What a background task is given by the process that runs it (`notifications.threads.Background`, handed over by server and command)."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

R = TypeVar("R")


class Background(Protocol):
    """Used on the event loop only."""

    @property
    def stopping(self) -> bool: ...

    def wake(self) -> None:
        """The next round begins at once."""

    async def repeat(self, round_: Callable[[], Awaitable[object]], *, every: float) -> None:
        """Until the process ends: again when woken, and at the latest after so many seconds."""

    async def write(self, job: Callable[[], R]) -> R | None:
        """Runs a job on a database thread. None when it failed: that is logged."""
