"""Transactions: whether one is open, what it will do on commit, and how a verb is begun again."""

import functools
import random
import time
from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar, cast

from django.db import DatabaseError, OperationalError, transaction

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 3
# serialization_failure, deadlock_detected
TRANSIENT = frozenset({"40001", "40P01"})


def _test_depth() -> int:
    """How many of the open atomic blocks are those that Django's TestCase wraps a whole test in."""
    blocks = transaction.get_connection().atomic_blocks
    return next((depth for depth, block in enumerate(blocks) if not block._from_testcase), len(blocks))  # noqa: SLF001 - as Atomic(durable=True) asks


def is_inside() -> bool:
    """Whether an atomic block of ours is open."""
    return len(transaction.get_connection().atomic_blocks) > _test_depth()


def hooks() -> Iterator[Callable[[], object]]:
    """What this transaction is going to call on commit. Work rolled back to a savepoint is no longer in it."""
    connection = transaction.get_connection()
    depth = _test_depth()
    own = connection.savepoint_ids[depth - 1] if depth and is_inside() else None
    for savepoints, hook, _ in connection.run_on_commit:
        if own is None or own in savepoints:
            yield hook


def is_transient(error: DatabaseError) -> bool:
    """The database gave up on a transaction that would succeed if begun again."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "sqlstate", "") in TRANSIENT


def retrying(verb: Callable[P, R]) -> Callable[P, R]:
    """The verb is one transaction, begun again, three times in all, when the database ended it for another's sake.

    Within a transaction it is a part of that one: only the outermost can begin again.
    """
    whole = transaction.atomic(verb)

    @functools.wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, TRIES):
            try:
                return whole(*args, **kwargs)
            except OperationalError as error:
                if is_inside() or not is_transient(error):
                    raise
            time.sleep(random.uniform(0.01, 0.05) * attempt)  # noqa: S311 - spreads the retries, guards nothing
        return whole(*args, **kwargs)

    return cast("Callable[P, R]", tried)
