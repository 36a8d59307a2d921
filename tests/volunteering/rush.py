"""A process of its own in which many people sign up or cancel at once: `python -m tests.volunteering.rush sign_up|cancel`.

Reads one line of JSON, says `ready`, and begins with the next line. As a phone does, it tries again what the database was too busy for.
"""

import json
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import django
from django.db import OperationalError, close_old_connections, connections

django.setup()

from backend.accounts.models import User
from backend.volunteering.services import cancel_signup, sign_up

AT_ONCE = 24


def patiently(verb: str, job: dict[str, Any]) -> None:
    deadline = time.monotonic() + 60
    while True:
        close_old_connections()
        try:
            do(verb, job)
        except OperationalError:
            if time.monotonic() > deadline:
                raise
        else:
            return
        finally:
            connections.close_all()


def do(verb: str, job: dict[str, Any]) -> None:
    facts: dict[str, Any] = {
        "signup_id": uuid.UUID(job["signup"]),
        "event_id": uuid.UUID(job["event"]),
        "by": User.objects.get(pk=job["user"]),
    }
    if verb == "cancel":
        cancel_signup(**facts)
    else:
        sign_up(**facts, shift_id=job["shift"])


if __name__ == "__main__":
    jobs = json.loads(sys.stdin.readline())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        list(pool.map(lambda job: patiently(sys.argv[1], job), jobs))
