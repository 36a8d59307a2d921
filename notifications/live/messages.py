"""Messages that a phone may send by socket. Anything else is malformed, and closes it."""

import json
import uuid
from dataclasses import dataclass
from typing import Any, Literal

LARGEST_NUMBER = 2**63 - 1
LONGEST_NAME = 80


class MalformedError(ValueError):
    """Not a message of this protocol."""


@dataclass(frozen=True, slots=True)
class Hello:
    after: int
    epoch: str


@dataclass(frozen=True, slots=True)
class Ping:
    got: int


@dataclass(frozen=True, slots=True)
class Receipt:
    id: uuid.UUID
    state: Literal["delivered", "seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    upto: int
    thread: str | None


Message = Hello | Ping | Receipt | Seen


def parse(text: str | None) -> Message:
    """Raises MalformedError and nothing else."""
    if not text:
        raise MalformedError
    try:
        message = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise MalformedError from error
    if not isinstance(message, dict):
        raise MalformedError
    match message.get("type"):
        case "hello":
            return Hello(_number(message.get("after")), _name(message.get("epoch", "")))
        case "ping":
            return Ping(_number(message.get("got")))
        case "receipt":
            return Receipt(_uuid(message.get("id")), _state(message.get("state")))
        case "seen":
            return Seen(_number(message.get("upto")), _name(message["thread"]) if "thread" in message else None)
    raise MalformedError


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= LARGEST_NUMBER:
        raise MalformedError
    return value


def _name(value: Any) -> str:
    # PostgreSQL stores no NUL, and a lone surrogate is no text.
    if not isinstance(value, str) or len(value) > LONGEST_NAME or "\x00" in value or not value.isprintable():
        raise MalformedError
    return value


def _uuid(value: Any) -> uuid.UUID:
    if not isinstance(value, str):
        raise MalformedError
    try:
        return uuid.UUID(value)
    except ValueError as error:
        raise MalformedError from error


def _state(value: Any) -> Literal["delivered", "seen"]:
    if value == "delivered":
        return "delivered"
    if value == "seen":
        return "seen"
    raise MalformedError
