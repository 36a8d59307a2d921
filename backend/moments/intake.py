"""A photo's bytes on their way to the disk."""

import os
import uuid

from django.http import HttpRequest

from backend.common.errors import InvalidError
from backend.moments import files

MAX_BYTES = 20 * 1024 * 1024
PIECE = 1 << 16
TOO_LARGE = "照片不能超过 20 MB，请换一张小一点的。"


def keep(request: HttpRequest, photo_id: uuid.UUID) -> None:
    """Whole, or not at all."""
    target = files.incoming(photo_id)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{uuid.uuid4().hex}")
    try:
        with part.open("wb") as file:
            size = 0
            while piece := request.read(PIECE):
                size += len(piece)
                if size > MAX_BYTES:
                    raise InvalidError(TOO_LARGE, fields={"photo": "超过 20 MB。"})
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
