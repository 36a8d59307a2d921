"""The rule is said twice; both say the same, and lists cost the same however long they are."""

import random

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.common import clock
from backend.moments import rules
from backend.moments.models import Photo, Post, Tag, Variant
from backend.moments.queries import feed
from backend.moments.queries.feed import Asked
from backend.moments.queries.photos import with_people
from backend.moments.services import comments
from backend.people.models import Member
from backend.people.rules import consents
from notifications.ids import uuid7
from tests.moments.steps import (
    BOX,
    OTHER_BOX,
    agree,
    boxed,
    make,
    photo,
    posted,
)
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("morning")


def draw(dice: random.Random, members: list[Member], here: Post, away: Post) -> None:
    """A few hundred photos of random members, boxed or not, and variants that blur random ones."""
    ready = {"status": ("ready", "ready", "ready", "refused"), "post": (here, here, away)}
    photos = [
        Photo(id=uuid7(), position=n, marked=n % 7 > 0, **{name: dice.choice(among) for name, among in ready.items()}) for n in range(300)
    ]
    Photo.objects.bulk_create(photos)
    in_it = [(each, who) for each in photos for who in dice.sample(members, dice.randrange(4))]
    boxes: list[dict[str, float]] = [BOX._asdict(), {}]
    Tag.objects.bulk_create(Tag(photo=each, member=who, **dice.choice(boxes)) for each, who in in_it)
    moments = (clock.now(), clock.now(), None)
    Variant.objects.bulk_create(Variant(photo=each, key=key, boxes=[], ready_at=dice.choice(moments)) for each in photos for key in "ab")
    variants = Variant.objects.prefetch_related("photo__tags")
    blurs = [(variant.pk, tag.pk) for variant in variants for tag in variant.photo.tags.all() if dice.random() < 0.6]
    rules.Blurred.objects.bulk_create(rules.Blurred(variant_id=variant, tag_id=tag) for variant, tag in blurs)


def test_lists_and_single_photos_say_the_same(cast: Cast) -> None:
    """One rule in SQL and in Python, for each audience that there is or will be: drawn by lot."""
    dice = random.Random(3)  # noqa: S311 - lots, and the same ones every time
    members = [cast.zhiqiang, cast.xiaofang, cast.xiaodong, cast.lihua]
    draw(dice, members, make(cast, text="一").post, make(cast, text="二", home=cast.autumn, by=cast.autumn_carer).post)
    agree(cast, cast.zhiqiang, "home", "volunteers")
    agree(cast, cast.xiaodong, "volunteers", "public")
    holds = consents([each.pk for each in members])
    here = frozenset({cast.sunshine.pk})
    visitors = [rules.Viewer(user=0, placed=here, shown=holds.agreed(audience)) for audience in ("home", "volunteers", "public")]
    people = [rules.viewer(getattr(cast, role)) for role in ("mother", "father", "carer", "charlie")]
    photos = list(with_people(Photo.objects.all()))
    sizes = []
    for viewer in (*visitors, *people):
        seen = set(rules.seen_photos(viewer).filter(status="ready").values_list("pk", flat=True))
        assert seen == {each.pk for each in photos if rules.rendering(each, viewer)}
        sizes.append(len(seen))
    assert len(set(sizes)) == len(sizes)


def test_a_page_costs_the_same_with_one_post_and_with_many(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    agree(cast, cast.zhiqiang)

    def more() -> None:
        post = posted(cast, photo(boxed(cast.zhiqiang), boxed(cast.xiaofang, OTHER_BOX)), photo(), text="合影")
        for user in (cast.mother, cast.father, cast.carer):
            comments.comment(comment_id=uuid7(), post_id=post.pk, text="好", by=user)
            comments.like(post_id=post.pk, by=user)

    def costs(role: str, number: int) -> None:
        user = getattr(cast, role)
        with django_assert_num_queries(number):
            feed.posts(user, Asked(), after="", limit=20)

    more()
    for role, number in (("mother", 14), ("carer", 12)):
        costs(role, number)
    for _ in range(3):
        more()
    for role, number in (("mother", 14), ("carer", 12)):
        costs(role, number)
