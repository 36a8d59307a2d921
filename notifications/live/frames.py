"""WebSocket frames, encoded once for all the sockets they go to."""

import struct

SMALL = 125
MEDIUM = 0xFFFF
FINAL_TEXT = 0x81


class Frame:
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
