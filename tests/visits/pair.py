"""Two processes beside the test, on the test's own database: what they are given to do, they do at once."""

import datetime as dt
import json
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from backend.accounts.models import User
from tests.support.databases import ROOT, environment

Job = dict[str, Any]


def job(verb: str, by: User | None, ids: dict[str, uuid.UUID], *, at: dt.datetime | None = None, **facts: Any) -> Job:
    """One of rush.py's verbs, now or as if it were then."""
    assert by is not None
    when = at.isoformat() if at else ""
    return {"verb": verb, "by": by.pk, "at": when, "ids": {name: str(key) for name, key in ids.items()}, "facts": facts}


class Pair:
    def __init__(self, pipes: Sequence[tuple[IO[str], IO[str]]]) -> None:
        self._pipes = pipes

    def at_once(self, jobs: Sequence[Job]) -> None:
        """Half of them in each of the two, which begin together."""
        for number, (sends, answers) in enumerate(self._pipes):
            _say(sends, json.dumps(jobs[number::2]))
            assert answers.readline() == "ready\n"
        for sends, _ in self._pipes:
            _say(sends, "go")
        assert [answers.readline() for _, answers in self._pipes] == ["done\n"] * 2


@contextmanager
def pair(place: Path) -> Iterator[Pair]:
    env = environment(place, DATABASE_URL=_database_url(), DJANGO_SETTINGS_MODULE="backend.settings", SECRET_KEY=settings.SECRET_KEY)
    command = [sys.executable, "-m", "tests.visits.rush"]
    children = [subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        yield Pair([(child.stdin, child.stdout) for child in children if child.stdin and child.stdout])
    finally:
        for child in children:
            child.communicate(timeout=120)
    assert [child.returncode for child in children] == [0, 0]


def _database_url() -> str:
    """Of the test's own database."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    name, host = (quote(str(facts[key]), safe="") for key in ("NAME", "HOST"))
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{host}:{facts['PORT']}/{name}"


def _say(pipe: IO[str], line: str) -> None:
    pipe.write(f"{line}\n")
    pipe.flush()
