"""A phone that has a push subscription but no browser: decrypts, shows, collapses by tag."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.support.push_rules import b64


@dataclass
class Phone:
    """`raw` is every message in order of arrival; what a person sees is fewer, because a tag is shown once."""

    endpoint: str
    auth_secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    raw: list[dict[str, Any]] = field(default_factory=list)

    @property
    def subscription(self) -> dict[str, Any]:
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": b64(point), "auth": b64(self.auth_secret)}}

    def receive(self, body: bytes) -> None:
        self.raw.append(json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth_secret, version="aes128gcm")))
