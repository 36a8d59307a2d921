"""What a verb or a reader was asked for is there and this person's, or refused as not found (`NotFoundError`)."""

from typing import Any, TypeVar

from django.db.models import QuerySet

from backend.common.errors import NOT_FOUND, NotFoundError

R = TypeVar("R")


def one(rows: QuerySet[Any, R], message: str = NOT_FOUND) -> R:
    """The first of these, or a refusal."""
    row = rows.first()
    if row is None:
        raise NotFoundError(message)
    return row


def require(rows: QuerySet[Any, Any], message: str = NOT_FOUND) -> None:
    """A refusal unless there is one of these."""
    if not rows.exists():
        raise NotFoundError(message)
