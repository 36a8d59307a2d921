"""Lists that can grow: a page and the cursor of the next one. Pages are cut by id, so they hold while rows come and go."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from backend.common.errors import InvalidError

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    items: list[Row]
    next: str | None


def page(rows: QuerySet[Row], *, after: str = "", limit: int = 50) -> Page[Row]:
    """The rows with an id above the cursor, in order of id: one query."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):  # noqa: PLR2004 - more digits would not fit a database id
        raise InvalidError("列表位置不对，请从头打开。", fields={"after": "不是有效的位置。"})
    found = list(rows.filter(pk__gt=int(after or 0)).order_by("pk")[: limit + 1])
    more = len(found) > limit
    return Page(found[:limit], str(found[limit - 1].pk) if more else None)
