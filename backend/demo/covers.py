"""The garden above the garden's visit: a cover shows nobody."""

import tempfile
from pathlib import Path

from django.conf import settings

from backend.demo.pictures import Shot, pictures
from backend.visits.models import ServiceEvent
from backend.visits.services import covers

GARDEN = Shot("beds", seed=5)


def cover_with(event: ServiceEvent, shot: Shot) -> None:
    (picture,) = pictures([shot], side=settings.DEMO_PICTURES, folder=settings.DATA_DIR / "demo-pictures")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "cover.jpg"
        source.write_bytes(picture.data)
        covers.set_cover(event_id=event.pk, source=source, by=event.created_by)
