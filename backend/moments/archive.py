"""A month's photos as one zip, streamed file by file: never whole in memory or on the disk. Photos are not compressed twice."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from backend.moments.queries.archive import ArchivedPhoto


class _Pipe(io.RawIOBase):
    """A file that cannot seek: what the zip writes is held until it is taken to be sent."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: Any, /) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        written, self._written = bytes(self._written), bytearray()
        return written


def archive(photos: Sequence[ArchivedPhoto]) -> Iterator[bytes]:
    """A file that has gone meanwhile is left out."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as made:
        for each in photos:
            if Path(each.path).is_file():
                made.write(each.path, each.name)
                yield pipe.taken()
    yield pipe.taken()
