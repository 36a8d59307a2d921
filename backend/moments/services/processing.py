"""The photo worker's queue: claim a photo or rendering, complete it, fail it, release it.

Work is leased: when a worker dies over it nothing is lost, and the next claims it once the lease is over.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from backend.common import clock
from backend.common.imaging.client import SENTENCES, TOO_HEAVY, Box, Job, Picture
from backend.common.imaging.worker import BROKEN
from backend.common.verb import verb
from backend.moments import files
from backend.moments.models import Photo, Variant
from backend.moments.rules import MOST_DEATHS
from backend.moments.services.photos import photo_ready, photo_refused, variant_ready

# Renewed again and again while the work is under way.
LEASE = dt.timedelta(seconds=30)
# Before the next try: after a death, and after a full disk.
RETRY_AFTER = dt.timedelta(seconds=5)
DISK_FULL_RETRY_AFTER = dt.timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Work:
    """A photo to make sizes of, or (with `variant`) a blurred rendering to make of its largest size."""

    photo: uuid.UUID
    secret: str
    key: str = files.CLEAR
    variant: int | None = None
    boxes: tuple[Box, ...] = ()

    @property
    def job(self) -> Job:
        folder = files.folder(self.secret)
        if self.variant is None:
            return Job(kind="resize", source=files.incoming(self.photo), folder=folder, name=self.key)
        master = files.rendering(self.secret, files.CLEAR, max(files.SIZES))
        return Job(kind="blur", source=master, folder=folder, name=self.key, boxes=self.boxes)

    @property
    def _row(self) -> QuerySet[Photo] | QuerySet[Variant]:
        if self.variant is None:
            return Photo.objects.filter(pk=self.photo, status=Photo.Status.PROCESSING)
        return Variant.objects.filter(pk=self.variant, ready_at=None)

    def hold(self, until: dt.datetime | None, *, deaths: int = 0) -> None:
        self._row.update(lease_until=until, attempts=F("attempts") + deaths)


def claim(most: int) -> list[Work]:
    """The next, for this process alone: photos first, then renderings."""
    free = Q(lease_until=None) | Q(lease_until__lte=clock.now())
    photos = Photo.objects.filter(free, status=Photo.Status.PROCESSING)
    variants = Variant.objects.filter(free, ready_at=None, attempts__lt=MOST_DEATHS)
    if most <= 0 or not (photos.exists() or variants.exists()):
        return []
    return _claim(photos, variants, most)


@verb
def _claim(photos: QuerySet[Photo], variants: QuerySet[Variant], most: int) -> list[Work]:
    first = photos.select_for_update(skip_locked=True, no_key=True).order_by("pk")[:most]
    work = [Work(photo=photo.pk, secret=photo.secret) for photo in first]
    rest = variants.select_for_update(of=("self",), skip_locked=True, no_key=True).select_related("photo").order_by("pk")
    for each in rest[: most - len(work)]:
        boxes = tuple((x, y, w, h) for x, y, w, h in each.boxes)
        work.append(Work(photo=each.photo_id, secret=each.photo.secret, key=each.key, variant=each.pk, boxes=boxes))
    renew(work)
    return work


def renew(work: Sequence[Work]) -> None:
    until = clock.now() + LEASE
    for each in work:
        each.hold(until)


def release_abandoned() -> None:
    """Call it when no other worker runs on this machine: every lease was left by one that died."""
    Photo.objects.filter(status=Photo.Status.PROCESSING).update(lease_until=None)
    Variant.objects.filter(ready_at=None).update(lease_until=None)


def release(work: Sequence[Work]) -> None:
    """Unfinished work: the next worker may claim it at once."""
    for each in work:
        each.hold(None)


def complete(work: Work, picture: Picture) -> None:
    """Record the result and delete the upload. What was deleted or replaced meanwhile leaves no file."""
    if work.variant is not None:
        if not variant_ready(variant_id=work.variant, preview=picture.preview):
            _discard_variant(work)
    elif photo_ready(photo_id=work.photo, width=picture.width, height=picture.height, preview=picture.preview):
        files.incoming(work.photo).unlink(missing_ok=True)
    else:
        files.discard(work.secret, work.photo)


def _discard_variant(work: Work) -> None:
    """Unless somebody needs the same again by now."""
    if not Variant.objects.filter(photo=work.photo, key=work.key).exists():
        files.discard_variant(work.secret, work.key)


def refuse(work: Work, sentence: str) -> None:
    """Its file is to blame. A rendering is made of what we made ourselves: who may only see that sees nothing."""
    if work.variant is None:
        photo_refused(photo_id=work.photo, sentence=sentence)
    else:
        work.hold(None, deaths=MOST_DEATHS)


def fail(work: Work) -> None:
    """The image worker died. After three times the photo is refused."""
    if work.variant is None and not files.incoming(work.photo).exists():
        photo_refused(photo_id=work.photo, sentence=SENTENCES[BROKEN])
        return
    work.hold(clock.now() + RETRY_AFTER, deaths=1)
    if work.variant is None and Photo.objects.filter(pk=work.photo, attempts__gte=MOST_DEATHS).exists():
        photo_refused(photo_id=work.photo, sentence=TOO_HEAVY)


def postpone(work: Work) -> None:
    """The disk is full: try again later, without counting a failure."""
    work.hold(clock.now() + DISK_FULL_RETRY_AFTER)
