"""Who is at work on this machine: a lock that even `kill -9` lets go."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def at(place: Path) -> Iterator[bool]:
    """Present until the end of the block, or of the process. True: nobody else was, so what others had begun is nobody's now."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("ab") as lock:
        alone = _nobody_else(lock)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield alone


def _nobody_else(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
