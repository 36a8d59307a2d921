"""`./dev bench signup`: people who sign up for one shift, 32 at once, beside the same rows written by hand."""

import asyncio
import json
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.door import percentile
from tests.bench.door_tap import Door
from tests.bench.sides import Ours
from tests.bench.town import CSRF
from tests.support.databases import ROOT

AT_ONCE = 32
CREATED = 201
# What one sign-up comes down to: who waits, their place in the line, the word that they are told, and the shift's count.
TABLES = """
CREATE TABLE shift (id INTEGER PRIMARY KEY, capacity INTEGER, taken INTEGER, waiting INTEGER);
CREATE TABLE signup (id TEXT PRIMARY KEY, shift INTEGER, person INTEGER, status TEXT, at REAL);
CREATE UNIQUE INDEX once ON signup (person, shift);
CREATE TABLE entry (id INTEGER PRIMARY KEY, shift INTEGER, signup TEXT UNIQUE, at REAL);
CREATE TABLE announcement (id TEXT PRIMARY KEY, params TEXT, due REAL);
CREATE INDEX due ON announcement (due);
INSERT INTO shift VALUES (1, 20, 0, 0);
"""


@dataclass(frozen=True)
class Rush:
    """Of how many, in how many seconds; milliseconds of each; how many were not answered 201."""

    people: int
    seconds: float
    each: list[float]
    failed: int = 0

    @property
    def rate(self) -> float:
        return self.people / self.seconds

    def line(self, name: str) -> str:
        p50, p95 = percentile(self.each, 0.5), percentile(self.each, 0.95)
        return f"{name:<12}{self.rate:8.0f}/s   p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   failed {self.failed}"


def bare(file: Path, people: int) -> Rush:
    """The same promise: committed and on the disk before the answer."""
    with closing(_connection(file)) as connection:
        connection.executescript(TABLES)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.perf_counter()
        each = list(pool.map(lambda person: _write(file, person), range(people)))
        return Rush(people, time.perf_counter() - began, each)


def _connection(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=60, isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    return connection


def _write(file: Path, person: int) -> float:
    began, key, now = time.perf_counter(), uuid.uuid4().hex, time.time()
    with closing(_connection(file)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        capacity, taken = connection.execute("SELECT capacity, taken FROM shift WHERE id = 1").fetchone()
        waits = taken >= capacity
        connection.execute("INSERT INTO signup VALUES (?, 1, ?, ?, ?)", (key, person, "waitlisted" if waits else "confirmed", now))
        if waits:
            connection.execute("INSERT INTO entry (shift, signup, at) VALUES (1, ?, ?)", (key, now))
        connection.execute("INSERT INTO announcement VALUES (?, ?, ?)", (uuid.uuid4().hex, json.dumps({"signup": key}), now))
        connection.execute("UPDATE shift SET taken = taken + ?, waiting = waiting + ? WHERE id = 1", (not waits, waits))
        connection.execute("COMMIT")
    return (time.perf_counter() - began) * 1000


async def served(side: Ours, facts: dict[str, object]) -> Rush:
    """Over HTTP, with session, CSRF and the rules; each person once."""
    cookies = facts["cookies"]
    assert isinstance(cookies, list)
    waiting, each, failed = iter(cookies), list[float](), list[int]()
    body, path = {"shift": facts["shift"]}, f"/api/service-events/{facts['event']}/signups"

    async def phone(turns: Iterator[str]) -> None:
        door = Door(port=side.port, cookie="", csrf=CSRF)
        for cookie in turns:
            door.cookie, began = cookie, time.perf_counter()
            status, _ = await door.ask("POST", path, body | {"id": str(uuid.uuid4())})
            each.append((time.perf_counter() - began) * 1000)
            if status != CREATED:
                failed.append(status)
        door.close()

    began = time.perf_counter()
    await asyncio.gather(*(phone(waiting) for _ in range(AT_ONCE)))
    return Rush(len(cookies), time.perf_counter() - began, each, len(failed))


def signup(base: Path, *, people: int) -> None:
    side = Ours(base)
    out = side.data / "facts.json"
    command = [sys.executable, "-m", "tests.bench.prepare_signup", str(out), str(people)]
    subprocess.run(command, cwd=ROOT, env=side.env, check=True)
    side.start()
    try:
        ours = asyncio.run(served(side, json.loads(out.read_text(encoding="utf-8"))))
    finally:
        side.kill()
    alone = bare(base / "bare.sqlite3", people)
    print(f"sign-ups, {AT_ONCE} at once, {people} people for one shift")
    print(alone.line("bare SQL"))
    print(ours.line("ours, HTTP"))
    print(f"ours / bare SQL = {ours.rate / alone.rate:.2f}")
