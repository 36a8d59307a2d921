"""Verbs: what changes something does so whole or not at all."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

from notifications import outbox

P = ParamSpec("P")
R = TypeVar("R")


def verb(do: Callable[P, R]) -> Callable[P, R]:
    """One transaction, begun again when the database ended it for another's sake. Within another verb it is a part of that one."""
    return outbox.retrying(do)


def verb_with_id(do: Callable[P, R]) -> Callable[P, R]:
    """The same for a verb that stores an id made by a phone. Two that wait for different locks may store one at the same moment: the later
    begins again, finds it, and says what that means.
    """
    whole = verb(do)

    @functools.wraps(do)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return whole(*args, **kwargs)
        except IntegrityError:
            return whole(*args, **kwargs)

    return tried
