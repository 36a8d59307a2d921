"""`python -m tests.moments.files FOLDER`: files as phones, scanners and attackers send them, every one synthetic and labelled so.

Each says what becomes of it; test_files.py holds us to it.
"""

import io
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Literal

from PIL import Image

from tests.moments.drawing import LABEL, RED, SIZE, chunk, display_p3, drawn, encoded, png, taken, told, xmp

Fate = Literal["ready", "unknown", "too_large", "too_many", "broken"]
MOST = (8000, 5000)


@dataclass(frozen=True)
class File:
    """`size`: of the largest we make of it. `corner`: it has the red corner, so one sees that it is upright."""

    name: str
    make: Callable[[], bytes]
    fate: Fate = "ready"
    size: tuple[int, int] = SIZE
    corner: bool = True

    @property
    def content(self) -> bytes:
        return _content(self.make)


@cache
def _content(make: Callable[[], bytes]) -> bytes:
    return make()


# -- whole ones ------------------------------------------------------------------------------------
def phone() -> bytes:
    return encoded(drawn((4032, 3024), noise=60), "JPEG", quality=90, exif=told(), comment=LABEL.encode(), xmp=xmp())


def heic(size: tuple[int, int] = SIZE) -> bytes:
    return encoded(drawn(size), "HEIF", quality=30, exif=told().tobytes(), xmp=xmp(), enc_params={"preset": "ultrafast"})


def heic_held_upright() -> bytes:
    """The sensor's picture, and a word how to turn it."""
    sensor = drawn().transpose(Image.Transpose.ROTATE_90)
    return encoded(sensor, "HEIF", quality=30, exif=told(6).tobytes(), enc_params={"preset": "ultrafast"})


def cmyk() -> bytes:
    return encoded(drawn().convert("CMYK"), "JPEG", quality=90, exif=told())


def grey16() -> bytes:
    return png(640, 480, b"\x80\x00" * 640, depth=16, more=chunk(b"tEXt", b"Comment\0" + LABEL.encode()))


def rgb16() -> bytes:
    row = b"".join(value.to_bytes(1, "big") * 2 for value in RED) * 640
    return png(640, 480, row, depth=16, colour=2, more=chunk(b"tEXt", b"Comment\0" + LABEL.encode()))


def palette() -> bytes:
    return encoded(drawn().quantize(16), "PNG", exif=told())


def palette_with_hole() -> bytes:
    """Everything but the corner is transparent."""
    clear = drawn().quantize(4)
    background = clear.getpixel((600, 400))
    return encoded(clear, "PNG", transparency=background)


def hole() -> bytes:
    return encoded(_with_hole(), "PNG", exif=told())


def _with_hole() -> Image.Image:
    clear = drawn().convert("RGBA")
    clear.paste((0, 0, 0, 0), (320, 240, 640, 480))
    return clear


def webp() -> bytes:
    return encoded(_with_hole(), "WEBP", lossless=True, exif=told(), xmp=xmp(), icc_profile=display_p3())


def moving() -> bytes:
    other = Image.new("RGB", SIZE, "black")
    return encoded(drawn(), "WEBP", save_all=True, append_images=[other, other], duration=100, exif=told())


def apple() -> bytes:
    return encoded(drawn(), "JPEG", quality=95, icc_profile=display_p3(), exif=told(), xmp=xmp())


def nonsense_beside_it() -> bytes:
    """EXIF that no reader understands, a profile that is none: no reason to refuse a photo."""
    return encoded(drawn(), "JPEG", exif=b"Exif\0\0II*\0" + b"\xff" * 40 + LABEL.encode(), icc_profile=b"\0" * 200)


def orientation_99() -> bytes:
    return encoded(drawn(), "JPEG", exif=told(99))


def bit() -> bytes:
    return png(640, 480, b"\xaa" * 80, depth=1)


def huge_png() -> bytes:
    """38 MP of 16 bits and four colours, in a few hundred kB."""
    return png(6200, 6200, bytes(6200 * 8), depth=16, colour=6)


def huge_webp() -> bytes:
    """The dearest there is: 40 MP, lossless, with holes."""
    return encoded(Image.new("RGBA", MOST, (40, 70, 160, 128)), "WEBP", lossless=True, quality=0, method=0)


# -- lying, broken, hostile --------------------------------------------------------------------------
def archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("synthetic.txt", LABEL)
    return out.getvalue()


def talkative() -> bytes:
    """100 MB of a comment, packed."""
    packed = zlib.compressobj(9)
    words = b"".join(packed.compress(bytes(1_000_000)) for _ in range(100)) + packed.flush()
    return png(8, 8, bytes(8), more=chunk(b"zTXt", b"Comment\0\0" + words))


def sized(jpeg: bytes, width: int, height: int) -> bytes:
    """The same JPEG with another size in its header."""
    frame = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:frame] + struct.pack(">HH", height, width) + jpeg[frame + 4 :]


def spanned(heif: bytes, width: int, height: int) -> bytes:
    """The same HEIC with another size in its header."""
    where = heif.index(b"ispe") + 8
    return heif[:where] + struct.pack(">II", width, height) + heif[where + 8 :]


