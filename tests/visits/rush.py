"""A process of its own in which many people do something at once: `python -m tests.visits.rush`.

Each line of JSON is a rush; it says `ready`, begins with the next line, and says `done`. As a phone does, it tries again
what the database was too busy for, and lives with a refusal.
"""

import datetime as dt
import json
import sys
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext, suppress
from typing import Any

import django
from django.db import OperationalError, close_old_connections, connections

django.setup()

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import RefusedError
from backend.visits.services import bookings, signups

AT_ONCE = 24
VERBS: dict[str, Callable[..., object]] = {
    verb.__name__: verb
    for verb in (
        bookings.accept_group_offer,
        signups.accept_offer,
        bookings.book,
        bookings.cancel_booking,
        signups.cancel_signup,
        signups.sign_up,
    )
}


def patiently(job: dict[str, Any]) -> None:
    deadline = time.monotonic() + 60
    while True:
        close_old_connections()
        try:
            do(**job)
        except OperationalError:
            if time.monotonic() > deadline:
                raise
        else:
            return
        finally:
            connections.close_all()


def do(*, verb: str, by: int, at: str, ids: dict[str, str], facts: dict[str, Any]) -> None:
    with clock.moved_to(dt.datetime.fromisoformat(at)) if at else nullcontext(), suppress(RefusedError):
        VERBS[verb](by=User.objects.get(pk=by), **{name: uuid.UUID(key) for name, key in ids.items()}, **facts)


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for line in sys.stdin:
            jobs = json.loads(line)
            say("ready")
            sys.stdin.readline()
            list(pool.map(patiently, jobs))
            say("done")
