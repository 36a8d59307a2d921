"""Key files, made at the first start and kept with the data; and base64url."""

import base64
import contextlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def read_or_create(path: Path, make: Callable[[], bytes]) -> bytes:
    """The key in that file; `make` gives a new one. Written whole or not at all, for this user only, never over another process's key."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".key-") as file:  # made with mode 0600
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):  # another process was first: its key holds
                os.link(file.name, path)
    return path.read_bytes()


def b64(data: bytes) -> str:
    """As addresses take it: base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes | None:
    """None for whatever `b64` would have written otherwise: the same bytes have one spelling."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        return None
    return data if b64(data) == text else None
