"""Rights end by the clock as well, and the word that they ended may be lost between processes. So each asks again for its own sockets."""

from functools import partial

from django.db import DatabaseError

from notifications.channels.live import SIGNED_OUT
from notifications.live.hub import Hub
from notifications.live.sockets import Socket
from notifications.sender import sender
from notifications.threads import Threads

EVERY = 15.0
# A question takes some milliseconds of a reader's time.
AT_ONCE = 500


class Review:
    """Who is still signed in comes back at once, with the topics of now."""

    def __init__(self, hub: Hub, threads: Threads) -> None:
        self._hub = hub
        self._threads = threads

    async def __call__(self) -> None:
        sockets = [socket for socket in self._hub.everyone() if isinstance(socket, Socket)]
        for start in range(0, len(sockets), AT_ONCE):
            await self._look_at(sockets[start : start + AT_ONCE])

    async def _look_at(self, sockets: list[Socket]) -> None:
        try:
            seats = await self._threads.read(partial(sender().still_seated, {socket.seat for socket in sockets}))
        except DatabaseError:
            return
        for socket in sockets:
            topics = seats.get(socket.seat)
            if topics is None or (socket.caught_up and set(topics) != set(socket.topics)):
                socket.close(SIGNED_OUT)
