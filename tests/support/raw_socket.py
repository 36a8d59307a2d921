"""A WebSocket client without manners: it can send what no browser would, and never read."""

import socket
import struct
import time

from tests.support.api_client import Person

MASK = b"\x01\x02\x03\x04"
SHORT = 125
MEDIUM = 0xFFFF
CLOSE = 0x8


def frame(payload: bytes, *, first: int = 0x81, masked: bool = True, claimed: int | None = None) -> bytes:
    """`first` is the opcode byte with its flags; `claimed` a length that is a lie."""
    size = len(payload) if claimed is None else claimed
    flag = 0x80 if masked else 0
    if size <= SHORT:
        head = struct.pack("!BB", first, flag | size)
    elif size <= MEDIUM:
        head = struct.pack("!BBH", first, flag | (SHORT + 1), size)
    else:
        head = struct.pack("!BBQ", first, flag | (SHORT + 2), size)
    if not masked:
        return head + payload
    return head + MASK + bytes(byte ^ MASK[index % 4] for index, byte in enumerate(payload))


class RawSocket:
    """Shakes hands properly; after that it is the test's."""

    def __init__(self, person: Person, *, receive_buffer: int = 0, origin: str = "") -> None:
        host, port = person.url.removeprefix("http://").split(":")
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(15)
        self.socket.connect((host, int(port)))
        self.socket.sendall(
            f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {origin or person.url}\r\nCookie: {person.cookie_header}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        self.rest = b""
        while b"\r\n\r\n" not in self.rest:
            self.rest += self._more()
        head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        self.status = int(head.split(b" ", 2)[1])

    def _more(self) -> bytes:
        got = self.socket.recv(65536)
        if not got:
            raise ConnectionResetError
        return got

    def send(self, raw: bytes) -> None:
        self.socket.sendall(raw)

    def close_code(self, *, seconds: float = 10) -> int:
        """Reads until the server closes: its code, or 1006 when it just hung up."""
        deadline = time.monotonic() + seconds
        try:
            while time.monotonic() < deadline:
                while (found := self._take()) is not None:
                    opcode, payload = found
                    if opcode == CLOSE:
                        return int.from_bytes(payload[:2], "big")
                self.rest += self._more()
        except ConnectionError:
            return 1006
        raise TimeoutError

    def _take(self) -> tuple[int, bytes] | None:
        raw = self.rest
        if len(raw) < 4:
            return None
        size, start = raw[1] & 0x7F, 2
        if size == SHORT + 1:
            size, start = int.from_bytes(raw[2:4], "big"), 4
        elif size == SHORT + 2:
            size, start = int.from_bytes(raw[2:10], "big"), 10
        if len(raw) < start + size:
            return None
        self.rest = raw[start + size :]
        return raw[0] & 0x0F, raw[start : start + size]

    def close(self) -> None:
        self.socket.close()
