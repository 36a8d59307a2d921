"""The rung that reaches a phone whose app is closed, where the phone's push service can be reached."""

import asyncio
import base64
import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import aiohttp
from django.utils import timezone
from pywebpush import WebPusher

from notifications import conf
from notifications.channels.attempt import Outcome, Parcel
from notifications.channels.base import Rung
from notifications.models import Delivery, Notice, Preference, PushSubscription
from notifications.wire import answers, endpoints, receipt_tokens, vapid

# One send, from the name look-up to the answer's last header.
DEADLINE = 10.0
# What is read of an answer's body: enough to use the connection again, too little to be attacked with.
BODY_CAP = 4096
BODY_DEADLINE = 1.0
LONGEST_TOPIC = 32


class WebPush(Rung):
    """Opened by the dispatcher around its sends: all of them share one session."""

    name = "webpush"

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """The dispatcher limits how many sends are under way, so the connector need not. No proxy, no cookies."""
        connector = aiohttp.TCPConnector(limit=0, ttl_dns_cache=300)
        cookies = aiohttp.DummyCookieJar()
        self._session = aiohttp.ClientSession(connector=connector, cookie_jar=cookies, trust_env=False, auto_decompress=False)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def address(self, notices: Sequence[Notice]) -> list[Delivery]:
        """One Delivery for each live subscription whose person lets this kind be pushed."""
        readers = {notice.inbox_id for notice in notices}
        phones = defaultdict(list)
        for subscription, user in PushSubscription.objects.filter(user_id__in=readers, ended_at__isnull=True).values_list("pk", "user_id"):
            phones[user].append(subscription)
        if not phones:
            return []
        unwanted = Preference.objects.filter(user_id__in=phones, kind__in={notice.kind for notice in notices}, push=False)
        muted = set(unwanted.values_list("user_id", "kind"))
        now = timezone.now()
        return [
            Delivery(notice=notice, rung=self.name, subscription_id=phone, due_at=now)
            for notice in notices
            if (notice.inbox_id, notice.kind) not in muted
            for phone in phones[notice.inbox_id]
        ]

    async def send(self, parcel: Parcel) -> Outcome:
        """Never raises but when it is cancelled: one bad row must not stop the rest."""
        try:
            endpoints.checked(parcel.box.endpoint)
            body = _encrypted(parcel)
        except endpoints.EndpointRefusedError:
            return Outcome(state="failed", error="endpoint", ends_box=True)
        except Exception:  # noqa: BLE001 - the keys are a stranger's, and the libraries raise whatever they stumble over
            return Outcome(state="failed", error="bad_key", ends_box=True)
        try:
            async with asyncio.timeout(DEADLINE):
                return await self._post(parcel, body)
        except TimeoutError:
            return Outcome(state="retry", error="timeout", hung=True)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            return Outcome(state="retry", error=type(error).__name__[:80])

    async def _post(self, parcel: Parcel, body: bytes) -> Outcome:
        if self._session is None:
            msg = "the channel is not open"
            raise RuntimeError(msg)
        headers = _headers(parcel)
        async with self._session.post(parcel.box.endpoint, data=body, headers=headers, allow_redirects=False) as response:
            outcome = answers.judged(response.status, response.headers.get("Retry-After", ""))
            if not response.content.at_eof():
                await _read_a_little(response)
            return outcome


async def _read_a_little(response: aiohttp.ClientResponse) -> None:
    with suppress(TimeoutError, aiohttp.ClientError):
        async with asyncio.timeout(BODY_DEADLINE):
            await response.content.read(BODY_CAP)


def _encrypted(parcel: Parcel) -> bytes:
    keys = {"p256dh": parcel.box.p256dh, "auth": parcel.box.auth}
    encoded = WebPusher({"endpoint": parcel.box.endpoint, "keys": keys}).encode(json.dumps(payload(parcel), ensure_ascii=False).encode())
    return bytes(encoded["body"])


def _headers(parcel: Parcel) -> dict[str, str]:
    notice = parcel.notice
    life = conf.URGENT_LIFE if notice.urgent else conf.LIFE
    return {
        "Authorization": vapid.key().authorization(endpoints.origin(parcel.box.endpoint)),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(int(life.total_seconds())),
        "Urgency": "high" if notice.urgent else "normal",
        "Topic": topic(notice.tag),
    }


def topic(tag: str) -> str:
    """A waiting push of the same tag is replaced by the push service itself (RFC 8030, 5.4)."""
    return base64.urlsafe_b64encode(hashlib.sha256(tag.encode()).digest()).decode()[:LONGEST_TOPIC]


def payload(parcel: Parcel) -> dict[str, Any]:
    """Declarative: a phone can show it even when the service worker fails; `mutable` lets the worker have it first."""
    notice = parcel.notice
    return {
        "web_push": 8030,
        "mutable": True,
        "app_badge": str(parcel.unread),
        "notification": {
            "title": notice.title,
            "body": notice.body,
            "navigate": conf.public_url(notice.link),
            "tag": notice.tag,
            "lang": "zh-CN",
            "dir": "ltr",
            "app_badge": str(parcel.unread),
            "data": {
                "id": str(notice.pk),
                "seq": notice.seq,
                "kind": notice.kind,
                "thread": notice.thread,
                "link": notice.link,
                "at": notice.at.isoformat(),
                "unread": parcel.unread,
                "token": receipt_tokens.sign(notice.pk, parcel.box.id),
            },
        },
    }
