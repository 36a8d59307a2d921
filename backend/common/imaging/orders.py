"""How the server orders a picture: who waits on a thread calls `carry_out`, who waits on the event loop `carried_out`."""

import asyncio
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from backend.common.errors import InvalidError
from backend.common.imaging import child

# x, y, width, height as shares of the picture's sides.
Box = tuple[float, float, float, float]

TOO_LARGE = "照片不能超过 20 MB，请换一张小一点的。"
TOO_HEAVY = "这张照片太复杂，处理不了。请截个图，再发截图。"
SENTENCES = {
    child.UNKNOWN: "这不是照片。请选 JPEG、PNG、WebP 或 HEIC 格式的照片。",
    child.TOO_LARGE: TOO_LARGE,
    child.TOO_MANY: "照片的尺寸太大了（超过 4000 万像素），请缩小一点，或换一张。",
    child.BROKEN: "照片不完整或已损坏，打不开。请重新选一次，或换一张。",
    child.TOO_HEAVY: TOO_HEAVY,
}
# The child ends itself earlier; this is for one that cannot.
PATIENCE = child.SECONDS + 10


class BadPhotoError(InvalidError):
    """The file is to blame, and would be tomorrow."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, fields={"photo": sentence})


class DiedError(Exception):
    """The child is gone without a verdict: killed, crashed, out of time. Perhaps the file's doing, perhaps not."""


class DiskFullError(Exception):
    """There was no room for what it made."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """`develop` and `blur` (of the largest developed one) make folder/name-{320,1080,2048}.webp, the others folder/name.webp."""

    job: Literal["develop", "blur", "square", "cover"]
    source: Path
    folder: Path
    name: str
    boxes: tuple[Box, ...] = ()

    @property
    def command(self) -> list[str]:
        order = {"job": self.job, "source": str(self.source), "folder": str(self.folder), "name": self.name, "boxes": self.boxes}
        return [sys.executable, "-I", child.__file__, json.dumps(order)]


@dataclass(frozen=True, kw_only=True)
class Picture:
    """The size of the largest, and a tiny one to show before it comes, as a data URI."""

    width: int
    height: int
    preview: str


def carry_out(order: Order) -> Picture:
    _make_ready(order)
    try:
        done = subprocess.run(order.command, timeout=PATIENCE, check=False, env={}, **_PLUGS, stdout=subprocess.PIPE)  # noqa: S603 - our own file
    except subprocess.TimeoutExpired as error:
        raise DiedError from error
    return _outcome(done.returncode, done.stdout)


async def carried_out(order: Order) -> Picture:
    """Cancelled, it takes the child along."""
    _make_ready(order)
    process = await asyncio.create_subprocess_exec(*order.command, env={}, **_PLUGS, stdout=subprocess.PIPE)
    try:
        out, _ = await asyncio.wait_for(process.communicate(), PATIENCE)
    except TimeoutError as error:
        raise DiedError from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()  # until it is gone
    return _outcome(await process.wait(), out)


_PLUGS: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def _make_ready(order: Order) -> None:
    """What a child that was killed left half-written is swept out."""
    order.folder.mkdir(parents=True, exist_ok=True)
    for part in order.folder.glob(f".{order.name}*.webp.*"):
        part.unlink(missing_ok=True)


def _outcome(status: int, out: bytes) -> Picture:
    if status in SENTENCES:
        raise BadPhotoError(SENTENCES[status])
    if status == child.NO_ROOM:
        raise DiskFullError
    if status:
        raise DiedError
    return Picture(**json.loads(out))
