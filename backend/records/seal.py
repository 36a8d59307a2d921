"""Seal on a certificate: what it says in one line of bytes, signed with this server's own key, so that anybody can check it.

`PAYLOAD.SIGNATURE`, both base64url. The signature covers the payload's bytes as they stand: a phone need not know how they came about.
"""

import datetime as dt
import hashlib
import json
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from backend.common.keys import b64, read_or_create, unb64

VERSION = "yizhan1"
PATH = "/verify"
SIGNATURE_BYTES = 64
# No I, L, O, U: it is read from paper and typed.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
Subject = Literal["person", "organisation"]


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is signed. `digest` stands for the rows below: one changed minute there changes it."""

    number: str
    subject: Subject
    name: str
    minutes: int
    times: int
    people: int
    first: dt.date
    last: dt.date
    issuer: str
    issued_on: dt.date
    digest: str


class Key:
    def __init__(self, path: Path) -> None:
        found = serialization.load_pem_private_key(read_or_create(path, _new_key), password=None)
        if not isinstance(found, Ed25519PrivateKey):
            msg = f"{path} holds no Ed25519 key."
            raise TypeError(msg)
        self._private = found

    @property
    def public(self) -> str:
        """Its 32 bytes, base64url: what a phone imports."""
        return b64(self._private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw))

    def sign(self, statement: Statement) -> str:
        payload = canonical(_row(statement))
        return f"{b64(payload)}.{b64(self._private.sign(payload))}"


def _new_key() -> bytes:
    private = Ed25519PrivateKey.generate()
    return private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())


@cache
def _key(path: Path) -> Key:
    return Key(path)


def key() -> Key:
    return _key(settings.CERTIFICATE_KEY_FILE)


def canonical(value: Any) -> bytes:
    """The same for the same content: sorted, without spaces, in one spelling of every character."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return unicodedata.normalize("NFC", text).encode()


def digest(rows: Any) -> str:
    return b64(hashlib.sha256(canonical(rows)).digest()[:16])


def address(sealed: str) -> str:
    """What the QR says. Behind the #, so that no server on the way learns it."""
    return f"{settings.PUBLIC_URL}{PATH}#{sealed}"


def open_seal(text: str, public_keys: list[str]) -> Statement | None:
    """What a genuine one says; nothing when a single digit of it was changed."""
    parts = [unb64(part) for part in text.rpartition("#")[2].split(".")]
    if len(parts) != 2:  # noqa: PLR2004 - payload and signature
        return None
    payload, signature = parts
    if not payload or signature is None or len(signature) != SIGNATURE_BYTES:
        return None
    if not any(_verifies(payload, signature, public) for public in public_keys):
        return None
    return _statement(json.loads(payload))


def _verifies(payload: bytes, signature: bytes, public: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(unb64(public) or b"").verify(signature, payload)
    except (InvalidSignature, ValueError):
        return False
    return True


def new_number(day: dt.date) -> str:
    """26-7KQ2M-9XD4T: nobody guesses another one."""
    chosen = "".join(secrets.choice(ALPHABET) for _ in range(10))
    return f"{day:%y}-{chosen[:5]}-{chosen[5:]}"


def _row(said: Statement) -> list[Any]:
    days = [said.first.isoformat(), said.last.isoformat(), said.issued_on.isoformat()]
    return [VERSION, said.number, said.subject, said.name, said.minutes, said.times, said.people, *days, said.issuer, said.digest]


def _statement(row: list[Any]) -> Statement:
    _, given, subject, name, minutes, times, people, first, last, issued_on, issuer, rows = row
    return Statement(
        number=given,
        subject=subject,
        name=name,
        minutes=minutes,
        times=times,
        people=people,
        first=dt.date.fromisoformat(first),
        last=dt.date.fromisoformat(last),
        issuer=issuer,
        issued_on=dt.date.fromisoformat(issued_on),
        digest=rows,
    )
