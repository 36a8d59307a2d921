"""The demo's photos and portraits: drawn once, kept beside this file with whose faces are where in them."""

import io
import json
import secrets
import shutil
from functools import cache
from pathlib import Path

from django.conf import settings
from PIL import Image

from backend.moments.services.posts import Box
from backend.people import portraits

FOLDER = Path(__file__).parent / "pictures"


@cache
def faces() -> dict[str, dict[str, Box]]:
    """Of each photo the people in it, by name."""
    told = json.loads((FOLDER / "faces.json").read_bytes())
    return {photo: {name: Box(*box) for name, box in people.items()} for photo, people in told.items()}


def photo(name: str) -> bytes:
    """As a phone would send it."""
    file = FOLDER / f"{name}.webp"
    if not settings.DEMO_PICTURES:
        return file.read_bytes()
    small = io.BytesIO()
    with Image.open(file) as picture:
        picture.thumbnail((settings.DEMO_PICTURES, settings.DEMO_PICTURES))
        picture.save(small, "WEBP")
    return small.getvalue()


def portrait(name: str) -> str:
    """Where it lies below MEDIA_ROOT, as if it had been uploaded: ours are finished squares. Empty where there is no photo."""
    drawn = FOLDER / "portraits" / f"{name}.webp"
    if not drawn.exists():
        return ""
    path = f"{portraits.FOLDER}/{secrets.token_hex(16)}.webp"
    hung = Path(settings.MEDIA_ROOT) / path
    hung.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(drawn, hung)
    return path
