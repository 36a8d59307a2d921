"""What every announcement is expanded from (overview/sender.py says by whom)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Batch:
    """An announcement that is due, and whose turn it is: readers above the user id `after`, at most `limit`, in order."""

    topic: str = ""
    event: uuid.UUID
    params: dict[str, Any]
    after: int
    limit: int

    def readers(self, users: Iterable[int | None]) -> list[int]:
        """The next of these who still use the app."""
        wanted = {user for user in users if user is not None and user > self.after}
        active = User.objects.filter(pk__in=wanted, is_active=True).order_by("pk")
        return list(active.values_list("pk", flat=True)[: self.limit])
