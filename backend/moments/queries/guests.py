"""The album of a visit, as whoever came gets it: photos, and nothing that stands beside them."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from backend.common.rows import Row
from backend.moments import files
from backend.moments.models import Photo, Post, Variant
from backend.moments.queries.photos import with_people
from backend.moments.rules import MOST_DEATHS, Rendering, guest, rendering, seen_photos


@dataclass(frozen=True, kw_only=True)
class GuestPhoto(Row[Photo]):
    rendering: Rendering

    @property
    def preview(self) -> str:
        return self.rendering.preview

    def addresses(self, folder: str) -> dict[str, str]:
        """By size, below the folder of those under which a guest may ask for it."""
        return {str(size): f"{folder}/{self.row.secret}/{files.name(self.rendering.key, size)}" for size in files.SIZES}


def guest_photos(post_id: uuid.UUID) -> list[GuestPhoto]:
    """None of a post that is no album, or was taken back. A fixed number of queries."""
    post = _album(post_id)
    if post is None:
        return []
    me = guest(post)
    photos = with_people(seen_photos(me).filter(post=post)).order_by("position", "pk")
    return [GuestPhoto(row=photo, rendering=got) for photo in photos if (got := rendering(photo, me))]


def hidden_from_guests(post_id: uuid.UUID, shown: int) -> int:
    """How many of its photos are there for the Home, and not for them."""
    return Photo.objects.filter(post=post_id, post__taken_back_at=None, status=Photo.Status.READY, declined_at=None).count() - shown


def still_processing(post_id: uuid.UUID) -> bool:
    """Whether more of its photos, or blurred ones, are on their way."""
    photos = Photo.objects.filter(post=post_id, post__taken_back_at=None, declined_at=None)
    blurred = Variant.objects.filter(photo=OuterRef("pk"), ready_at=None, attempts__lt=MOST_DEATHS)
    coming = Q(status=Photo.Status.PROCESSING) | Exists(blurred)
    return photos.filter(coming).exists()


def guest_rendering_for(post_id: uuid.UUID, secret: str) -> Rendering | None:
    """Which rendering of the photo in this folder a guest gets now; None: there is no such photo in the album."""
    post = _album(post_id)
    photo = with_people(Photo.objects.filter(secret=secret, post=post)).first() if post else None
    return rendering(photo, guest(post)) if photo and post else None


def _album(post_id: uuid.UUID) -> Post | None:
    return Post.objects.filter(pk=post_id, for_guests=True, taken_back_at=None).first()
