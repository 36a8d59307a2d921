"""`python -m tests.bench.clocked FILE MODULE ARGS…`: runs the module and notes in FILE when each database commit ended.

Both sides of a comparison run under it, unchanged; CLOCK_MONOTONIC is one clock for all processes of a machine.
"""

import mmap
import runpy
import struct
import sys
import threading
import time
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

ROOM = 1024
ENTRY = struct.Struct("<q")


def listen(path: Path) -> None:
    path.write_bytes(bytes(ENTRY.size * (ROOM + 1)))
    with path.open("r+b") as file:
        memory = mmap.mmap(file.fileno(), 0)
    wrapper: Any = BaseDatabaseWrapper  # its stubs leave out the one place that every commit passes
    commit = wrapper._commit
    lock = threading.Lock()
    count = 0

    def noted(self: BaseDatabaseWrapper) -> None:
        nonlocal count
        commit(self)
        with lock:
            ENTRY.pack_into(memory, ENTRY.size * (1 + count % ROOM), time.monotonic_ns())
            count += 1
            ENTRY.pack_into(memory, 0, count)

    wrapper._commit = noted


def commits(path: Path) -> list[int]:
    """The last commits' ends, oldest first."""
    raw = path.read_bytes()
    count = ENTRY.unpack_from(raw)[0]
    return sorted(ENTRY.unpack_from(raw, ENTRY.size * (1 + n % ROOM))[0] for n in range(max(0, count - ROOM), count))


if __name__ == "__main__":
    # `python -m` also puts this module under its own name; the patch is made once, here.
    listen(Path(sys.argv[1]))
    sys.argv = sys.argv[2:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
