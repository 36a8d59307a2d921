"""A post is made, edited, taken back."""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backend.accounts.models import User
from backend.activities.models import Session
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.text import clean_talk
from backend.common.verb import verb, verb_with_id
from backend.homes.models import Home, StaffPost
from backend.homes.queries import staffed_home
from backend.homes.rules import staff_post
from backend.moments.models import Photo, Post, Tag
from backend.moments.queries import tagging
from backend.moments.rules import MOST_PHOTOS
from backend.moments.services.photos import discard, note_shown, staffed_post
from backend.moments.services.renderings import align
from backend.people.models import Member
from backend.people.queries import members_of

LONGEST = 1000
# A smaller box would blur nothing.
SMALLEST = 0.01


class Box(NamedTuple):
    """In shares of the photo's width and height."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class TagIn:
    member: int
    box: Box | None = None


@dataclass(frozen=True, kw_only=True)
class PhotoIn:
    """`tags`: who is in it; none: nobody; None: nobody has said yet. `untold`: an edit leaves them as they are."""

    id: uuid.UUID
    tags: Sequence[TagIn] | None = None
    untold: bool = False


@dataclass(frozen=True, kw_only=True)
class Posted:
    post: Post
    warnings: list[str]
    repeat: bool = False


@verb_with_id
def make_post(
    *, post_id: uuid.UUID, home_id: int, text: str, therapy: str, session_id: int | None, photos: Sequence[PhotoIn], by: User
) -> Posted:
    """The same id again is answered with what it became. Photos' bytes come after."""
    home = staffed_home(by, home_id)
    author = staff_post(by, home)
    assert author is not None  # noqa: S101 - staffed_home has found the post
    StaffPost.objects.select_for_update(no_key=True).get(pk=author.pk)  # of two at once the second is a repeat
    known = Post.objects.filter(pk=post_id).select_related("author", "home").first()
    if known is not None:
        return _repeated(known, home, by=by)
    text, session = clean_talk(text, name="text", longest=LONGEST, lines=True), _session(session_id, home)
    if not text and not photos:
        raise InvalidError("写点什么，或选几张照片。", fields={"text": "写点什么，或选几张照片。"})
    _hold_members(home, photos)
    post = Post.objects.create(
        id=post_id,
        home=home,
        author=author,
        text=text,
        therapy=therapy or (session.activity.therapy if session else ""),
        session=session,
        created_at=clock.now(),
    )
    _add_photos(post, photos, first=0)
    return Posted(post=post, warnings=tagging.named_without_consent(home, text))


def _repeated(known: Post, home: Home, *, by: User) -> Posted:
    if known.home_id != home.pk or known.author.user_id != by.pk:
        raise ConflictError("这个编号已经用过，请刷新后再发一次。")
    if known.taken_back_at:
        raise ConflictError("这条动态已经撤回了。", code="taken_back")
    return Posted(post=known, warnings=tagging.named_without_consent(home, known.text), repeat=True)


@verb_with_id
def edit_post(
    *, post_id: uuid.UUID, by: User, text: str | None = None, therapy: str | None = None, photos: Sequence[PhotoIn] = ()
) -> Posted:
    """What is None stays. `photos` come first, in that order; new ones may be among them, and those left out stay behind them."""
    post = staffed_post(post_id, by=by)
    _hold_members(post.home, photos)
    before = (post.text, post.therapy)
    post.text = post.text if text is None else clean_talk(text, name="text", longest=LONGEST, lines=True)
    post.therapy = post.therapy if therapy is None else therapy
    added = _edit_photos(post, photos)
    if not post.text and not post.photos.exists():
        raise InvalidError("写点什么，或选几张照片；不要了可以撤回。", fields={"text": "不能是空的。"})
    if added or before != (post.text, post.therapy):
        post.edited_at = clock.now()
    post.save(update_fields=["text", "therapy", "edited_at"])
    return Posted(post=post, warnings=tagging.named_without_consent(post.home, post.text))


@verb
def take_back(*, post_id: uuid.UUID, by: User) -> None:
    """It is gone, with its photos and all that was said; only its number is remembered, so that a late repeat does not bring it back."""
    post = staffed_post(post_id, by=by)
    post.text, post.taken_back_at, post.taken_back_by = "", clock.now(), by
    post.save(update_fields=["text", "taken_back_at", "taken_back_by"])
    post.likes.all().delete()
    post.comments.all().delete()
    discard(list(post.photos.all()))


@verb
def open_album(*, post_id: uuid.UUID, home_id: int, by: User) -> None:
    """A post of this Home becomes the album of a visit. Where it blurs whom for its guests is worked out at once.

    One that is getting ready at this moment comes before, or sees that it is for guests.
    """
    post = staffed_post(post_id, by=by)
    if post.home_id != home_id:
        raise NotFoundError
    if not post.for_guests:
        post.for_guests = True
        post.save(update_fields=["for_guests"])
        align(list(post.photos.select_for_update(no_key=True).order_by("pk")))


