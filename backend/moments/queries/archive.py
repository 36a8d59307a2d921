"""Months of the feed, and a family's own photos to keep."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import Count
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
class MonthPosts:
    month: str
    posts: int


@dataclass(frozen=True)
class MonthPhotos:
    month: str
    photos: int


def months(user: User, asked: Asked) -> list[MonthPosts]:
    """Newest first, each with how many posts they see."""
    rows = chosen(viewer(user), asked).order_by().annotate(month=TruncMonth("created_at", tzinfo=clock.HOME_ZONE))
    counted = rows.values("month").annotate(posts=Count("pk")).order_by("-month")
    return [MonthPosts(f"{row['month']:%Y-%m}", row["posts"]) for row in counted]


def archived_photos(user: User, member_id: int) -> list[MonthPhotos]:
    """Newest month first, each with how many photos of his own member there are to keep."""
    rows = pictures(_as_family(user, member_id), member_id).order_by()
    by_month = rows.annotate(month=TruncMonth("post__created_at", tzinfo=clock.HOME_ZONE)).values("month")
    counted = by_month.annotate(photos=Count("pk")).order_by("-month")
    return [MonthPhotos(f"{row['month']:%Y-%m}", row["photos"]) for row in counted]


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
    """As nothing else: what a teacher sees clear is not hers to give to one family."""
    me = replace(viewer(user), staffed=frozenset())
    if member_id not in me.own:
        raise NotFoundError
    return me


def _name(photo: Photo, number: int) -> str:
    word = Therapy(photo.post.therapy).label if photo.post.therapy else "动态"
    return f"{clock.local_date(photo.post.created_at)} {word} {number:03}.webp"
