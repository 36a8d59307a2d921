"""Where photos lie on the disk. Whoever knows an address still has to be allowed to see it."""

import shutil
import uuid
from pathlib import Path

from django.conf import settings

SIZES = (320, 1080, 2048)
# The rendering in which nobody is blurred.
CLEAR = "clear"


def folder(secret: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "moments" / secret[:2] / secret


def rendering(secret: str, key: str, size: int) -> Path:
    """`key` of a variant, or CLEAR."""
    return folder(secret) / name(key, size)


def url(secret: str, key: str, size: int) -> str:
    return f"{settings.MEDIA_URL}moments/{secret}/{name(key, size)}"


def name(key: str, size: int) -> str:
    return f"{key}-{size}.webp"


def incoming_folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "moments" / "incoming"


def worker_lock() -> Path:
    """Held by every photo worker of this machine."""
    return Path(settings.MEDIA_ROOT) / "moments" / ".photo-worker"


def incoming(photo_id: uuid.UUID) -> Path:
    """The bytes as they came, until they are developed."""
    return incoming_folder() / str(photo_id)


def discard(secret: str, photo_id: uuid.UUID) -> None:
    """All there is of a photo."""
    incoming(photo_id).unlink(missing_ok=True)
    shutil.rmtree(folder(secret), ignore_errors=True)


def discard_variant(secret: str, key: str) -> None:
    for size in SIZES:
        rendering(secret, key, size).unlink(missing_ok=True)
