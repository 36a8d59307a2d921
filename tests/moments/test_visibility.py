"""Who sees which photo: consent × audience × tag × role, for every way to it. What one may not see does not exist."""

import datetime as dt
from pathlib import Path

import pytest
from pytest_django import Settings

from backend.accounts.models import User
from backend.accounts.notices import Batch
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.moments import files
from backend.moments.models import Photo, Post
from backend.moments.notices import digest_letters
from backend.moments.queries import archive
from backend.moments.queries import feed as feed_queries
from backend.moments.queries.archive import MonthCount
from backend.moments.queries.feed import Asked
from backend.moments.services import comments
from backend.people.models import Consent
from notifications.ids import uuid7
from tests.attendance.door import DAY
from tests.moments.steps import BLURRED, CLEAR, GONE, boxed, develop, feed, kind, make, photo, printed
from tests.support.cast import Cast, member, relative
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

# What was said of a member, in order, each by a key to an audience; then what the member's own family gets of the photo and what another
# family of the Home, where the member is boxed (without a box, BLURRED is GONE).
SAID: dict[str, tuple[tuple[str, ...], str, str]] = {
    "nothing": ((), CLEAR, BLURRED),
    "member yes to the Home": (("self home yes",), CLEAR, BLURRED),
    "guardian yes to the Home": (("guardian home yes",), CLEAR, BLURRED),
    "both yes to the Home": (("self home yes", "guardian home yes"), CLEAR, CLEAR),
    "both yes, then member no": (("self home yes", "guardian home yes", "self home no"), CLEAR, BLURRED),
    "both yes, then guardian no": (("self home yes", "guardian home yes", "guardian home no"), CLEAR, BLURRED),
    "no, then both yes": (("self home no", "guardian home no", "guardian home yes", "self home yes"), CLEAR, CLEAR),
    "member no, guardian yes": (("self home no", "guardian home yes"), CLEAR, BLURRED),
    "member no to the family": (("self family no",), BLURRED, BLURRED),
    "guardian no to the family": (("guardian family no",), BLURRED, BLURRED),
    "member no, guardian yes to the family": (("guardian family yes", "self family no"), BLURRED, BLURRED),
    "no to the family, then yes": (("self family no", "self family yes"), CLEAR, BLURRED),
    "no to the family, yes to the Home": (("self family no", "self home yes", "guardian home yes"), BLURRED, CLEAR),
    "both yes to volunteers": (("self volunteers yes", "guardian volunteers yes"), CLEAR, BLURRED),
    "both yes to everybody": (("self public yes", "guardian public yes"), CLEAR, BLURRED),
}
# Without a box there is nothing to blur.
UNBOXED = ("nothing", "both yes to the Home", "member no to the family", "no to the family, yes to the Home")
ROWS = [(said, True) for said in SAID] + [(said, False) for said in UNBOXED]
Row = tuple[str, bool]
Album = dict[Row, Photo]


def expected(row: Row, role: str) -> str:
    said, box = row
    _, own, other = SAID[said]
    got = {"mother": own, "father": other, "carer": CLEAR}.get(role, GONE)
    return GONE if got == BLURRED and not box else got


def an_album(cast: Cast) -> Album:
    """For each row a post with one photo of a further member of 志强's family."""
    found = {}
    for number, (said, box) in enumerate(ROWS):
        someone = member(cast.sunshine, f"沈{number}号")
        relative(cast.mother, someone, "亲人")
        for line in SAID[said][0]:
            key, audience, yes = line.split()
            Consent.objects.create(member=someone, key=key, audience=audience, yes=yes == "yes", at=clock.now(), given_by=cast.carer)
        found[said, box] = make(cast, photo(boxed(someone)) if box else photo(someone)).post.photos.get()
    develop(*(each.post for each in found.values()))
    return found


def in_list(user: User, album: Album) -> dict[Row, str]:
    shown = {each["id"]: each["src"]["1080"] for item in feed(user, limit=50) for each in item["photos"]}
    return {row: kind(shown.get(str(each.pk))) for row, each in album.items()}


def alone(user: User, album: Album) -> dict[Row, str]:
    return {row: _alone(user, each) for row, each in album.items()}


def _alone(user: User, each: Photo) -> str:
    try:
        return kind(feed_queries.post(user, each.post_id).photos[0].src["320"])
    except NotFoundError:
        return GONE


def as_image(user: User, album: Album) -> dict[Row, str]:
    """The bytes themselves: of all renderings there are, at most one is sent."""
    phone = Phone(user)
    return {row: _sent(phone, each) for row, each in album.items()}


def _sent(phone: Phone, each: Photo) -> str:
    keys = (files.CLEAR, *each.variants.values_list("key", flat=True))
    answers = {key: phone.get(files.url(each.secret, key, 320)) for key in keys}
    assert all(answer.content == f"{key} 320".encode() for key, answer in answers.items() if answer.status_code == 200)
    got = [key for key, answer in answers.items() if answer.status_code != 404]
    assert len(got) < 2
    return kind(f"/{got[0]}-" if got else None)


def digested(cast: Cast) -> dict[int, int]:
    """Of how many photos the digest tells each family."""
    now = clock.now()
    params = {"home": cast.sunshine.pk, "since": (now - dt.timedelta(minutes=1)).isoformat(), "upto": now.isoformat()}
    letters = digest_letters(Batch(event=uuid7(), params=params, after=0, limit=100))
    return {letter.to: letter.data["photos"] for letter in letters}


def may_speak(user: User, post: Post) -> bool:
    try:
        comments.comment(comment_id=uuid7(), post_id=post.pk, text="好", by=user)
    except NotFoundError:
        return False
    return True


def kept(user: User, each: Photo) -> int:
    """In how many photos of the archive of the reader's own member it is."""
    tag = each.tags.get()
    try:
        return len(archive.archived_photo(user, tag.member_id, DAY.replace(day=1)))
    except NotFoundError:
        return 0


WAYS = {"mother": (in_list, alone, as_image), "father": (in_list, alone, as_image), "carer": (in_list,), "charlie": (in_list, as_image)}


def test_what_was_said_holds_whichever_way_one_comes(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    album = an_album(cast)
    for each in album.values():
        printed(each.post)
    for role, ways in WAYS.items():
        user, wanted = getattr(cast, role), {row: expected(row, role) for row in ROWS}
        there = {row for row in ROWS if wanted[row] != GONE}
        for way in ways:
            assert way(user, album) == wanted, (role, way)
        assert archive.months(user, Asked()) == ([MonthCount("2026-03", len(there))] if there else []), role
    for_others = {row for row in ROWS if expected(row, "father") != GONE}
    assert {row for row, each in album.items() if may_speak(cast.father, each.post)} == for_others
    for_mother = {row for row in ROWS if expected(row, "mother") != GONE}
    assert digested(cast) == {cast.mother.pk: len(for_mother), cast.sister.pk: len(for_others), cast.father.pk: len(for_others)}
    assert {row for row, each in album.items() if kept(cast.mother, each)} == for_mother
