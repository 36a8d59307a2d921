"""Run as a program of its own, with little memory and little time: a file in, clean WebP files out.

Imports nothing of ours, so that it starts fast and holds nothing worth stealing. Its one argument is the job as JSON; what it
prints is the answer. A file appears under its name when it is whole and on the disk, or not at all.
"""

import base64
import contextlib
import errno
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

# The dearest that fits is a lossless WebP of 40 MP (690 MB); a HEIC of that size needs 420 MB, a JPEG 100 MB.
MEMORY = 768 * 1024 * 1024
CPU_SECONDS = 20
SECONDS = 120
LARGEST_OUTPUT = 32 * 1024 * 1024
NICE = 10

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
SIZES = (2048, 1080, 320)
SQUARE = 320
COVER = 1080
PREVIEW = 24
QUALITY = 82
# A blurred person: so many cells on the longer side of the box, which itself grows by so much on each side.
CELLS = 4
MARGIN = 0.15

# Exit statuses: a verdict on the file. Any other death says nothing about it.
UNKNOWN, TOO_LARGE, TOO_MANY, BROKEN, TOO_HEAVY, NO_ROOM = 3, 4, 5, 6, 7, 8
HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


class VerdictError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status


def limit() -> None:
    """No secrets, no rights to lose: what is left is memory, time, and room on the disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    signal.alarm(SECONDS)  # also when the server is gone
    os.nice(NICE)
    with contextlib.suppress(OSError):  # whose memory runs out takes us first, not the door
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def kind_of(head: bytes) -> str:
    """By its first bytes; whatever its name or its sender says."""
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WEBP"
    return "HEIF" if head[4:8] == b"ftyp" and head[8:12] in HEIC else ""


@contextlib.contextmanager
def verdicts() -> Iterator[None]:
    """Broken files fail in as many ways as there are decoders."""
    from PIL.Image import DecompressionBombError  # noqa: PLC0415 - only after the limits hold

    try:
        yield
    except (VerdictError, FileNotFoundError):
        raise
    except DecompressionBombError as error:
        raise VerdictError(TOO_MANY) from error
    except MemoryError as error:
        raise VerdictError(TOO_HEAVY) from error
    except Exception as error:
        raise VerdictError(BROKEN) from error


def opened(source: Path) -> "Picture":
    """Only the header is read, and only the decoder of its kind is asked."""
    from PIL import (  # noqa: PLC0415 - only after the limits hold
        Image,
        WebPImagePlugin,  # noqa: F401 - or Pillow goes through all the formats it knows to find it
    )

    if source.stat().st_size > MAX_BYTES:
        raise VerdictError(TOO_LARGE)
    with source.open("rb") as file:
        head = file.read(12)
    kind = kind_of(head)
    if not kind:
        raise VerdictError(UNKNOWN if head else BROKEN)
    if kind == "HEIF":
        import pillow_heif  # noqa: PLC0415 - costs as much as all the rest, and few files need it

        pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses at twice that, before it asks for any memory
    return Image.open(source, formats=(kind,))


def upright(source: Path, longest: int) -> "Picture":
    """The photo in plain RGB and sRGB, as it was seen, without a word about it; only one copy is ever as large as the file's."""
    with verdicts(), opened(source) as photo:
        orientation = turned(photo)
        profile = photo.info.get("icc_profile")
        photo.draft(None, fitting(photo.size, longest))
        picture = plain(photo)
        shrink(picture, longest)
        picture = on_white(picture)
        picture = picture.transpose(orientation) if orientation is not None else picture
        picture = in_srgb(picture, profile) if profile else picture
        picture = picture if picture.mode == "RGB" else picture.convert("RGB")
        picture.info = {}
        return picture


def shrink(picture: "Picture", longest: int) -> None:
    """In place, never larger. Hamming's filter is as sharp as the bicubic one here, for half the work."""
    from PIL.Image import Resampling  # noqa: PLC0415 - only after the limits hold

    picture.thumbnail((longest, longest), Resampling.HAMMING, reducing_gap=2)


