"""VAPID key: by it push services know this server (RFC 8292). Made at the first start and kept with the data."""

import base64
import os
import tempfile
import time
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from notifications import conf

# Push services refuse more than 24 h, and a clock may be wrong on either side.
SIGNED_FOR = 12 * 3600
RENEWED_BEFORE = 3600


class Key:
    """Signs once per push service and keeps the header: signing costs a third of a send."""

    def __init__(self, path: Path) -> None:
        self._vapid = Vapid02.from_pem(_read_or_create(path))
        self._headers: dict[str, tuple[float, str]] = {}

    @property
    def public(self) -> str:
        """What a browser subscribes with, base64url."""
        point = self._vapid.public_key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        return base64.urlsafe_b64encode(point).rstrip(b"=").decode()

    def authorization(self, origin: str) -> str:
        expires, header = self._headers.get(origin, (0.0, ""))
        if expires - time.time() < RENEWED_BEFORE:
            expires = time.time() + SIGNED_FOR
            claims = {"aud": origin, "exp": int(expires), "sub": conf.vapid_contact()}
            header = self._vapid.sign(claims)["Authorization"]
            self._headers[origin] = (expires, header)
        return header


def _read_or_create(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path)
    return path.read_bytes()


def _create(path: Path) -> None:
    """Create it whole or not at all, and never over another process's: a half-written key would end every phone's subscription."""
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".vapid-") as file:  # made with mode 0600
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
        try:
            os.link(file.name, path)
        except FileExistsError:
            return


@cache
def _key(path: Path) -> Key:
    return Key(path)


def key() -> Key:
    return _key(conf.vapid_key_file())
