"""Schemas of the HTTP API."""

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from ninja import Field, Schema

MOST_PREFERENCES = 40
# Numbers of an inbox: what fits the column.
Seq = Annotated[int, Field(ge=0, lt=2**63)]
Kind = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
# A thread's name; a database stores no NUL.
Name = Annotated[str, Field(max_length=80, pattern=r"^[^\x00]*$")]
Answer = Literal["ack", "thanks", "late", "i_pick_up"]


class Problem(Schema):
    code: str
    message: str
    fields: dict[str, str] = {}


class NoticeOut(Schema):
    seq: int
    id: uuid.UUID
    kind: str
    event: uuid.UUID
    thread: str
    tag: str
    title: str
    body: str
    link: str
    at: dt.datetime
    created_at: dt.datetime
    urgent: bool
    data: dict[str, Any]
    delivered_at: dt.datetime | None
    seen_at: dt.datetime | None
    replies: list[str]


class Withheld(Schema):
    """Its reader may no longer see it; the number stays, so that nobody looks for a gap."""

    seq: int
    withheld: Literal[True]


class PageIn(Schema):
    """Which part of the inbox: after a number, or the last before one; of one conversation, or of all."""

    after: Seq = 0
    before: Seq | None = None
    thread: Name | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Inbox(Schema):
    epoch: str
    oldest: int
    latest: int
    items: list[NoticeOut | Withheld]


class ThreadOut(Schema):
    thread: str
    unread: int
    latest: NoticeOut


class ReceiptIn(Schema):
    state: Literal["delivered", "seen", "told"]
    token: str = Field("", max_length=200)


class ReplyIn(Schema):
    kind: Answer


class SeenIn(Schema):
    upto: Seq
    thread: Name | None = None


class PreferenceRow(Schema):
    kind: Kind
    push: bool


class Keys(Schema):
    p256dh: str = Field(max_length=120)
    auth: str = Field(max_length=40)


class SubscriptionIn(Schema):
    """As a browser's `PushSubscription.toJSON()` has it."""

    endpoint: str = Field(max_length=600)
    keys: Keys


class SubscriptionOut(Schema):
    id: int
    created_at: dt.datetime
    last_ok_at: dt.datetime | None
    this_device: bool


class Push(Schema):
    key: str
    subscriptions: list[SubscriptionOut]


class SubscriptionPage(Schema):
    """All of them: nobody has more than fit."""

    key: str
    items: list[SubscriptionOut]
    next: None


class TestOut(Schema):
    id: uuid.UUID


class TestState(Schema):
    state: Literal["waiting", "sent", "delivered", "seen", "failed"]
    why: str = ""
