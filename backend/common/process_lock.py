"""A file lock shared by the processes of one kind on this machine; even `kill -9` releases it."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def hold_shared(path: Path) -> Iterator[bool]:
    """Held until the end of the block, or of the process. True: no other process holds it, so whatever one had begun is abandoned."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as lock:
        alone = _is_alone(lock)
        fcntl.flock(lock, fcntl.LOCK_SH)
        yield alone


def _is_alone(lock: IO[bytes]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
