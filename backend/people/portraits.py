"""Members' portraits: taken in through a limited child process, kept small and clean, shown to those who may see the member."""

import re
import secrets
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from backend.accounts.rules import person
from backend.common import disk, media
from backend.common.errors import NoRoomError, RefusedError
from backend.common.imaging import client
from backend.people.queries import may_see_photo

FOLDER = "portraits"
NAME = re.compile(r"[0-9a-f]{32}\.webp")


def developed(source: Path) -> str:
    """A square without metadata under a name nobody can guess, as a path below MEDIA_ROOT; refuses whatever is not a photo.

    Whoever asks waits for it. Requests with files have one thread, so there is one at a time.
    """
    name = secrets.token_hex(16)
    try:
        client.run(client.Job(kind="square", source=source, folder=Path(settings.MEDIA_ROOT) / FOLDER, name=name))
    except client.DiedError as error:
        raise client.BadPhotoError(client.TOO_HEAVY) from error
    except client.DiskFullError as error:
        raise NoRoomError(disk.FULL) from error
    return f"{FOLDER}/{name}.webp"


def discard(path: str) -> None:
    if path:
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


@require_safe
def portrait(request: HttpRequest, name: str) -> HttpResponse:
    """/media/portraits/<name>: asked again every time whether the person may see that member."""
    path = f"{FOLDER}/{name}"
    return media.sent(request, path) if NAME.fullmatch(name) and _may_see(request, path) else media.nothing_here()


def _may_see(request: HttpRequest, path: str) -> bool:
    try:
        return may_see_photo(person(request), path)
    except RefusedError:
        return False
