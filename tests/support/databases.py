"""A demo laid out once per run, and copies of it that tests may break."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a server under test sees of the world: nothing it was not given."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    ours = {"DATA_DIR": str(data), "DEMO": "1", "DEMO_PICTURES": "160", "PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "default"}
    return {**kept, **ours, **more}


def manage(*command: str, env: dict[str, str]) -> str:
    done = subprocess.run([sys.executable, "-m", "backend", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        msg = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(msg)
    return done.stdout


@dataclass(frozen=True)
class Store:
    """A data directory and the address of its database (empty: SQLite inside the directory)."""

    data: Path
    url: str = ""

    def env(self, **more: str) -> dict[str, str]:
        return environment(self.data, **({"DATABASE_URL": self.url} if self.url else {}), **more)

    def copy(self, to: Path) -> "Store":
        shutil.copytree(self.data, to)
        return Store(to, _copy_postgres(self.url) if self.url else "")

    @property
    def file(self) -> Path:
        return self.data / "yizhan.sqlite3"

    def rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        """Looks into the database from outside, past all of our code."""
        if self.url:
            with psycopg.connect(self.url) as connection:
                return list(connection.execute(query))
        with closing(sqlite3.connect(self.file, timeout=30)) as connection:
            return list(connection.execute(query))

    def change(self, statement: LiteralString) -> None:
        """Writes into it, past all of our code."""
        if self.url:
            with psycopg.connect(self.url) as postgres:
                postgres.execute(statement)
            return
        with closing(sqlite3.connect(self.file, timeout=30)) as sqlite, sqlite:
            sqlite.execute(statement)

    def insert(self, table: LiteralString, rows: Sequence[Mapping[str, object]]) -> None:
        columns = list(rows[0])
        holder = "%s" if self.url else "?"
        statement = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([holder] * len(columns))})"  # noqa: S608 - our own names
        values = [[row[column] for column in columns] for row in rows]
        if self.url:
            with psycopg.connect(self.url) as postgres:
                postgres.cursor().executemany(statement, values)
            return
        with closing(sqlite3.connect(self.file, timeout=30)) as sqlite, sqlite:
            sqlite.executemany(statement, values)

    def drop(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        if self.url:
            _execute(self.url, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(_name(self.url))))


def new_store(data: Path) -> Store:
    """Empty, on the kind of database that this test run uses."""
    data.mkdir(parents=True, exist_ok=True)
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        return Store(data)
    url = _with_name(given, f"yizhan_{os.getpid()}_{os.urandom(3).hex()}")
    _execute(url, sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_name(url))))
    return Store(data, url)


def demo(data: Path, *options: str) -> Store:
    store = new_store(data)
    manage("migrate", "--verbosity=0", env=store.env())
    manage("demo", "--developed", *options, env=store.env())
    return store


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _with_name(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _execute(url: str, statement: sql.Composed) -> None:
    with psycopg.connect(_with_name(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)


def _copy_postgres(url: str) -> str:
    copied = _with_name(url, f"yizhan_{os.getpid()}_{os.urandom(3).hex()}")
    _execute(url, sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(_name(copied)), sql.Identifier(_name(url))))
    return copied
