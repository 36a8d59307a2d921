"""Posting in the tests' words: `posted(cast, photo(cast.zhiqiang))`."""

import uuid
from collections.abc import Sequence
from typing import Any

from backend.accounts.models import User
from backend.homes.models import Home
from backend.moments import files, services
from backend.moments.models import Photo, Post, Variant
from backend.moments.services import Box, PhotoIn, TagIn
from backend.people.consent import wording
from backend.people.models import Member
from notifications.ids import uuid7
from tests.support.cast import Cast
from tests.support.phone import Phone

BOX = Box(0.1, 0.2, 0.3, 0.4)
OTHER_BOX = Box(0.6, 0.2, 0.3, 0.4)
NOBODY: tuple[TagIn, ...] = ()


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
) -> services.Posted:
    """At 阳光家园, by 陆老师, unless told otherwise. The photos have not come yet."""
    facts = {"therapy": "", "session_id": None, **more}
    return services.make_post(
        post_id=post_id or uuid7(), home_id=(home or cast.sunshine).pk, text=text, photos=photos, by=by or cast.carer, **facts
    )


def posted(cast: Cast, *photos: PhotoIn, **more: Any) -> Post:
    """With all its photos developed, and whatever variants they need."""
    post = make(cast, *photos, **more).post
    develop(post)
    return post


def develop(post: Post) -> None:
    """What the darkroom does, without its paper: every photo and variant has come and is ready."""
    for each in post.photos.filter(status__in=("waiting", "processing")):
        Photo.objects.filter(pk=each.pk).update(status="processing")
        services.photo_ready(photo_id=each.pk, width=1600, height=1200, preview=f"clear {each.pk}")
    settle()


def settle() -> None:
    """Consents have been looked at, and all variants made."""
    while Photo.objects.filter(stale=True).exists():
        services.align_stale()
    for variant in Variant.objects.filter(ready_at=None):
        services.variant_ready(variant_id=variant.pk, preview=f"blurred {variant.key}")


def printed(post: Post) -> None:
    """With files, as far as there are renderings."""
    for each in post.photos.filter(status="ready"):
        files.folder(each.secret).mkdir(parents=True, exist_ok=True)
        for key in (files.CLEAR, *each.variants.exclude(ready_at=None).values_list("key", flat=True)):
            for size in files.SIZES:
                files.rendering(each.secret, key, size).write_bytes(f"{key} {size}".encode())


def says(member: Member, audience: str, yes: bool = True, *, key: str, by: User, on_paper: bool = False) -> None:
    services.give_consent(
        member_id=member.pk, key=key, audience=audience, yes=yes, seen=wording(member, key, audience), by=by, on_paper=on_paper
    )


def agree(cast: Cast, member: Member, *audiences: str) -> None:
    """Both keys: the member on the tablet, his guardian on paper."""
    for audience in audiences or ("home",):
        says(member, audience, key="self", by=cast.carer)
        says(member, audience, key="guardian", by=cast.carer, on_paper=True)


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


def tags_of(photos: Sequence[Any]) -> list[list[str]]:
    return [[tag["short_name"] for tag in each["tags"]] for each in photos]
