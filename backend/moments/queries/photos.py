"""One photo as each of its readers gets it."""

from django.db.models import Prefetch, QuerySet

from backend.accounts.models import User
from backend.moments.models import Photo, Tag
from backend.moments.rules import Rendering, rendering, viewer


def with_people(photos: QuerySet[Photo]) -> QuerySet[Photo]:
    """All that `rules.rendering` asks for: five queries, however many photos."""
    tags = Prefetch("tags", Tag.objects.select_related("member").order_by("pk"))
    return photos.select_related("post", "declined_by").prefetch_related(tags, "variants__blurs")


def sight(user: User, secret: str) -> Rendering | None:
    """Which rendering of the photo in this folder the person gets now; None: there is no such photo for him."""
    photo = with_people(Photo.objects.filter(secret=secret)).first()
    return rendering(photo, viewer(user)) if photo else None
