"""A few verbs of WebDriver BiDi over one socket: enough to drive a browser without a driver program."""

import itertools
import json
import time
from contextlib import ExitStack
from typing import Any

from websockets.sync.client import connect


class BidiError(Exception):
    """The browser said no, or the page's script threw."""


class Bidi:
    """One session. Events are ignored: tests ask instead."""

    def __init__(self, url: str) -> None:
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(url, max_size=64 << 20, compression=None, ping_interval=None, open_timeout=30))
        self._numbers = itertools.count(1)
        self.command("session.new", {"capabilities": {"alwaysMatch": {"acceptInsecureCerts": True}}})

    def command(self, method: str, params: dict[str, Any], *, seconds: float = 30) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        deadline = time.monotonic() + seconds
        while True:
            message = json.loads(self._socket.recv(timeout=max(0.01, deadline - time.monotonic())))
            if message.get("id") != number:
                continue
            if message["type"] == "error":
                msg = f"{method}: {message['error']}: {message['message']}"
                raise BidiError(msg)
            return message["result"]

    def close(self) -> None:
        self._open.close()


class Tab:
    """One top-level browsing context."""

    def __init__(self, bidi: Bidi, *, context: str = "") -> None:
        self._bidi = bidi
        self.context = context or bidi.command("browsingContext.create", {"type": "tab"})["context"]

    def go(self, url: str) -> None:
        self._bidi.command("browsingContext.navigate", {"context": self.context, "url": url, "wait": "complete"})

    def run(self, script: str, *, seconds: float = 30) -> Any:
        """The JSON value of an async function body; a thrown error is raised here. Runs as if a person had tapped."""
        wrapped = f"(async () => JSON.stringify((await (async () => {{ {script} }})()) ?? null))()"
        params = {"expression": wrapped, "target": {"context": self.context}, "awaitPromise": True, "userActivation": True}
        answer = self._bidi.command("script.evaluate", params, seconds=seconds)
        if answer["type"] == "exception":
            raise BidiError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def wait(self, script: str, *, seconds: float = 10) -> Any:
        """Asks again until the answer is truthy."""
        deadline = time.monotonic() + seconds
        while not (answer := self.run(script)):
            if time.monotonic() > deadline:
                msg = f"Not within {seconds:g} s: {script}"
                raise TimeoutError(msg)
            time.sleep(0.05)
        return answer

    def close(self) -> None:
        self._bidi.command("browsingContext.close", {"context": self.context})
