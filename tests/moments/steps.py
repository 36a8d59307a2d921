"""Posting in the tests' words: `posted(cast, photo(cast.zhiqiang))`."""

import uuid
from typing import Any

from backend.accounts.models import User
from backend.homes.models import Home
from backend.moments import files
from backend.moments.models import Photo, Post, Variant
from backend.moments.queries import photos as photos_queries
from backend.moments.services import consent, renderings
from backend.moments.services import photos as photos_services
from backend.moments.services import posts as posts_services
from backend.moments.services.posts import Box, PhotoIn, Posted, TagIn
from backend.people.consent import wording
from backend.people.models import Member
from notifications.ids import uuid7
from tests.support.cast import Cast
from tests.support.phone import Phone

BOX = Box(0.1, 0.2, 0.3, 0.4)
OTHER_BOX = Box(0.6, 0.2, 0.3, 0.4)
CLEAR, BLURRED, GONE = "clear", "blurred", "gone"


def photo(*members: Member | TagIn) -> PhotoIn:
    """A photo of these members, or of nobody."""
    return PhotoIn(id=uuid7(), tags=[each if isinstance(each, TagIn) else TagIn(each.pk) for each in members])


def unmarked() -> PhotoIn:
    return PhotoIn(id=uuid7())


def boxed(member: Member, box: Box = BOX) -> TagIn:
    return TagIn(member.pk, box)


def make(
    cast: Cast,
    *photos: PhotoIn,
    text: str = "",
    by: User | None = None,
    home: Home | None = None,
    post_id: uuid.UUID | None = None,
    **more: Any,
) -> Posted:
    """At 阳光家园, by 陆老师, unless told otherwise. The photos have not come yet."""
    facts = {"therapy": "", "session_id": None, **more}
    return posts_services.make_post(
        post_id=post_id or uuid7(), home_id=(home or cast.sunshine).pk, text=text, photos=photos, by=by or cast.carer, **facts
    )


def posted(cast: Cast, *photos: PhotoIn, **more: Any) -> Post:
    """With all its photos developed, and whatever variants they need."""
    post = make(cast, *photos, **more).post
    develop(post)
    return post


def develop(*posts: Post) -> None:
    """What the photo worker does, without its paper: every photo and variant has come and is ready."""
    for each in Photo.objects.filter(post__in=posts, status__in=("waiting", "processing")):
        Photo.objects.filter(pk=each.pk).update(status="processing")
        photos_services.photo_ready(photo_id=each.pk, width=1600, height=1200, preview=f"clear {each.pk}")
    settle()


def settle() -> None:
    """Consents have been looked at, and all variants made."""
    while Photo.objects.filter(stale=True).exists():
        renderings.align_stale()
    for variant in Variant.objects.filter(ready_at=None):
        photos_services.variant_ready(variant_id=variant.pk, preview=f"blurred {variant.key}")


def printed(post: Post) -> None:
    """With files, as far as there are renderings."""
    for each in post.photos.filter(status="ready"):
        files.folder(each.secret).mkdir(parents=True, exist_ok=True)
        for key in (files.CLEAR, *each.variants.exclude(ready_at=None).values_list("key", flat=True)):
            for size in files.SIZES:
                files.rendering(each.secret, key, size).write_bytes(f"{key} {size}".encode())


def says(cast: Cast, member: Member, key: str, audience: str, *, yes: bool) -> None:
    """To 陆老师: the member on the tablet, the guardian on paper."""
    seen = wording(member, key, audience)
    paper = key == "guardian"
    consent.give_consent(member_id=member.pk, key=key, audience=audience, yes=yes, seen=seen, on_paper=paper, by=cast.carer)


def agree(cast: Cast, member: Member, *audiences: str) -> None:
    """Both keys."""
    for audience in audiences or ("home",):
        says(cast, member, "self", audience, yes=True)
        says(cast, member, "guardian", audience, yes=True)


def feed(user: User, **asked: Any) -> list[Any]:
    """The first page of what a person sees."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    answer = Phone(user).get(f"/api/moments?{query}")
    assert answer.status_code == 200, answer.json()
    items: list[Any] = answer.json()["items"]
    return items


def texts(user: User, **asked: Any) -> list[str]:
    return [item["text"] for item in feed(user, **asked)]


def put(phone: Phone, post: Post, photo_id: uuid.UUID, data: bytes = b"bytes") -> Any:
    return phone.generic("PUT", f"/api/moments/{post.pk}/photos/{photo_id}", data, content_type="image/jpeg")


def kind(address: str | None) -> str:
    if address is None:
        return GONE
    return CLEAR if "/clear-" in address else BLURRED


def got(user: User, post: Post) -> list[str]:
    """What a person gets of a post's photos, in the list, alone and as images; nothing of a post that is not there."""
    sights = [photos_queries.rendering_for(user, each.secret) for each in post.photos.order_by("position")]
    images = [kind(f"/{sight.key}-") if sight else GONE for sight in sights]
    card = next((item for item in feed(user) if item["id"] == str(post.pk)), None)
    shown = [kind(each["src"]["320"]) for each in card["photos"] if each["src"]] if card else []
    assert shown == [image for image in images if image != GONE]
    assert Phone(user).get(f"/api/moments/{post.pk}").status_code == (200 if card else 404)
    return images if card else []
