"""What a channel is handed, and what it says became of it."""

from dataclasses import dataclass
from typing import Literal

from notifications.models import Notice


@dataclass(frozen=True, slots=True)
class Letterbox:
    """A push subscription as it was when the delivery was leased."""

    id: int
    endpoint: str
    p256dh: str
    auth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One leased Delivery. `unread` is what the badge shows."""

    delivery: int
    rung: str
    attempt: int
    notice: Notice
    unread: int
    box: Letterbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`error` is a short code for people who look. `wait` is how many seconds the service asked for."""

    state: Literal["sent", "failed", "gone", "retry"]
    error: str = ""
    wait: float | None = None
    ends_box: bool = False
    hung: bool = False
    alarms: bool = False
