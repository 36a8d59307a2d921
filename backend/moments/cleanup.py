"""Deletes files that no row of ours needs: what a crash or a deleted photo left on the disk."""

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings

from backend.common import clock
from backend.moments import files
from backend.moments.models import Photo

# As many as the first two digits of a secret can be.
SHELVES = 256
# Longer than anybody takes to write a file.
OLD = dt.timedelta(hours=1)


def clean_up(turn: int) -> None:
    """One shelf after the other, in turn."""
    _clean_up_shelf(Path(settings.MEDIA_ROOT) / "moments" / f"{turn % SHELVES:02x}")
    if turn % SHELVES == 0:
        clean_up_incoming()


def _clean_up_shelf(shelf: Path) -> None:
    there = {folder.name for folder in shelf.iterdir()} if shelf.is_dir() else set()
    if not there:
        return
    for secret in there - set(Photo.objects.filter(secret__in=there, declined_at=None).values_list("secret", flat=True)):
        shutil.rmtree(files.folder(secret), ignore_errors=True)


def clean_up_incoming() -> None:
    """Uploads that will never be processed: at once where it has been, when it is old where it was never claimed."""
    place = files.incoming_folder()
    found = list(place.iterdir()) if place.is_dir() else []
    whole = [file.name for file in found if not file.name.startswith(".")]
    claimed = {str(pk): status for pk, status in Photo.objects.filter(pk__in=whole, declined_at=None).values_list("pk", "status")}
    old = (clock.now() - OLD).timestamp()
    for file in found:
        status = claimed.get(file.name)
        if status == Photo.Status.READY or (status != Photo.Status.PROCESSING and file.stat().st_mtime < old):
            file.unlink(missing_ok=True)
