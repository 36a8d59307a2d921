"""Run as a program of its own, with little memory and little time: a photo on stdin, a small clean portrait on stdout.

Imports nothing of ours, so that it starts fast and holds nothing worth stealing.
"""

import io
import resource
import sys

MEMORY = 512 * 1024 * 1024
SECONDS = 10
MAX_PIXELS = 40_000_000
SIDE = 320
# Exit statuses; portraits.py knows the sentence for each.
UNKNOWN, TOO_LARGE, BROKEN = 3, 4, 5


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415 - only after the limits hold

    Image.MAX_IMAGE_PIXELS = None  # ours is asked below, before anything is decoded
    try:
        with Image.open(io.BytesIO(sys.stdin.buffer.read()), formats=("JPEG", "PNG", "WEBP")) as photo:
            if photo.width * photo.height > MAX_PIXELS:
                return TOO_LARGE
            # Small first, in place and at the decoder where it can: only one copy is ever as large as the photo.
            photo.thumbnail((SIDE * 4, SIDE * 4), reducing_gap=2)
            turned = ImageOps.exif_transpose(photo).convert("RGBA")
        square = ImageOps.fit(turned, (SIDE, SIDE), centering=(0.5, 0.4))  # faces are above the middle
        canvas = Image.new("RGB", square.size, "white")
        canvas.paste(square, mask=square)
        canvas.save(sys.stdout.buffer, "WEBP", quality=82, method=4)
    except UnidentifiedImageError:
        return UNKNOWN
    except MemoryError:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - broken files fail in as many ways as there are decoders
        return BROKEN
    return 0


if __name__ == "__main__":
    limit()
    sys.exit(main())
