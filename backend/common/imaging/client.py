"""Starts the image worker and reads its answer: `run` blocks a thread, `run_async` awaits on the event loop."""

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from backend.common.errors import InvalidError
from backend.common.imaging import worker

# x, y, width, height as shares of the picture's sides.
Box = tuple[float, float, float, float]

TOO_LARGE = "照片不能超过 20 MB，请换一张小一点的。"
TOO_HEAVY = "这张照片太复杂，处理不了。请截个图，再发截图。"
SENTENCES = {
    worker.UNKNOWN: "这不是照片。请选 JPEG、PNG、WebP 或 HEIC 格式的照片。",
    worker.TOO_LARGE: TOO_LARGE,
    worker.TOO_MANY: "照片的尺寸太大了（超过 4000 万像素），请缩小一点，或换一张。",
    worker.BROKEN: "照片不完整或已损坏，打不开。请重新选一次，或换一张。",
    worker.TOO_HEAVY: TOO_HEAVY,
}
# Seconds. The worker ends itself earlier; this is for one that cannot.
TIMEOUT = worker.SECONDS + 10


class BadPhotoError(InvalidError):
    """The file is to blame, and would be tomorrow."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, fields={"photo": sentence})


class DiedError(Exception):
    """The worker died without a verdict: killed, crashed, out of time. Perhaps because of the file, perhaps not."""


class DiskFullError(Exception):
    """The disk had no room for the result."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """`resize` and `blur` (of the largest size) make folder/name-{320,1080,2048}.webp, the others folder/name.webp."""

    kind: Literal["resize", "blur", "square", "cover"]
    source: Path
    folder: Path
    name: str
    boxes: tuple[Box, ...] = ()

    @property
    def command(self) -> list[str]:
        arguments = {"kind": self.kind, "source": str(self.source), "folder": str(self.folder), "name": self.name, "boxes": self.boxes}
        return [sys.executable, "-I", worker.__file__, json.dumps(arguments)]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The size of the largest, and a tiny one to show before it comes, as a data URI."""

    width: int
    height: int
    preview: str


def run(job: Job) -> Picture:
    _make_ready(job)
    try:
        done = subprocess.run(job.command, timeout=TIMEOUT, check=False, env={}, **_NO_STREAMS, stdout=subprocess.PIPE)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise DiedError from error
    return _outcome(done.returncode, done.stdout)


async def run_async(job: Job) -> Picture:
    """As `run`; when it is cancelled, the worker is killed."""
    _make_ready(job)
    process = await asyncio.create_subprocess_exec(*job.command, env={}, **_NO_STREAMS, stdout=subprocess.PIPE)
    try:
        out, _ = await asyncio.wait_for(process.communicate(), TIMEOUT)
    except TimeoutError as error:
        raise DiedError from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()  # until it is gone
    return _outcome(await process.wait(), out)


_NO_STREAMS: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _make_ready(job: Job) -> None:
    """Remove what a killed worker left half-written."""
    job.folder.mkdir(parents=True, exist_ok=True)
    for part in job.folder.glob(f".{job.name}*.webp.*"):
        part.unlink(missing_ok=True)


def _outcome(status: int, out: bytes) -> Picture:
    if status in SENTENCES:
        raise BadPhotoError(SENTENCES[status])
    if status == worker.NO_ROOM:
        raise DiskFullError
    if status:
        raise DiedError
    return Picture(**json.loads(out))
