"""Rows with what was worked out beside them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

M = TypeVar("M")


@dataclass(frozen=True, kw_only=True)
class Row(Generic[M]):
    """A query answers with its subclass: a model, and what the model alone does not know. A schema reads both as one thing."""

    row: M

    if not TYPE_CHECKING:  # For schemas only: code says `card.row.title`, and its type is known.

        def __getattr__(self, name: str) -> Any:
            return getattr(self.row, name)
