"""The month's photos as one archive: sent file by file, never held in memory or written down. Photos are not squeezed twice."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from backend.moments.queries import Keepsake


class _Pipe(io.RawIOBase):
    """What the archive writes, until it is taken to be sent. Knows no way back, so sizes follow the files."""

    def __init__(self) -> None:
        self._written = bytearray()

    def write(self, data: Any, /) -> int:
        self._written += data
        return len(data)

    def taken(self) -> bytes:
        written, self._written = bytes(self._written), bytearray()
        return written


def archive(keepsakes: Sequence[Keepsake]) -> Iterator[bytes]:
    """A file that has gone meanwhile is left out."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as made:
        for each in keepsakes:
            if Path(each.path).is_file():
                made.write(each.path, each.name)
                yield pipe.taken()
    yield pipe.taken()
