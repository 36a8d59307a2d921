"""Push test (发一条测试通知): a notice to oneself, and the honest answer whether this phone got it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Literal

from django.utils import timezone

from notifications.ids import uuid7
from notifications.inbox.notify import notify
from notifications.models import Delivery, Notice
from notifications.sender import Letter
from notifications.transactions import retrying

KIND = "test"
ONE_AT_A_TIME = dt.timedelta(seconds=3)
HOUR = dt.timedelta(hours=1)
PER_HOUR = 20


class TooSoonError(Exception):
    def __init__(self, wait: dt.timedelta) -> None:
        super().__init__()
        self.seconds = int(wait.total_seconds()) + 1


@dataclass(frozen=True, kw_only=True)
class Result:
    state: Literal["waiting", "sent", "delivered", "seen", "failed"]
    why: str = ""


@retrying
def send(*, user_id: int) -> uuid.UUID:
    """Send it; the id of the notice. Tapping again at once finds the one that is under way."""
    now = timezone.now()
    recent = list(Notice.objects.filter(inbox_id=user_id, kind=KIND, created_at__gt=now - HOUR).order_by("-seq")[:PER_HOUR])
    if recent and now - recent[0].created_at < ONE_AT_A_TIME:
        if not recent[0].received:
            return recent[0].pk
        raise TooSoonError(recent[0].created_at + ONE_AT_A_TIME - now)
    if len(recent) == PER_HOUR:
        raise TooSoonError(recent[-1].created_at + HOUR - now)
    event = uuid7()
    letter = Letter(
        to=user_id,
        kind=KIND,
        event=event,
        thread="system",
        tag=f"test:{event}",
        title="测试通知",
        body="看到这一条，说明这部手机收得到通知。",
        link="/",
        at=now,
        urgent=True,
    )
    notify([letter])
    return Notice.objects.values_list("pk", flat=True).get(event=event, inbox_id=user_id)


def result_of(notice: Notice, *, device: str) -> Result:
    """Judged by this phone's own delivery: what a socket showed proves nothing about a closed app."""
    delivery = notice.deliveries.filter(subscription__device=device).order_by("-pk").first()
    if delivery is None:
        return Result(state="failed", why="no_device")
    if delivery.confirmed_at is not None:
        return Result(state="seen" if notice.seen_at is not None else "delivered")
    if delivery.state in {Delivery.State.FAILED, Delivery.State.GONE}:
        return Result(state="failed", why=delivery.error or delivery.state)
    return Result(state="sent" if delivery.state == Delivery.State.SENT else "waiting", why=delivery.error)
