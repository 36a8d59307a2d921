"""Channel that reaches people who have the app open. It leaves no Delivery: the receipt says whether a notice arrived."""

import json
import uuid
from collections.abc import Callable, Iterable
from typing import Any

SIGNED_OUT = 4401

# ("user", id, text) · ("topic", name, text) · ("close", user id, code) · ("wake", "", ""): plain, so that it can travel.
Item = tuple[str, int | str, str | int]
WAKE: Item = ("wake", "", "")

_listeners: list[Callable[[list[Item]], None]] = []


def connect(listener: Callable[[list[Item]], None]) -> None:
    """Give the listener whatever is posted from now on, on the thread that posts."""
    _listeners.append(listener)


def post(items: Iterable[Item]) -> None:
    batch = list(items)
    for listener in _listeners:
        listener(batch)


def to_user(user_id: int, message: dict[str, Any]) -> Item:
    return "user", user_id, text_of(message)


def to_topic(name: str, message: dict[str, Any]) -> Item:
    return "topic", name, text_of(message)


def sign_out(user_id: int) -> Item:
    return "close", user_id, SIGNED_OUT


def text_of(message: dict[str, Any]) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> str:
    if isinstance(value, uuid.UUID):
        return str(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    msg = f"{type(value).__name__} does not go into a frame"
    raise TypeError(msg)
