"""Attempt: what a channel is given to send."""

from dataclasses import dataclass

from notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Target:
    """A push subscription as it was when the delivery was leased."""

    id: int
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One leased Delivery, sent once more. `unread` is what the badge shows."""

    delivery: int
    rung: str
    number: int
    notice: Notice
    unread: int
    target: Target
