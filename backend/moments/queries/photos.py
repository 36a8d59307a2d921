"""Photos as each of their readers gets them: one of them, and how many there are of a session."""

from collections.abc import Collection

from django.db.models import Count, Prefetch, Q, QuerySet

from backend.accounts.models import User
from backend.activities.models import Activity
from backend.moments.models import Photo, Post, Tag
from backend.moments.rules import Rendering, rendering, seen_photos, viewer

NAMED = Q(post__session__activity__audience=Activity.Audience.NAMED)


def with_people(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """All that `rules.rendering` asks for: five queries, however many photos."""
    tags = Prefetch("tags", Tag.objects.select_related("member").order_by("pk"))
    return photos.select_related("post", "declined_by").prefetch_related(tags, "variants__blurs")


def rendering_for(user: User, secret: str) -> Rendering | None:
    """Which rendering of the photo in this folder the person gets now; None: there is no such photo for them."""
    photo = with_people(Photo.objects.filter(secret=secret)).first()
    return rendering(photo, viewer(user)) if photo else None


def photos_of_sessions(user: User, sessions: Collection[int]) -> dict[int, int]:
    """How many photos the person may look at of each; those without any are left out."""
    if not Post.objects.filter(session__in=sessions, taken_back_at=None).exists():
        return {}
    me = viewer(user)
    shown = seen_photos(me).filter(post__session__in=sessions, status=Photo.Status.READY, declined_at=None)
    theirs = shown.filter(Q(post__home__in=me.staffed) | ~NAMED).order_by()
    return dict(theirs.values_list("post__session").annotate(Count("pk")))
