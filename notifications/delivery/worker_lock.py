"""File lock of one dispatcher on this machine: whoever holds it is alive, so what its earlier holder leased is free at once."""

import fcntl
import os
import socket
import uuid
from pathlib import Path
from typing import IO, Self

MOST = 64


class WorkerLock:
    """The kernel's lock: it ends with the process, however that ends."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._file: IO[bytes] | None = None
        self.owner = uuid.uuid4()

    def __enter__(self) -> Self:
        self._directory.mkdir(parents=True, exist_ok=True)
        for number in range(MOST):
            path = self._directory / f"dispatcher-{number}.lock"
            if self._lock(path):
                self.owner = uuid.uuid5(uuid.NAMESPACE_URL, f"{socket.gethostname()}{path.absolute()}")
                break
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def _lock(self, path: Path) -> bool:
        file = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True
