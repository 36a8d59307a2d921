"""The phone's rules for what comes live, in a few lines: pwa/src/api/inbox.ts and the board's data file do the same.

A frame with the next number is applied; an older one is known already; a gap, a new connection and a closed one mean
reading again.
"""

import json
import time
from collections.abc import Callable
from typing import Any

from notifications.live.frames import Frame
from notifications.live.hub import hub
from tests.support.phone import Phone

Read = Callable[[str], Any]
# What a receipt changes later is not the notice's words.
MOVING = frozenset({"delivered_at", "seen_at", "replies"})


def words(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in MOVING}


def differences(here: dict[int, dict[str, Any]], there: dict[int, dict[str, Any]]) -> list[str]:
    """Field by field, what this phone shows and what a new one would show."""
    return [
        f"{number}.{key}: {old.get(key)!r} is {new.get(key)!r}"
        for number in sorted(here.keys() | there.keys())
        for old, new in [(here.get(number, {}), there.get(number, {}))]
        for key in sorted(old.keys() | new.keys())
        if plain(old.get(key)) != plain(new.get(key))
    ]


def plain(value: object) -> object:
    """UTC is written in two ways."""
    return value.replace("+00:00", "Z") if isinstance(value, str) else value


class Network:
    """Frames on their way to one phone: delivered, dropped or overtaken as somebody decides."""

    def __init__(self, user_id: int, topics: tuple[str, ...] = ()) -> None:
        self.user_id = user_id
        self.topics: tuple[str, ...] = ()
        self.flying: list[dict[str, Any]] = []
        self.code = 0
        hub.join(self, asked_at=time.monotonic())
        hub.listen(self, topics)

    def write(self, frame: Frame) -> None:
        self.flying.append(json.loads(frame.text))

    def close(self, code: int) -> None:
        self.code = code
        self.flying.clear()

    def hang_up(self) -> None:
        hub.leave(self)


class InboxPhone:
    """A relative's open app."""

    def __init__(self, user_id: int, phone: Phone) -> None:
        self.user_id = user_id
        self.phone = phone
        self.network = Network(user_id)
        self.last = 0
        self.items: dict[int, dict[str, Any]] = {}
        self.early: dict[int, dict[str, Any]] = {}
        self.missed = False
        self.read_on()

    def receive(self, frame: dict[str, Any]) -> None:
        if frame["type"] != "notice" or frame["seq"] <= self.last:
            return
        self.early[frame["seq"]] = frame if frame.get("withheld") else {**frame["notice"], "seq": frame["seq"]}
        while item := self.early.pop(self.last + 1, None):
            self._take(item)

    def gap_is_old(self) -> None:
        """The 300 ms are over."""
        if self.early:
            self.read_on()

    def reconnect(self) -> None:
        """A closed socket says that rights may have changed: everything is read afresh."""
        if self.network.code:
            self.last, self.items = 0, {}
        self.network.hang_up()
        self.network = Network(self.user_id)
        self.read_on()

    def read_on(self) -> None:
        self.early.clear()
        self.missed = False
        while (page := self._page(self.last))["items"]:
            for item in page["items"]:
                self._take(item)

    def fresh(self) -> dict[int, dict[str, Any]]:
        found, after = {}, 0
        while items := self._page(after)["items"]:
            found.update({item["seq"]: words(item) for item in items})
            after = items[-1]["seq"]
        return found

    def _page(self, after: int) -> Any:
        return self.phone.get(f"/api/notices?after={after}&limit=50").json()

    def _take(self, item: dict[str, Any]) -> None:
        self.items[item["seq"]] = words({key: value for key, value in item.items() if key != "type"})
        self.last = item["seq"]


class BoardPhone:
    """A teacher's open board."""

    def __init__(self, user_id: int, home: int, phone: Phone) -> None:
        self.home = home
        self.phone = phone
        self.user_id = user_id
        self.network = Network(user_id, (f"home:{home}",))
        self.missed = False
        self.rev, self.tiles, self.counts, self.opens = self.read()

    def receive(self, frame: dict[str, Any]) -> None:
        if frame["type"] not in {"board", "rev"} or frame["rev"] <= self.rev:
            return
        if frame["type"] == "rev" or frame["rev"] > self.rev + 1:
            self.read_again()
            return
        self.rev, self.counts = frame["rev"], frame["counts"]
        self.tiles[frame["member"]["id"]] = frame["member"]

    def gap_is_old(self) -> None:
        """A board reads again at once."""

    def reconnect(self) -> None:
        self.network.hang_up()
        self.network = Network(self.user_id, (f"home:{self.home}",))
        self.read_again()

    def read_again(self) -> None:
        self.missed = False
        self.rev, self.tiles, self.counts, self.opens = self.read()

    def read(self) -> tuple[int, dict[int, dict[str, Any]], dict[str, int], bool]:
        board = self.phone.get(f"/api/attendance/board?home={self.home}").json()
        return board["rev"], {tile["id"]: tile for tile in [*board["members"], *board["others"]]}, board["counts"], board["open"]