def fitting(size: tuple[int, int], longest: int) -> tuple[int, int]:
    width, height = (max(1, -(-side * longest // max(size))) for side in size)
    return width, height


def turned(photo: "Picture") -> Any:
    """What undoes the camera's orientation. Many cameras write nonsense beside it, which is no reason to refuse a photo."""
    from PIL.Image import Transpose  # noqa: PLC0415 - only after the limits hold

    ways = (
        None,
        None,
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    with contextlib.suppress(Exception):
        return ways[int(photo.getexif().get(0x0112, 1))]
    return None


def plain(photo: "Picture") -> "Picture":
    """Eight bits a colour, and no palette: those would be resized without smoothing."""
    photo.load()
    if photo.mode.startswith("I"):
        return photo.point(lambda value: value / 256).convert("L")
    if photo.mode == "1":
        return photo.convert("L")
    return photo if photo.mode in {"L", "LA", "RGB", "RGBA", "CMYK"} else photo.convert("RGBA")


def on_white(picture: "Picture") -> "Picture":
    from PIL import Image  # noqa: PLC0415 - only after the limits hold

    if picture.mode not in {"RGBA", "LA"}:
        return picture
    clear = picture.convert("RGBA")
    canvas = Image.new("RGB", clear.size, "white")
    canvas.paste(clear, mask=clear)
    return canvas


def in_srgb(picture: "Picture", profile: bytes) -> "Picture":
    """As the colours were meant. A profile that does not fit its picture is forgotten."""
    from PIL import ImageCms  # noqa: PLC0415 - most photos need none

    with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    return picture


# -- the kinds of job ------------------------------------------------------------------------------
def resize(job: dict[str, Any]) -> dict[str, Any]:
    return delivered(upright(Path(job["source"]), SIZES[0]), job)


def blur(job: dict[str, Any]) -> dict[str, Any]:
    """Of the largest size; nothing finer than a few cells of each box is left."""
    picture = upright(Path(job["source"]), SIZES[0])
    for box in job["boxes"]:
        hide(picture, widened(box, picture.size))
    return delivered(picture, job)


def square(job: dict[str, Any]) -> dict[str, Any]:
    from PIL import ImageOps  # noqa: PLC0415 - only after the limits hold

    face = ImageOps.fit(upright(Path(job["source"]), SQUARE * 4), (SQUARE, SQUARE), centering=(0.5, 0.4))  # faces are above the middle
    return delivered(face, job, sizes=(SQUARE,))


def cover(job: dict[str, Any]) -> dict[str, Any]:
    """The middle, twice as wide as it is high; never larger than it came."""
    from PIL import ImageOps  # noqa: PLC0415 - only after the limits hold

    picture = upright(Path(job["source"]), SIZES[0])
    width = min(COVER, picture.width, picture.height * 2)
    return delivered(ImageOps.fit(picture, (width, max(1, width // 2))), job, sizes=(COVER,))


def widened(box: list[float], size: tuple[int, int]) -> tuple[int, int, int, int]:
    """In pixels, with its margin, inside the picture."""
    x, y, width, height = box
    left, top = (int((start - extent * MARGIN) * side) for start, extent, side in ((x, width, size[0]), (y, height, size[1])))
    right, bottom = (int((start + extent * (1 + MARGIN)) * side) + 1 for start, extent, side in ((x, width, size[0]), (y, height, size[1])))
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)


def hide(picture: "Picture", area: tuple[int, int, int, int]) -> None:
    from PIL.Image import Resampling  # noqa: PLC0415 - only after the limits hold

    width, height = area[2] - area[0], area[3] - area[1]
    if width <= 0 or height <= 0:
        return
    cells = tuple(max(1, round(CELLS * side / max(width, height))) for side in (width, height))
    picture.paste(picture.crop(area).resize((cells[0], cells[1]), Resampling.BOX).resize((width, height), Resampling.BICUBIC), area)


def delivered(picture: "Picture", job: dict[str, Any], sizes: tuple[int, ...] = SIZES) -> dict[str, Any]:
    """Each size from the one before. They get their names together, when all of them are on the disk."""
    answer = {"width": picture.width, "height": picture.height}
    folder, name = Path(job["folder"]), job["name"]
    parts: dict[Path, Path] = {}
    try:
        for size in sizes:
            shrink(picture, size)
            whole = folder / (f"{name}-{size}.webp" if len(sizes) > 1 else f"{name}.webp")
            parts[whole] = folder / f".{whole.name}.{os.getpid()}"
            stored(parts[whole], encoded(picture, QUALITY))
        for whole, part in parts.items():
            part.rename(whole)
        synced(folder)
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)
    shrink(picture, PREVIEW)
    return answer | {"preview": "data:image/webp;base64," + base64.b64encode(encoded(picture, 40)).decode()}


def encoded(picture: "Picture", quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def stored(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


JOBS = {"resize": resize, "blur": blur, "square": square, "cover": cover}


def main(argument: str) -> int:
    job = json.loads(argument)
    try:
        answer = JOBS[job["kind"]](job)
    except VerdictError as verdict:
        return verdict.status
    except MemoryError:
        return TOO_HEAVY
    except OSError as error:
        return NO_ROOM if error.errno in {errno.ENOSPC, errno.EDQUOT} else 1
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    limit()
    sys.exit(main(sys.argv[1]))
