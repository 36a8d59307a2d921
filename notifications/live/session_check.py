"""Background task that closes the sockets of those whose session or topics ended.

Rights end by the clock as well, and the word that they ended may be lost between processes: so each process asks for its own sockets.
"""

from functools import partial

from notifications.channels.live import SIGNED_OUT
from notifications.live.hub import Hub
from notifications.live.sockets import Socket
from notifications.sender import sender
from notifications.threads import Background

EVERY = 15.0
# A question takes some milliseconds of a reader's time.
AT_ONCE = 500


class SessionCheck:
    """Whoever is still signed in comes back at once, with the topics of now."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub

    async def run(self, background: Background) -> None:
        await background.repeat(partial(self.check, background), every=EVERY)

    async def check(self, background: Background) -> None:
        sockets = [socket for socket in self._hub.all_sockets() if isinstance(socket, Socket)]
        for start in range(0, len(sockets), AT_ONCE):
            await self._check(background, sockets[start : start + AT_ONCE])

    @staticmethod
    async def _check(background: Background, sockets: list[Socket]) -> None:
        found = await background.read(partial(sender().still_signed_in, {socket.sign_in for socket in sockets}))
        if found is None:
            return
        for socket in sockets:
            topics = found.get(socket.sign_in)
            if topics is None or (socket.caught_up and set(topics) != set(socket.topics)):
                socket.close(SIGNED_OUT)
