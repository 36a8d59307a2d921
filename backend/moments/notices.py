"""The words of the half-day's digest. Short names only: they stand on lock screens."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.homes.models import Home
from backend.moments.models import Photo
from backend.moments.queries import digests
from backend.moments.queries.digests import News
from backend.moments.rules import Viewer, families, rendering
from backend.people.models import Relative
from backend.people.queries import members_of
from backend.people.topics import member_thread
from notifications.sender import Letter

MOMENTS = "moments"


def digest_letters(batch: Batch) -> Sequence[Letter]:
    """To each family that may see something of it now, counted as that family sees it."""
    home = Home.objects.get(pk=batch.params["home"])
    upto = dt.datetime.fromisoformat(batch.params["upto"])
    came = digests.news(home, dt.datetime.fromisoformat(batch.params["since"]), upto)
    if not came.photos and not came.words:
        return []
    names = dict(members_of(home).values_list("pk", "short_name"))
    # Held until the commit: an unbinding waits for the letters, and withholds them, too.
    list(Relative.objects.select_for_update(no_key=True).filter(member__in=names, ended_at=None).order_by("user_id", "pk"))
    letters = (_letter(home, reader, came, names, event=batch.event, at=upto) for reader in families(home) if reader.user > batch.after)
    return [letter for letter in letters if letter][: batch.limit]


def _letter(home: Home, reader: Viewer, came: News, members: dict[int, str], *, event: uuid.UUID, at: dt.datetime) -> Letter | None:
    """`members`: those of this Home."""
    seen = [photo for photo in came.photos if rendering(photo, reader)]
    own = sorted(reader.own & members.keys())
    if not own or not (seen or came.words):
        return None
    return Letter(
        to=reader.user,
        kind=MOMENTS,
        event=event,
        thread=member_thread(own[0], home.pk),
        tag=f"moments-{home.pk}-{at:%Y%m%d%H}",
        title=_title(home, seen, came.words, {member: members[member] for member in own}),
        body=_body(seen),
        link=f"/moments?home={home.pk}",
        at=at,
        data={"member": own[0], "home": home.pk, "photos": len(seen)},
    )


def _title(home: Home, seen: Sequence[Photo], words: int, own: dict[int, str]) -> str:
    if not seen:
        return f"{home.name}发了 {words} 条动态"
    theirs: Counter[int] = Counter(tag.member_id for photo in seen for tag in photo.tags.all() if tag.member_id in own)
    return "，有".join([f"{home.name}发了 {len(seen)} 张照片", *(f"{own[member]} {theirs[member]} 张" for member in sorted(theirs))])


def _body(seen: Sequence[Photo]) -> str:
    kinds = dict.fromkeys(photo.post.get_therapy_display() for photo in seen if photo.post.therapy)
    return f"{'、'.join(kinds)}。点开看看。" if kinds else "点开看看。"
