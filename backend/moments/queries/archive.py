"""Months of the feed, and a family's own photos to keep."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from backend.accounts.models import User
from backend.activities.models import Therapy
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.moments import files
from backend.moments.models import Photo
from backend.moments.queries.feed import Asked, chosen, pictures, within
from backend.moments.queries.photos import with_people
from backend.moments.rules import Viewer, rendering, viewer


@dataclass(frozen=True)
class ArchivedPhoto:
    """A file of the archive: its name there, and where it lies."""

    name: str
    path: str


@dataclass(frozen=True)
class MonthCount:
    month: str
    count: int


def months(user: User, asked: Asked) -> list[MonthCount]:
    """Newest first, each with how many posts they see."""
    return _by_month(chosen(viewer(user), asked), "created_at")


def archived_photos(user: User, member_id: int) -> list[MonthCount]:
    """Newest month first, each with how many photos of one's own member there are to keep."""
    return _by_month(pictures(_as_family(user, member_id), member_id), "post__created_at")


def _by_month(rows: QuerySet[Any], moment: str) -> list[MonthCount]:
    dated = rows.annotate(month=TruncMonth(moment, tzinfo=clock.HOME_ZONE)).values_list("month")
    return [MonthCount(f"{month:%Y-%m}", count) for month, count in dated.annotate(Count("pk")).order_by("-month")]


def archived_photo(user: User, member_id: int, month: dt.date) -> Sequence[ArchivedPhoto]:
    """The month's photos in the rendering that this family sees, in order of time."""
    me = _as_family(user, member_id)
    rows = with_people(pictures(me, member_id).filter(within(month, "post__created_at"))).order_by(
        "post__created_at", "post", "position", "pk"
    )
    seen = [(photo, got) for photo in rows if (got := rendering(photo, me))]
    if not seen:
        raise NotFoundError("这个月还没有照片。")
    return [
        ArchivedPhoto(_name(photo, number), str(files.rendering(photo.secret, got.key, files.SIZES[-1])))
        for number, (photo, got) in enumerate(seen, start=1)
    ]


def _as_family(user: User, member_id: int) -> Viewer:
    """As nothing else: what a teacher sees clear is not theirs to give to one family."""
    me = replace(viewer(user), staffed=frozenset())
    if member_id not in me.own:
        raise NotFoundError
    return me


def _name(photo: Photo, number: int) -> str:
    word = Therapy(photo.post.therapy).label if photo.post.therapy else "动态"
    return f"{clock.local_date(photo.post.created_at)} {word} {number:03}.webp"