# -- what a teacher says, checked ------------------------------------------------------------------
def _session(session_id: int | None, home: Home) -> Session | None:
    if session_id is None:
        return None
    session = Session.objects.select_related("activity").filter(pk=session_id, home=home).first()
    if session is None:
        raise InvalidError("这场活动已经不在了，请重新选。", fields={"session": "不在了。"})
    return session


def _hold_members(home: Home, photos: Sequence[PhotoIn]) -> None:
    """All of the Home, each once a photo; until the commit nobody's consent changes unseen."""
    if len(photos) > MOST_PHOTOS or len({photo.id for photo in photos}) != len(photos):
        sentence = f"一次最多 {MOST_PHOTOS} 张照片。"
        raise InvalidError(sentence, fields={"photos": sentence})
    ids: set[int] = set()
    for photo in photos:
        members = [tag.member for tag in photo.tags or ()]
        if len(set(members)) != len(members):
            raise InvalidError("一张照片里同一个人只标一次。", fields={"tags": "同一个人标了两次。"})
        ids |= set(members)
    known = set(members_of(home).filter(pk__in=ids).values_list("pk", flat=True))
    tagged = set(Tag.objects.filter(member__in=ids - known, photo__in=[photo.id for photo in photos]).values_list("member", flat=True))
    if ids - known - tagged:
        raise InvalidError("有人不在本家园了，请重新标一下照片里有谁。", fields={"tags": "有人不在本家园了。"})
    list(Member.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _add_photos(post: Post, photos: Sequence[PhotoIn], *, first: int) -> None:
    if Photo.objects.filter(pk__in=[photo.id for photo in photos]).exists():
        raise ConflictError("有张照片已经发过了，请重新选照片。")
    rows = [
        Photo(id=photo.id, post=post, position=position, marked=photo.tags is not None)
        for position, photo in enumerate(photos, start=first)
    ]
    Photo.objects.bulk_create(rows)
    Tag.objects.bulk_create([_tag(photo.id, tag) for photo in photos for tag in photo.tags or ()])


def _edit_photos(post: Post, photos: Sequence[PhotoIn]) -> bool:
    """Order and tags. Whether there are new ones."""
    there = {photo.pk: photo for photo in post.photos.select_for_update(no_key=True).order_by("position", "pk")}
    new = [photo for photo in photos if photo.id not in there]
    if len(there) + len(new) > MOST_PHOTOS:
        sentence = f"一条动态最多 {MOST_PHOTOS} 张照片。"
        raise InvalidError(sentence, fields={"photos": sentence})
    _add_photos(post, new, first=len(there))
    there |= {photo.pk: photo for photo in Photo.objects.filter(pk__in=[photo.id for photo in new])}
    told = [photo.id for photo in photos]
    for position, pk in enumerate([*told, *(pk for pk in there if pk not in told)]):
        there[pk].position = position
    changed = [there[photo.id] for photo in photos if not photo.untold and _mark(there[photo.id], photo.tags)]
    Photo.objects.bulk_update(there.values(), ["position", "marked", "shown_since"])
    align(changed)
    return bool(new)


def _mark(photo: Photo, tags: Sequence[TagIn] | None) -> bool:
    """Says who is in it. Whether that is news: tags that stay keep the variants made for them."""
    wanted = {(tag.member, _inside(tag.box)) for tag in tags or ()}
    there = {(tag.member_id, tag.box): tag for tag in photo.tags.all()}
    news = photo.marked != (tags is not None) or there.keys() != wanted
    photo.marked = tags is not None
    note_shown(photo)
    Tag.objects.filter(pk__in=[there[key].pk for key in there.keys() - wanted]).delete()
    Tag.objects.bulk_create([_tag(photo.pk, TagIn(member, box)) for member, box in wanted - there.keys()])
    return news


def _tag(photo_id: uuid.UUID, tag: TagIn) -> Tag:
    x, y, w, h = _inside(tag.box) or (None,) * 4
    return Tag(photo_id=photo_id, member_id=tag.member, x=x, y=y, w=w, h=h)


def _inside(box: Box | None) -> Box | None:
    """What of it lies in the photo; rounded, so that the same box is the same box."""
    if box is None:
        return None
    x, y = max(0.0, box.x), max(0.0, box.y)
    w, h = min(1.0, box.x + box.w) - x, min(1.0, box.y + box.h) - y
    if not all(map(math.isfinite, box)) or min(w, h) < SMALLEST:
        raise InvalidError("框得太小了，请把人整个框住。", fields={"box": "框得太小了。"})
    return Box(*(round(number, 4) for number in (x, y, w, h)))
