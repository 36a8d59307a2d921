"""Sender: what notifications asks of whoever writes the letters. `settings.NOTIFICATIONS["SENDER"]` names a module with these."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal, NamedTuple, Protocol, cast

from django.conf import settings

Fate = Literal["sent", "delivered", "seen", "told", "unreached"]


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One notice for one person, before it has a number."""

    to: int
    kind: str
    event: uuid.UUID
    thread: str
    tag: str
    title: str
    body: str
    link: str
    at: dt.datetime
    topic: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How the letters about one event fare, taken together: the best of its readers counts."""

    topic: str
    event: uuid.UUID
    fate: Fate


class SignIn(NamedTuple):
    """Somebody connected, and the session that they came in with."""

    user_id: int
    session: str


class Sender(Protocol):
    """The questions. Each is asked inside a transaction, from a database thread."""

    def topics_of(self, people: Collection[int]) -> Mapping[int, Sequence[str]]:
        """The topics that each of these people, by user id, may listen to now."""

    def still_signed_in(self, sign_ins: Collection[SignIn]) -> Mapping[SignIn, Sequence[str]]:
        """Those whose session still holds, with the topics they may listen to now. Asked again and again."""

    def expand(self, kind: str, *, topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
        """An announcement's letters for the next readers with a user id above `after`, in order of user id, at most `limit`."""

    def progressed(self, changes: Sequence[Progress]) -> None:
        """Receipts came in, or nobody was reached: update the state that shows it, and publish that."""

    def replied(self, *, event: uuid.UUID, kind: str, user_id: int) -> None:
        """A reader gave a fixed answer, for the first time. May lock its own rows and, last of all, call `notify`."""


@cache
def sender() -> Sender:
    return cast("Sender", import_module(str(settings.NOTIFICATIONS["SENDER"])))
