"""What happens to one photo: it comes, is developed, is declined, goes."""

import uuid

from django.db import transaction
from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import InvalidError
from backend.common.found import one
from backend.common.verb import verb
from backend.homes.rules import staff_homes
from backend.moments import files, wakeup
from backend.moments.models import Photo, Post, Variant
from backend.moments.services.renderings import align

Status = Photo.Status
# What came does not come again: it is being developed, or has been.
HAS_COME = (Status.PROCESSING, Status.READY)


def staffed_photos(post_id: uuid.UUID, *, by: User) -> QuerySet[Photo]:
    """Of a post of their Home that was not taken back."""
    return Photo.objects.filter(post=post_id, post__taken_back_at=None, post__home__in=staff_homes(by))


def staffed_post(post_id: uuid.UUID, *, by: User) -> Post:
    """A post of their Home that was not taken back, until the commit."""
    rows = Post.objects.select_for_update(of=("self",), no_key=True).filter(pk=post_id, taken_back_at=None, home__in=staff_homes(by))
    return one(rows.select_related("home"))


def may_receive(*, post_id: uuid.UUID, photo_id: uuid.UUID, by: User) -> bool:
    """Asked before its bytes are taken in. False: they are here already."""
    photo = one(staffed_photos(post_id, by=by).filter(pk=photo_id))
    return photo.status not in HAS_COME and photo.declined_at is None


@verb
def photo_received(*, post_id: uuid.UUID, photo_id: uuid.UUID, by: User) -> None:
    """Its bytes are on the disk (files.incoming)."""
    photo = _held(staffed_photos(post_id, by=by).filter(pk=photo_id))
    if photo.status in HAS_COME or photo.declined_at:
        return
    photo.status, photo.refusal, photo.attempts, photo.lease_until = Status.PROCESSING, "", 0, None
    photo.save(update_fields=["status", "refusal", "attempts", "lease_until"])
    wakeup.notify_on_commit()


@verb
def photo_ready(*, photo_id: uuid.UUID, width: int, height: int, preview: str) -> bool:
    """Its clear rendering is on the disk. False: it was taken back meanwhile, and its files are to go."""
    photo = Photo.objects.select_for_update(no_key=True).filter(pk=photo_id, declined_at=None).first()
    if photo is None:
        return False
    photo.status, photo.width, photo.height, photo.preview, photo.lease_until = Status.READY, width, height, preview, None
    note_shown(photo)
    photo.save(update_fields=["status", "width", "height", "preview", "lease_until", "shown_since"])
    align([photo])
    return True


@verb
def photo_refused(*, photo_id: uuid.UUID, sentence: str) -> None:
    """It is no photo, or not one that can be read; the teacher is told and chooses another."""
    refused = {"status": Status.REFUSED, "refusal": sentence[:100], "lease_until": None}
    Photo.objects.filter(pk=photo_id, status=Status.PROCESSING).update(**refused)
    transaction.on_commit(lambda: files.incoming(photo_id).unlink(missing_ok=True), robust=True)


@verb
def variant_ready(*, variant_id: int, preview: str) -> bool:
    """Its files are on the disk. False: nobody needs it any more, and they are to go."""
    done = {"ready_at": clock.now(), "preview": preview, "lease_until": None}
    return bool(Variant.objects.filter(pk=variant_id).update(**done))


def note_shown(photo: Photo) -> None:
    """From when on families may see it: what is new for a digest."""
    if photo.shown_since is None and photo.marked and photo.status == Status.READY:
        photo.shown_since = clock.now()


@verb
def delete_photo(*, post_id: uuid.UUID, photo_id: uuid.UUID, by: User) -> None:
    """Without a trace. A post keeps at least one: its words alone would be for families from whom its photos hid them."""
    post = staffed_post(post_id, by=by)
    photo = _held(Photo.objects.filter(post=post, pk=photo_id))
    if not post.photos.exclude(pk=photo_id).exists():
        raise InvalidError("这是最后一张照片了，请换一张，或撤回整条动态。")
    discard([photo])


def discard(photos: list[Photo]) -> None:
    """Rows now, files once that is certain."""
    gone = [(photo.secret, photo.pk) for photo in photos]
    Photo.objects.filter(pk__in=[pk for _, pk in gone]).delete()
    transaction.on_commit(lambda: _discard_files(gone), robust=True)


def _discard_files(gone: list[tuple[str, uuid.UUID]]) -> None:
    for secret, photo_id in gone:
        files.discard(secret, photo_id)


@verb
def decline_photo(*, post_id: uuid.UUID, photo_id: uuid.UUID, member_id: int, by: User) -> None:
    """给家人看吗？ The member said no: the photo goes, for everybody. That they said so stays, for the staff. Twice does nothing."""
    photo = _held(staffed_photos(post_id, by=by).filter(pk=photo_id, tags__member=member_id))
    if photo.declined_at:
        return
    photo.declined_at, photo.declined_by_id, photo.preview = clock.now(), member_id, ""
    photo.save(update_fields=["declined_at", "declined_by", "preview"])
    photo.variants.all().delete()
    gone = [(photo.secret, photo.pk)]
    transaction.on_commit(lambda: _discard_files(gone), robust=True)


def _held(photos: QuerySet[Photo]) -> Photo:
    return one(photos.select_for_update(of=("self",), no_key=True))
