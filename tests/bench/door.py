"""`./dev bench door`: from the tap to the last relative's screen, beside the same job on stock Channels."""

import asyncio
import itertools
import statistics
import time
from contextlib import suppress
from dataclasses import dataclass, field

from tests.bench.crowd import Crowd, Ticket
from tests.bench.door_tap import Door, Tapped
from tests.bench.sides import Side
from tests.bench.town import CSRF, RELATIVES, Town

FRAME_SECONDS = 15.0
JOIN_SECONDS = 150.0
PAUSE = 0.03


@dataclass
class Taps:
    """Milliseconds of each tap and its parts; `lost` had no last frame within 15 s."""

    http: list[float] = field(default_factory=list)
    commit: list[float] = field(default_factory=list)
    frames: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    lost: int = 0


@dataclass
class Rush:
    rate: float
    p50: float
    p95: float
    failed: int


@dataclass
class Run:
    """Everything measured at one side."""

    name: str
    taps: dict[int, Taps] = field(default_factory=dict)
    joined: dict[int, tuple[int, float]] = field(default_factory=dict)  # asked → in, seconds
    memory: float = 0  # KiB a socket
    rush: Rush | None = None
    back: tuple[int, float] | None = None
    turned_away: int = 0


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Bench:
    """One side under load. Every member is tapped once, so each tap is an arrival that three people must hear of."""

    def __init__(self, side: Side, town: Town) -> None:
        self.side = side
        self.town = town
        self.run = Run(side.name)
        self.fresh = iter(town.members)
        self.doors: dict[int, Door] = {}

    def door(self, home: int) -> Door:
        if home not in self.doors:
            self.doors[home] = Door(port=self.side.port, cookie=self.town.staff[home], csrf=CSRF)
        return self.doors[home]

    def tickets(self, users: list[int]) -> list[Ticket]:
        return [Ticket(user, self.town.phones[user]) for user in users]

    async def warm_up(self) -> None:
        """Opens each Home's board, as every morning begins, and taps a few."""
        for home in self.town.homes:
            await self.door(home).ask("GET", f"/api/attendance/board?home={home}")
        for member, home in itertools.islice(self.fresh, 30):
            await self.door(home).tap(member)

    async def tap_and_hear(self, crowd: Crowd, taps: Taps, member: int, home: int) -> None:
        door = self.door(home)
        if door.closed:
            await door.open()
        done = await self._heard(crowd, door, member)
        if done is None:
            taps.lost += 1
            return
        tapped, last = done
        commit = max((end for end in self.side.commits() if tapped.began < end <= last), default=tapped.began)
        taps.http.append((tapped.answered - tapped.began) / 1e6)
        taps.commit.append((commit - tapped.began) / 1e6)
        taps.frames.append((last - commit) / 1e6)
        taps.whole.append((last - tapped.began) / 1e6)

    async def _heard(self, crowd: Crowd, door: Door, member: int) -> tuple[Tapped, int] | None:
        event = door.new_event()
        heard = crowd.expect(self.town.readers[member], event)
        tapped = await door.tap(member, event=event)
        if tapped.status != 201:
            msg = f"{self.side.name}: a tap was answered {tapped.status} {tapped.body[:300]!r}"
            raise RuntimeError(msg)
        with suppress(TimeoutError):
            return tapped, max(await asyncio.wait_for(heard, FRAME_SECONDS))
        return None

    async def alone(self, count: int) -> None:
        """Only the three relatives' sockets are open."""
        taps = self.run.taps[RELATIVES] = Taps()
        for member, home in itertools.islice(self.fresh, count):
            crowd = Crowd(self.side.port)
            await crowd.join(self.tickets(self.town.readers[member]))
            await self.tap_and_hear(crowd, taps, member, home)
            await crowd.leave()

    async def among(self, size: int, count: int) -> Crowd:
        taps = self.run.taps[size] = Taps()
        chosen = list(itertools.islice(self.fresh, count))
        first = [user for member, _ in chosen for user in self.town.readers[member]]
        others = [user for user in self.town.phones if user not in set(first)][: size - len(first)]
        crowd = Crowd(self.side.port)
        began, before = time.monotonic(), self._memory()
        await crowd.join(self.tickets(first + others), seconds=JOIN_SECONDS)
        self.run.joined[size] = (crowd.alive, time.monotonic() - began)
        self.run.memory = (self._memory() - before) / 1024 / max(1, crowd.alive)
        await asyncio.sleep(1)
        if crowd.alive >= len(first):
            await self._tap_all(crowd, taps, chosen)
        return crowd

    async def _tap_all(self, crowd: Crowd, taps: Taps, chosen: list[tuple[int, int]]) -> None:
        for member, home in chosen:
            await self.tap_and_hear(crowd, taps, member, home)
            await asyncio.sleep(PAUSE)
            if taps.lost >= 3:
                return

    def _memory(self) -> int:
        assert self.side.child
        return self.side.child.memory()

    async def rush(self, *, taps: int, at_once: int = 16) -> None:
        """So many tablets, each tapping as fast as it is answered."""
        chosen = list(itertools.islice(self.fresh, taps))
        times: list[float] = []
        failed = 0

        async def tablet(number: int) -> None:
            nonlocal failed
            for member, home in chosen[number::at_once]:
                own = Door(port=self.side.port, cookie=self.town.staff[home], csrf=CSRF) if number not in kept else kept[number]
                own.cookie = self.town.staff[home]
                kept[number] = own
                done = await own.tap(member)
                times.append(done.seconds * 1000)
                failed += done.status != 201

        kept: dict[int, Door] = {}
        began = time.monotonic()
        await asyncio.gather(*(tablet(number) for number in range(at_once)))
        seconds = time.monotonic() - began
        self.run.rush = Rush(rate=(taps - failed) / seconds, p50=statistics.median(times), p95=percentile(times, 0.95), failed=failed)
        for own in kept.values():
            own.close()

    async def come_back(self, size: int, *, seconds: float = 120) -> None:
        """All phones return at once after a kill: until each is in and caught up."""
        self.side.kill()
        self.doors.clear()
        self.side.start()
        crowd = Crowd(self.side.port)
        began = time.monotonic()
        await crowd.join(self.tickets(list(self.town.phones)[:size]), at_once=size, seconds=seconds)
        self.run.back = (crowd.alive, time.monotonic() - began)
        self.run.turned_away = crowd.turned_away
        await crowd.leave()
