"""What goes over the live socket, as text; and a notice as the outside sees it."""

import json
import struct
import uuid
from collections.abc import Iterable
from typing import Any

from notifications.models import Notice

SMALL = 125
MEDIUM = 0xFFFF
FINAL_TEXT = 0x81


class Frame:
    """One message, encoded once for all the sockets it goes to."""

    __slots__ = ("_wire", "size", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.size = len(text.encode())
        self._wire = b""

    @property
    def wire(self) -> bytes:
        """An unmasked, unfragmented WebSocket text frame (RFC 6455, 5.2)."""
        if not self._wire:
            self._wire = self._header() + self.text.encode()
        return self._wire

    def _header(self) -> bytes:
        if self.size <= SMALL:
            return struct.pack("!BB", FINAL_TEXT, self.size)
        if self.size <= MEDIUM:
            return struct.pack("!BBH", FINAL_TEXT, SMALL + 1, self.size)
        return struct.pack("!BBQ", FINAL_TEXT, SMALL + 2, self.size)


def text_of(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, uuid.UUID):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    msg = f"{type(value).__name__} does not go into a frame"
    raise TypeError(msg)


def shape(notice: Notice, replies: Iterable[str] = ()) -> dict[str, Any]:
    """A notice as its reader sees it; a withheld one is a number and nothing else."""
    if notice.withheld_at is not None:
        return {"seq": notice.seq, "withheld": True}
    return {
        "seq": notice.seq,
        "id": notice.pk,
        "kind": notice.kind,
        "event": notice.event,
        "thread": notice.thread,
        "tag": notice.tag,
        "title": notice.title,
        "body": notice.body,
        "link": notice.link,
        "at": notice.at,
        "created_at": notice.created_at,
        "urgent": notice.urgent,
        "data": notice.data,
        "delivered_at": notice.delivered_at,
        "seen_at": notice.seen_at,
        "replies": list(replies),
    }


def notice_text(item: dict[str, Any]) -> str:
    """The live frame of a notice's shape."""
    if "withheld" in item:
        return text_of({"type": "notice", **item})
    return text_of({"type": "notice", "seq": item["seq"], "notice": item})
