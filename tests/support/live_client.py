"""The live socket as a phone holds it: hello, heartbeats with what was got, frames in order of arrival."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from tests.support.api_client import Person
from tests.support.processes import PATIENCE

Frame = dict[str, Any]


class Live:
    """One open socket of one person."""

    def __init__(self, person: Person, *, after: int | None = 0, epoch: str = "", origin: str = "") -> None:
        self.frames: list[Frame] = []
        self.got = 0
        self.socket: ClientConnection = connect(
            f"{person.url.replace('http', 'ws', 1)}/ws",
            additional_headers={"Cookie": person.cookie_header},
            origin=Origin(origin or person.url),
            compression=None,
            open_timeout=20,
            close_timeout=2,
            legacy=True,
        )
        if after is not None:
            self.send({"type": "hello", "after": after, **({"epoch": epoch} if epoch else {})})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def send(self, message: object) -> None:
        self.socket.send(message if isinstance(message, (str, bytes)) else json.dumps(message))

    def ping(self) -> None:
        self.send({"type": "ping", "got": self.got})

    def next(self, *, seconds: float = PATIENCE) -> Frame:
        frame: Frame = json.loads(self.socket.recv(timeout=seconds))
        self.got += 1
        self.frames.append(frame)
        return frame

    def wait(self, wanted: Callable[[Frame], object], *, seconds: float = PATIENCE) -> Frame:
        """The first frame so wanted, those already read included."""
        for frame in self.frames:
            if wanted(frame):
                return frame
        deadline = time.monotonic() + seconds
        while True:
            frame = self.next(seconds=max(0.001, deadline - time.monotonic()))
            if wanted(frame):
                return frame

    def drain(self, *, quiet: float = 0.3) -> list[Frame]:
        """Reads until nothing comes for a while; everything read so far."""
        with suppress(TimeoutError, ConnectionClosed):
            while True:
                self.next(seconds=quiet)
        return self.frames

    def settle(self, *, seconds: float = PATIENCE) -> list[Frame]:
        """Everything the server sent before it answered this ping."""
        pongs = sum(frame["type"] == "pong" for frame in self.frames)
        self.ping()
        while sum(frame["type"] == "pong" for frame in self.frames) <= pongs:
            self.next(seconds=seconds)
        return self.frames

    def close_code(self, *, seconds: float = PATIENCE) -> int | None:
        """Reads on until the server closes; its code."""
        deadline = time.monotonic() + seconds
        try:
            while True:
                self.next(seconds=max(0.001, deadline - time.monotonic()))
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def close(self) -> None:
        with suppress(OSError, ConnectionClosed):
            self.socket.close()