def canvas(width: int, height: int) -> bytes:
    """A WebP whose header promises that much."""
    plain = encoded(drawn().convert("RGBA"), "WEBP", exif=told())
    promised = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return plain[:24] + promised + plain[30:]


def small_jpeg() -> bytes:
    return encoded(drawn(), "JPEG")


def cut(make: Callable[[], bytes], percent: int) -> Callable[[], bytes]:
    return lambda: _content(make)[: len(_content(make)) * percent // 100]


def plain_png() -> bytes:
    return encoded(drawn(noise=60), "PNG")


def plain_webp() -> bytes:
    return encoded(drawn(noise=60), "WEBP")


FILES = [
    File("phone.jpg", phone, size=(2048, 1536)),
    *(File(f"orientation-{number}.jpg", partial(taken, number)) for number in range(1, 9)),
    File("apple.jpg", apple),
    File("cmyk.jpg", cmyk),
    File("panorama.jpg", lambda: encoded(drawn((12_000, 1500)), "JPEG", exif=told()), size=(2048, 256)),
    File("progressive.jpg", lambda: encoded(drawn(), "JPEG", progressive=True)),
    File("nonsense.jpg", nonsense_beside_it),
    File("orientation-99.jpg", orientation_99),
    File("grey.jpg", lambda: encoded(drawn().convert("L"), "JPEG", icc_profile=display_p3()), corner=False),
    File("dot.png", lambda: encoded(Image.new("RGB", (1, 1), RED), "PNG"), size=(1, 1), corner=False),
    File("tall.png", lambda: png(3, 9000, bytes(9)), size=(1, 2048), corner=False),
    File("16-grey.png", grey16, corner=False),
    File("16-rgb.png", rgb16, corner=False),
    File("1-bit.png", bit, corner=False),
    File("palette.png", palette),
    File("palette-with-hole.png", palette_with_hole),
    File("hole.png", hole),
    File("moving.webp", moving),
    File("hole.webp", webp),
    File("iphone.heic", heic),
    File("iphone-turned.heic", heic_held_upright),
    # -- as large as allowed, and a little larger
    File("40-mp.jpg", lambda: encoded(drawn(MOST), "JPEG"), size=(2048, 1280)),
    File("40-mp.heic", lambda: heic(MOST), size=(2048, 1280)),
    File("40-mp.webp", huge_webp, size=(2048, 1280), corner=False),
    File("38-mp-of-16-bit.png", huge_png, size=(2048, 2048), corner=False),
    File("above-40-mp.jpg", lambda: sized(small_jpeg(), 8000, 5001), "too_many"),
    File("above-40-mp.png", lambda: png(8000, 5001, bytes(1000), depth=1), "too_many"),
    File("above-40-mp.heic", lambda: spanned(heic(), 8000, 5001), "too_many"),
    File("above-40-mp.webp", lambda: canvas(8000, 5001), "too_many"),
    File("above-20-mb.jpg", lambda: small_jpeg() + bytes(20 * 1024 * 1024), "too_large"),
    # -- bombs
    File("bomb.png", lambda: png(20_000, 20_000, bytes(2500), depth=1), "too_many"),
    File("bomb.jpg", lambda: sized(small_jpeg(), 65_000, 65_000), "too_many"),
    # these two end properly where there should be more: the decoders fill it up, and nobody is harmed
    File("promises.png", lambda: png(6000, 6000, bytes(6000), rows=64), size=(2048, 2048), corner=False),
    File("promises.jpg", lambda: sized(small_jpeg(), 6000, 6000), size=(2048, 2048), corner=False),
    File("promises.webp", lambda: canvas(6000, 6000), "broken"),
    File("promises.heic", lambda: spanned(heic(), 6000, 6000), "broken"),
    File("talkative.png", talkative, "broken"),
    # -- cut off
    *(File(f"cut-at-{percent}.jpg", cut(phone, percent), "broken") for percent in (10, 50, 99)),
    *(File(f"cut-at-{percent}.png", cut(plain_png, percent), "broken") for percent in (10, 50, 99)),
    *(File(f"cut-at-{percent}.webp", cut(plain_webp, percent), "broken") for percent in (10, 50, 99)),
    *(File(f"cut-at-{percent}.heic", cut(heic, percent), "broken") for percent in (10, 50, 99)),
    File("empty.jpg", bytes, "broken"),
    # -- something else
    File("png-called.jpg", plain_png),
    File("page.jpg", f"<!doctype html><title>{LABEL}</title>".encode, "unknown"),
    File("archive.png", archive, "unknown"),
    File("drawing.jpg", f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {LABEL} --></svg>".encode, "unknown"),
    File("moving.gif.jpg", lambda: encoded(drawn(), "GIF"), "unknown"),
    File("scan.tiff.png", lambda: encoded(drawn(), "TIFF"), "unknown"),
    File("film.heic", lambda: b"\0\0\0\x18ftypmp42" + bytes(500), "unknown"),
    File("noise.jpg", lambda: b"\xff\xd8\xff" + bytes(range(256)) * 40, "broken"),
]


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for file in FILES:
        (folder / f"synthetic-{file.name}").write_bytes(file.content)
    print(f"{len(FILES)} synthetic files in {folder}: drawn by tests/moments/drawing.py, taken by nobody, showing nobody.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
