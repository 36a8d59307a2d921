"""A sender without a domain: the tests of notifications say here what it answers, and read here what it was told."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from notifications.sender import Letter, Progress, SignIn

topics: dict[int, list[str]] = {}
letters: dict[str, list[Letter]] = {}
progress: list[Progress] = []
replies: list[tuple[uuid.UUID, str, int]] = []
stumbles: set[uuid.UUID] = set()
ended_sessions: set[str] = set()


def reset() -> None:
    for memory in (topics, letters, progress, replies, stumbles, ended_sessions):
        memory.clear()


def topics_of(people: Collection[int]) -> dict[int, list[str]]:
    return {user_id: topics.get(user_id, []) for user_id in people}


def still_signed_in(sign_ins: Collection[SignIn]) -> dict[SignIn, list[str]]:
    return {each: topics.get(each.user_id, []) for each in sign_ins if each.session not in ended_sessions}


def expand(kind: str, *, topic: str, event: uuid.UUID, params: dict[str, Any], after: int, limit: int) -> Sequence[Letter]:
    del topic, params
    if event in stumbles:
        msg = "the sender stumbles"
        raise LookupError(msg)
    return [letter for letter in letters.get(kind, []) if letter.to > after][:limit]


def progressed(changes: Sequence[Progress]) -> None:
    if any(change.event in stumbles for change in changes):
        msg = "the sender stumbles"
        raise LookupError(msg)
    progress.extend(changes)


def replied(*, event: uuid.UUID, kind: str, user_id: int) -> None:
    replies.append((event, kind, user_id))
