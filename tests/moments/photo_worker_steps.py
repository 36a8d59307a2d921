"""The photo worker in the tests: open until something is so, with a child that can be told to misbehave."""

import asyncio
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connections

from backend.common.imaging import worker
from backend.moments import photo_worker
from backend.moments.models import Photo, Post
from notifications.threads import Background, OneThread
from tests.moments.drawing import taken
from tests.moments.steps import put
from tests.support.phone import Phone

PATIENCE = 30


def open_until(condition: Callable[[], bool]) -> None:
    async def scene() -> None:
        threads, stop = OneThread(), asyncio.Event()
        at_work = asyncio.create_task(photo_worker.run(Background("photo worker", threads, stop)))
        try:
            deadline = time.monotonic() + PATIENCE
            while not await threads.read(condition):
                assert time.monotonic() < deadline, "the photo worker does not do it"
                await asyncio.sleep(0.02)
        finally:
            stop.set()
            await at_work
            await threads.read(connections.close_all)

    asyncio.run(scene())


def developed() -> bool:
    return not Photo.objects.filter(status=Photo.Status.PROCESSING).exists()


def upload(phone: Phone, post: Post, data: bytes | None = None) -> None:
    for photo in post.photos.filter(status__in=("waiting", "refused")):
        assert put(phone, post, photo.pk, taken(6) if data is None else data).status_code == 202


def status(photo_id: uuid.UUID) -> tuple[str, str]:
    photo = Photo.objects.get(pk=photo_id)
    return photo.status, photo.refusal


def misbehave(patch: pytest.MonkeyPatch, place: Path, program: str) -> None:
    """From now on each child does this instead."""
    script = place / "worker.py"
    script.write_text(f"import os, signal, sys, time\n{program}\n")
    patch.setattr(worker, "__file__", str(script))
