"""Channel that reaches a phone whose app is closed, where the phone's push service can be reached."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from notifications import conf
from notifications.channels.attempt import Attempt
from notifications.channels.base import Channel
from notifications.models import Delivery, Notice, Preference, PushSubscription
from notifications.wire import receipt_tokens
from notifications.wire.outcome import Outcome
from notifications.wire.webpush import Push, WebPushClient


class WebPush(Channel):
    name = "webpush"

    def __init__(self) -> None:
        self._client = WebPushClient()

    async def open(self) -> None:
        await self._client.open()

    async def close(self) -> None:
        await self._client.close()

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

    async def send(self, attempt: Attempt) -> Outcome:
        notice, target = attempt.notice, attempt.target
        keys = {"p256dh": target.p256dh, "auth": target.auth}
        return await self._client.send(
            Push(endpoint=target.endpoint, **keys, message=payload(attempt), tag=notice.tag, urgent=notice.urgent)
        )


def payload(attempt: Attempt) -> dict[str, Any]:
    """A declarative push: a phone can show it even when the service worker fails; `mutable` lets the worker have it first."""
    notice = attempt.notice
    return {
        "web_push": 8030,
        "mutable": True,
        "app_badge": str(attempt.unread),
        "notification": {
            "title": notice.title,
            "body": notice.body,
            "navigate": conf.public_url(notice.link),
            "tag": notice.tag,
            "lang": "zh-CN",
            "dir": "ltr",
            "app_badge": str(attempt.unread),
            "data": {
                "id": str(notice.pk),
                "seq": notice.seq,
                "kind": notice.kind,
                "thread": notice.thread,
                "link": notice.link,
                "at": notice.at.isoformat(),
                "unread": attempt.unread,
                "token": receipt_tokens.sign(notice.pk, attempt.target.id),
            },
        },
    }
