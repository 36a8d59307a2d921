"""Covers of events: taken in through a limited child process, kept without metadata, shown to those who may see the event."""

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
from backend.visits import rules
from backend.visits.models import ServiceEvent

FOLDER = "covers"
NAME = re.compile(r"[0-9a-f]{32}\.webp")


def reencode(source: Path) -> str:
    """Under a name nobody can guess, as a path below MEDIA_ROOT; refuses whatever is not a photo. Whoever asks waits for it."""
    name = secrets.token_hex(16)
    try:
        client.run(client.Job(kind="cover", source=source, folder=Path(settings.MEDIA_ROOT) / FOLDER, name=name))
    except client.DiedError as error:
        raise client.BadPhotoError(client.TOO_HEAVY) from error
    except client.DiskFullError as error:
        raise NoRoomError(disk.FULL) from error
    return f"{FOLDER}/{name}.webp"


def discard(path: str) -> None:
    """Unless an event that was copied shows it, too."""
    if path and not ServiceEvent.objects.filter(picture=path).exists():
        (Path(settings.MEDIA_ROOT) / path).unlink(missing_ok=True)


@require_safe
def cover(request: HttpRequest, name: str) -> HttpResponse:
    """/media/covers/<name>: asked again every time whether the person may see an event that shows it."""
    path = f"{FOLDER}/{name}"
    return media.sent(request, path) if NAME.fullmatch(name) and _may_see(request, path) else media.nothing_here()


def _may_see(request: HttpRequest, path: str) -> bool:
    try:
        return rules.visible_events(person(request)).filter(picture=path).exists()
    except RefusedError:
        return False
