"""Time-ordered ids (UUIDv7, RFC 9562); the standard library has them only from Python 3.14."""

import datetime as dt
import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    millis = time.time_ns() // 1_000_000
    value = (millis & ((1 << 48) - 1)) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def first_id_at(moment: dt.datetime) -> uuid.UUID:
    """The smallest id that can be made at this moment or later."""
    return uuid.UUID(int=int(moment.timestamp() * 1000) << 80)
