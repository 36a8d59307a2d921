"""Which variants a photo needs: made and dropped as tags and consents change."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction

from backend.common.verb import verb
from backend.moments import files, wakeup
from backend.moments.models import Photo, Variant
from backend.moments.rules import blurs_needed, variant_key
from backend.people.models import Relative
from backend.people.rules import consents

# So many photos at a time, so that a tap at the door does not wait behind a whole album.
CHUNK = 50


def align(photos: Sequence[Photo]) -> None:
    """Those that are there to be seen get rows for the variants that they need, and lose the others with their files."""
    seen = Photo.objects.filter(pk__in=[photo.pk for photo in photos], status=Photo.Status.READY, declined_at=None)
    found = list(seen.select_related("post").prefetch_related("tags", "variants").order_by("pk"))
    members = {tag.member_id for photo in found for tag in photo.tags.all()}
    holds, kin = consents(members), _kin(members)
    for photo in found:
        families = _several(kin, {tag.member_id for tag in photo.tags.all()})
        _align(photo, blurs_needed(photo.tags.all(), holds, families, guests=photo.post.for_guests))
    wakeup.notify_on_commit()


def _align(photo: Photo, needed: set[frozenset[int]]) -> None:
    tags = {tag.pk: tag for tag in photo.tags.all()}
    wanted = {variant_key(photo, [tags[pk] for pk in blurs]): blurs for blurs in needed}
    there = {variant.key: variant for variant in photo.variants.all()}
    for key in there.keys() - wanted.keys():
        drop(photo, there[key])
    for key in sorted(wanted.keys() - there.keys()):
        boxes = sorted(tags[pk].box or () for pk in wanted[key])
        Variant.objects.create(photo=photo, key=key, boxes=boxes).blurs.set(wanted[key])


def drop(photo: Photo, variant: Variant) -> None:
    secret, key = photo.secret, variant.key
    variant.delete()
    transaction.on_commit(lambda: files.discard_variant(secret, key), robust=True)


def _kin(members: set[int]) -> list[set[int]]:
    """The members of each relative who has several of these."""
    own: defaultdict[int, set[int]] = defaultdict(set)
    for user, member in Relative.objects.filter(member__in=members, ended_at=None).values_list("user", "member"):
        own[user].add(member)
    return [group for group in own.values() if len(group) > 1]


def _several(kin: list[set[int]], members: set[int]) -> list[frozenset[int]]:
    return [frozenset(group & members) for group in kin if len(group & members) > 1]


@verb
def align_stale() -> None:
    """The next of those whose members' consents have changed."""
    stale = Photo.objects.select_for_update(no_key=True, skip_locked=True).filter(stale=True).order_by("pk")[:CHUNK]
    photos = list(stale)
    align(photos)
    Photo.objects.filter(pk__in=[photo.pk for photo in photos]).update(stale=False)
