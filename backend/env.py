"""Reading the environment. Nonsense is refused at start, not discovered at seven in the morning."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}

# WAL lets readers go on while one writes; FULL means that a 201 is on the disk; IMMEDIATE takes
# the write lock at once, so a transaction never fails half-way for having read first.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 5,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    raw = text(name, "1" if default else "0").lower()
    if raw not in FLAGS:
        msg = f"{name}={raw!r}: write 1 or 0."
        raise ImproperlyConfigured(msg)
    return FLAGS[raw]


def names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def number(name: str, default: int) -> int:
    raw = text(name, str(default))
    if not raw.isdigit():
        msg = f"{name}={raw!r}: write a whole number."
        raise ImproperlyConfigured(msg)
    return int(raw)


def origin(name: str, default: str) -> str:
    """An http(s) origin without a path, as browsers write it."""
    url = urlsplit(text(name, default))
    if url.scheme not in {"http", "https"} or not url.hostname or url.path.strip("/"):
        msg = f"{name}={text(name)!r}: write an origin such as https://yizhan.example."
        raise ImproperlyConfigured(msg)
    return f"{url.scheme}://{url.netloc}"


def database(data_dir: Path) -> dict[str, object]:
    """DATABASE_URL: sqlite:///relative/or/absolute or postgres://user:password@host:port/name."""
    raw = text("DATABASE_URL", f"sqlite:///{data_dir / 'yizhan.sqlite3'}")
    url = urlsplit(raw)
    if url.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": raw.removeprefix("sqlite:///"),
            "CONN_MAX_AGE": None,
            "OPTIONS": SQLITE_OPTIONS,
        }
    if url.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": url.path.lstrip("/"),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": unquote(url.hostname or ""),
            "PORT": str(url.port or ""),
            # A pool per process; CONN_MAX_AGE > 0 under ASGI exhausts the server's connections.
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": number("DATABASE_POOL", 10)}},
        }
    msg = f"DATABASE_URL={raw!r}: write sqlite:///PATH or postgres://USER:PASSWORD@HOST/NAME."
    raise ImproperlyConfigured(msg)
