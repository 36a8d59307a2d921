"""Who sees which post and which photo: one rule, said in SQL for lists and in Python for one photo. Nothing here writes.

A person in a photo whom the viewer may not see must be blurred, or the photo is not there.
"""

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.homes.rules import staff_homes
from backend.moments.files import CLEAR
from backend.moments.models import Comment, Photo, Post, Tag, Variant
from backend.people.models import Consent, Placement, Relative
from backend.people.rules import Consents, consents, own_relatives

Audience = Consent.Audience
Blurred = Variant.blurs.through

MOST_PHOTOS = 18
# Then the photo worker does not try again.
MOST_DEATHS = 3


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """`staffed`: the Homes where the viewer works. `placed`: those of their members today; `past`: and before. `own`: their members.

    `shown`: everybody whose face they may see.
    """

    user: int
    staffed: frozenset[int] = frozenset()
    placed: frozenset[int] = frozenset()
    past: frozenset[int] = frozenset()
    own: frozenset[int] = frozenset()
    shown: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Rendering:
    """Which files somebody gets of a photo: the clear ones, or a variant's."""

    key: str
    preview: str


def viewer(user: User) -> Viewer:
    own = list(own_relatives(user).values_list("member", flat=True))
    placements = list(Placement.objects.filter(member__in=own))
    everybody = Placement.objects.filter(home__in={placement.home_id for placement in placements}).values("member")
    return _viewer(user.pk, own, placements, consents(everybody), staffed=staff_homes(user).values_list("pk", flat=True))


def families(home: Home) -> list[Viewer]:
    """All with a member at this Home today, in order of user id, as viewers of its photos: a fixed number of queries."""
    here = Placement.objects.filter(home=home)
    kin = Relative.objects.filter(member__in=here.values("member"), ended_at=None, user__is_active=True).order_by("user", "pk")
    own: defaultdict[int, list[int]] = defaultdict(list)
    for user, member in kin.values_list("user", "member"):
        own[user].append(member)
    placements, holds = list(here), consents(here.values("member"))
    found = [_viewer(user, members, [p for p in placements if p.member_id in members], holds) for user, members in own.items()]
    return [each for each in found if each.placed]


def _viewer(user: int, own: Iterable[int], placements: Iterable[Placement], holds: Consents, *, staffed: Iterable[int] = ()) -> Viewer:
    own, today = frozenset(own), clock.today()
    return Viewer(
        user=user,
        staffed=frozenset(staffed),
        placed=frozenset(placement.home_id for placement in placements if _runs(placement, today)),
        past=frozenset(placement.home_id for placement in placements),
        own=own,
        shown=(holds.agreed(Audience.HOME) - own) | {member for member in own if holds.allows(member, Audience.FAMILY)},
    )


def guest(post: Post) -> Viewer:
    """As whoever came on a visit sees its album: nobody's family, whatever else they are."""
    members = Tag.objects.filter(photo__post=post).values("member")
    return Viewer(user=0, placed=frozenset({post.home_id}), shown=consents(members).agreed(Audience.VOLUNTEERS))


def _runs(placement: Placement, day: dt.date) -> bool:
    return placement.starts_on <= day and (placement.ends_on is None or day < placement.ends_on)


# -- photos ----------------------------------------------------------------------------------------
def seen_photos(viewer: Viewer) -> QuerySet[Photo]:
    """Those that are there for the viewer. `rendering` says the same of one."""
    hidden = Tag.objects.exclude(member__in=viewer.shown)
    bare = hidden.filter(~Exists(Blurred.objects.filter(tag=OuterRef("pk"), variant=OuterRef(OuterRef("pk")))), photo=OuterRef("photo"))
    covered = Variant.objects.filter(~Exists(bare), photo=OuterRef("pk"), ready_at__isnull=False)
    own = Tag.objects.filter(photo=OuterRef("pk"), member__in=viewer.own)
    known = Q(post__home__in=viewer.placed) | Exists(own)
    nobody_hidden = ~Exists(hidden.filter(photo=OuterRef("pk")))
    as_family = Q(status=Photo.Status.READY, marked=True, declined_at=None) & known & (nobody_hidden | Exists(covered))
    return Photo.objects.filter(Q(post__home__in=viewer.staffed) | as_family, post__taken_back_at=None)


def rendering(photo: Photo, viewer: Viewer) -> Rendering | None:
    """What the viewer gets of a photo (with its post, tags, variants and their blurs at hand); None: it is not there for them."""
    if photo.status != Photo.Status.READY or photo.declined_at or photo.post.taken_back_at:
        return None
    clear = Rendering(CLEAR, photo.preview)
    if photo.post.home_id in viewer.staffed:
        return clear
    tags = list(photo.tags.all())
    if not photo.marked or not (photo.post.home_id in viewer.placed or any(tag.member_id in viewer.own for tag in tags)):
        return None
    hidden = {tag.pk for tag in tags if tag.member_id not in viewer.shown}
    return _blurred(photo, hidden) if hidden else clear


def _blurred(photo: Photo, hidden: set[int]) -> Rendering | None:
    """The ready variant that blurs all of them, and as few others as there are."""
    found = []
    for variant in photo.variants.all():
        blurs = {tag.pk for tag in variant.blurs.all()}
        if variant.ready_at and hidden <= blurs:
            found.append((len(blurs), variant.pk, variant))
    best = min(found, default=None)
    return Rendering(best[2].key, best[2].preview) if best else None


def blurs_needed(
    tags: Collection[Tag], holds: Consents, families: Iterable[frozenset[int]], *, guests: bool = False
) -> set[frozenset[int]]:
    """The sets of tags that some reader or other gets blurred. `families`: the members of relatives who have several in this photo."""
    open_to_home = {tag.member_id for tag in tags if holds.allows(tag.member_id, Audience.HOME)}
    open_to_family = {tag.member_id for tag in tags if holds.allows(tag.member_id, Audience.FAMILY)}
    hidden = [
        [tag for tag in tags if tag.member_id not in (open_to_family if tag.member_id in own else open_to_home)]
        for own in (frozenset[int](), *(frozenset({tag.member_id}) for tag in tags), *families)
    ]
    if guests:
        hidden.append([tag for tag in tags if not holds.allows(tag.member_id, Audience.VOLUNTEERS)])
    return {frozenset(tag.pk for tag in some) for some in hidden if some and all(tag.box for tag in some)}


def variant_key(photo: Photo, tags: Iterable[Tag]) -> str:
    boxes = sorted((tag.member_id, tag.box) for tag in tags)
    return hashlib.blake2b(json.dumps(boxes).encode(), key=photo.secret.encode(), digest_size=8).hexdigest()


# -- posts -----------------------------------------------------------------------------------------
def seen_posts(viewer: Viewer) -> QuerySet[Post]:
    """With a photo that the viewer sees; of their members' Homes also those that never had one; none whose photos are all hidden."""
    seen = seen_photos(viewer).filter(post=OuterRef("pk"))
    photos = Photo.objects.filter(post=OuterRef("pk"))
    words = Q(home__in=viewer.placed) & ~Q(text="") & ~Exists(photos)
    homes = viewer.staffed | viewer.past
    return Post.objects.filter(Q(home__in=viewer.staffed) | Exists(seen) | words, home__in=homes, taken_back_at=None)


def seen_comments(viewer: Viewer) -> QuerySet[Comment]:
    """Of a post that the viewer sees. Hidden ones are there for their author and the staff."""
    mine = Q(hidden_at=None) | Q(user=viewer.user) | Q(post__home__in=viewer.staffed)
    return Comment.objects.filter(mine, deleted_at=None)
