"""Web push client (RFC 8030, 8291, 8292): encrypts a message for one phone and hands it to the phone's push service."""

import asyncio
import base64
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from pywebpush import WebPusher

from notifications import conf
from notifications.wire import answers, endpoints, vapid
from notifications.wire.http import FAULTS, HttpClient
from notifications.wire.outcome import Outcome

# One send, from the name look-up to the answer's last header.
DEADLINE = 10.0
LONGEST_TOPIC = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """A message for one phone, by the keys that its browser gave. A newer one of the same tag replaces it while it waits."""

    endpoint: str
    p256dh: str
    auth: str
    message: dict[str, Any]
    tag: str
    urgent: bool


class WebPushClient:
    def __init__(self) -> None:
        self._http = HttpClient()

    async def open(self) -> None:
        await self._http.open()

    async def close(self) -> None:
        await self._http.close()

    async def send(self, push: Push) -> Outcome:
        """Raise nothing but its own cancellation: one bad row must not stop the rest."""
        try:
            endpoints.check(push.endpoint)
            body = _encrypt(push)
        except endpoints.EndpointRefusedError:
            return Outcome(state="failed", error="endpoint", ends_target=True)
        except Exception:  # noqa: BLE001 - the keys are a stranger's, and the libraries raise whatever they stumble over
            return Outcome(state="failed", error="bad_key", ends_target=True)
        try:
            async with asyncio.timeout(DEADLINE):
                status, retry_after = await self._http.post(push.endpoint, body, _headers(push))
        except TimeoutError:
            return Outcome(state="retry", error="timeout", hung=True)
        except FAULTS as error:
            return Outcome(state="retry", error=type(error).__name__[:80])
        return answers.judge(status, retry_after)


def _encrypt(push: Push) -> bytes:
    keys = {"p256dh": push.p256dh, "auth": push.auth}
    encoded = WebPusher({"endpoint": push.endpoint, "keys": keys}).encode(json.dumps(push.message, ensure_ascii=False).encode())
    return bytes(encoded["body"])


def _headers(push: Push) -> dict[str, str]:
    life = conf.URGENT_LIFE if push.urgent else conf.LIFE
    return {
        "Authorization": vapid.key().authorization(endpoints.origin(push.endpoint)),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(life.total_seconds())),
        "Urgency": "high" if push.urgent else "normal",
        "Topic": topic(push.tag),
    }


def topic(tag: str) -> str:
    """A waiting push of the same tag is replaced by the push service itself (RFC 8030, 5.4)."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:LONGEST_TOPIC]
