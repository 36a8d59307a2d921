"""Lists that can grow: a page and the cursor of the next one, which a phone hands back as it is."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from backend.common.errors import InvalidError

T = TypeVar("T")
M = TypeVar("M", bound=Model)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MICROSECOND = dt.timedelta(microseconds=1)


@dataclass(frozen=True)
class Page(Generic[T]):
    items: list[T]
    next: str | None


def by_id(rows: QuerySet[M], *, after: str = "", limit: int = 50) -> Page[M]:
    """In order of id; it holds while rows come and go. One query, as all of these."""
    if after and not (after.isascii() and after.isdigit() and len(after) < 19):  # noqa: PLR2004 - more digits would not fit a database id
        raise _refusal()
    return _cut(rows.filter(pk__gt=int(after or 0)).order_by("pk"), limit, lambda last: str(last.pk))


def by_moment(rows: QuerySet[M], *, after: str, limit: int) -> Page[M]:
    """The newest first, of rows with a `created_at` and a UUID. It holds while rows come and go."""
    if after:
        moment, pk = _moment(after)
        rows = rows.filter(Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=pk), created_at__lte=moment)
    return _cut(rows.order_by("-created_at", "-pk"), limit, _moment_cursor)


def by_count(rows: QuerySet[M], *, after: int, limit: int) -> Page[M]:
    """In their own order, which no cursor can name: `after` counts those that were shown."""
    return _cut(rows[after:], limit, lambda _: str(after + limit))


def _cut(rows: QuerySet[M], limit: int, cursor: Callable[[M], str]) -> Page[M]:
    found = list(rows[: limit + 1])
    return Page(found[:limit], cursor(found[limit - 1]) if len(found) > limit else None)


def _moment_cursor(last: Any) -> str:
    return f"{(last.created_at - EPOCH) // MICROSECOND:x}-{last.pk.hex}"


def _moment(cursor: str) -> tuple[dt.datetime, uuid.UUID]:
    try:
        micros, _, pk = cursor.partition("-")
        return EPOCH + int(micros, 16) * MICROSECOND, uuid.UUID(hex=pk)
    except (ValueError, OverflowError) as error:
        raise _refusal() from error


def _refusal() -> InvalidError:
    return InvalidError("列表位置不对，请从头打开。", fields={"after": "不是有效的位置。"})
