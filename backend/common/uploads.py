"""A file that comes as the body of a request, on its way to the disk: never whole in memory."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.http import HttpRequest

from backend.common import disk
from backend.common.imaging.client import TOO_LARGE, BadPhotoError
from backend.common.imaging.worker import MAX_BYTES

PIECE = 256 * 1024
BINARY = {"schema": {"type": "string", "format": "binary"}}
# What an operation that takes one says of its body.
PHOTO = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(("image/jpeg", "image/png", "image/webp", "image/heic", "image/heif", "application/octet-stream"), BINARY),
    }
}


@contextmanager
def for_now(request: HttpRequest) -> Iterator[Path]:
    """On the disk only as long as it is used."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo"
        keep(request, path)
        yield path


def keep(request: HttpRequest, path: Path) -> None:
    """Under its name when it is whole and on the disk, or not at all."""
    disk.require_space()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        _copy(request, part)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _copy(request: HttpRequest, part: Path) -> None:
    left = MAX_BYTES
    with part.open("wb") as file:
        while piece := request.read(PIECE):
            left -= len(piece)
            if left < 0:
                raise BadPhotoError(TOO_LARGE)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
