"""Pictures that nobody took: shapes and noise, with a red corner at the top left so that one sees which way is up."""

import io
import struct
import zlib
from functools import cache
from typing import Any

import pillow_heif
from PIL import Image

pillow_heif.register_heif_opener()

# Stands in every kind of metadata that a file can carry. No byte of it may be in what we make of the file.
LABEL = "SYNTHETIC-TEST-PICTURE"
RED, BLUE = (220, 30, 30), (40, 70, 160)
SIZE = (640, 480)


@cache
def drawn(size: tuple[int, int] = SIZE, *, noise: int = 0) -> Image.Image:
    picture = Image.new("RGB", size, BLUE)
    if noise:
        grain = Image.effect_noise((size[0] // 4, size[1] // 4), noise).resize(size, Image.Resampling.BICUBIC)
        picture = Image.blend(picture, Image.merge("RGB", [grain, grain.transpose(Image.Transpose.ROTATE_180), grain]), 0.4)
    picture.paste(RED, (0, 0, size[0] // 3, size[1] // 3))
    return picture


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def told(orientation: int = 1) -> Image.Exif:
    """Who took it with what, and where."""
    exif = Image.Exif()
    exif[0x010E] = exif[0x010F] = LABEL
    exif[0x0112] = orientation
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4], gps[0x1B] = "N", (30.0, 45.0, 12.0), "E", (120.0, 45.0, 3.0), LABEL.encode()
    return exif


def xmp() -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>{LABEL}</rdf:RDF></x:xmpmeta>'.encode()


# What undoes each orientation is what a camera's sensor did.
SENSOR = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def taken(orientation: int) -> bytes:
    """A JPEG as a camera held that way stores it."""
    sensor = drawn().transpose(SENSOR[orientation]) if orientation in SENSOR else drawn()
    return encoded(sensor, "JPEG", quality=90, exif=told(orientation), comment=LABEL.encode())


# -- PNG and ICC by hand: what Pillow does not write -------------------------------------------------
def png(width: int, height: int, row: bytes, *, depth: int = 8, colour: int = 0, rows: int | None = None, more: bytes = b"") -> bytes:
    """The same row again and again, so a huge one is small; `rows`: how many there really are."""
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(b"\0" + row) for _ in range(height if rows is None else rows)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def display_p3() -> bytes:
    """A profile of the colours that iPhones use: primaries of Display P3 seen under D50, and a plain gamma."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + b"".join(struct.pack(">i", round(value * 65536)) for value in (x, y, z))

    words = LABEL.encode() + b"\0"
    desc = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(78)
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(2.2 * 256), 0)
    tags = {
        b"desc": desc + bytes(-len(desc) % 4),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(0.51512, 0.2412, -0.00105),
        b"gXYZ": xyz(0.29198, 0.69225, 0.04189),
        b"bXYZ": xyz(0.1571, 0.06657, 0.78407),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, start = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(28) + struct.pack(">iii", 63190, 65536, 54061)
    return head + bytes(128 - len(head)) + table + body
