"""What a push service refuses: RFC 8030, 8188, 8291 and 8292 as the real ones enforce them."""

import base64
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

LARGEST_BODY = 4096
LONGEST_TTL = 28 * 24 * 3600
LONGEST_TOKEN = 24 * 3600
KEY_OFFSET = 21  # salt 16, record size 4, length of the key 1
KEY_LENGTH = 65
URGENCIES = frozenset({"very-low", "low", "normal", "high"})
TOPIC = re.compile(r"[A-Za-z0-9_-]{1,32}")
VAPID = re.compile(r"vapid t=([^,\s]+), ?k=([A-Za-z0-9_-]+=*)")


@dataclass(frozen=True)
class Refusal:
    status: int
    why: str


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def refusal(headers: Mapping[str, str], body: bytes, *, key: str, origin: str) -> Refusal | None:
    """The first fault of a message for a subscription made with this application server key."""
    return _wrong_token(headers.get("Authorization", ""), key=key, origin=origin) or _wrong_headers(headers) or _wrong_body(body)


def _wrong_token(authorization: str, *, key: str, origin: str) -> Refusal | None:
    found = VAPID.fullmatch(authorization)
    if not found:
        return Refusal(401, f"Authorization is not 'vapid t=…, k=…': {authorization[:40]!r}")
    token, sent_key = found.groups()
    if unb64(sent_key) != unb64(key):
        return Refusal(403, "another key than the subscription was made with")
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(sent_key))
    try:
        claims = jwt.decode(token, public, algorithms=["ES256"], audience=origin, options={"require": ["aud", "exp"]})
    except jwt.InvalidTokenError as error:
        return Refusal(401, f"VAPID token: {error}")
    if claims["exp"] > time.time() + LONGEST_TOKEN:
        return Refusal(401, "VAPID token: exp more than 24 h ahead")
    if not str(claims.get("sub", "")).startswith(("mailto:", "https:")):
        return Refusal(401, "VAPID token: sub is neither mailto: nor https:")
    return None


def _wrong_headers(headers: Mapping[str, str]) -> Refusal | None:
    ttl = headers.get("TTL", "")
    if not ttl.isdigit() or int(ttl) > LONGEST_TTL:
        return Refusal(400, f"TTL missing or odd: {ttl!r}")
    if headers.get("Content-Encoding") != "aes128gcm":
        return Refusal(415, f"Content-Encoding: {headers.get('Content-Encoding')!r}")
    if headers.get("Urgency", "normal") not in URGENCIES:
        return Refusal(400, f"Urgency: {headers['Urgency']!r}")
    if "Topic" in headers and not TOPIC.fullmatch(headers["Topic"]):
        return Refusal(400, f"Topic: {headers['Topic']!r}")
    return None


def _wrong_body(body: bytes) -> Refusal | None:
    if len(body) > LARGEST_BODY:
        return Refusal(413, f"{len(body)} bytes")
    if len(body) <= KEY_OFFSET + KEY_LENGTH or body[KEY_OFFSET - 1] != KEY_LENGTH or body[KEY_OFFSET] != 4:
        return Refusal(400, "not an aes128gcm body with the sender's key in its header")
    return None
