"""Ids come from phones, and two verbs that wait for different locks may store one at the same moment."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import IntegrityError

P = ParamSpec("P")
R = TypeVar("R")


def again_if_taken(verb: Callable[P, R]) -> Callable[P, R]:
    """Begins again when the id was stored meanwhile: now the verb finds it, and says what that means. Goes outside of `atomic`."""

    @functools.wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return verb(*args, **kwargs)
        except IntegrityError:
            return verb(*args, **kwargs)

    return tried
