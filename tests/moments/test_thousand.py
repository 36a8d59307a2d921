"""The feed of a Home that has posted for years: a thousand posts."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.common import clock
from backend.moments.models import Photo, Post, Tag
from backend.moments.queries import archive, feed
from backend.moments.queries.feed import Asked
from notifications.ids import uuid7
from tests.moments.steps import agree
from tests.support.cast import Cast

pytestmark = pytest.mark.usefixtures("morning")

MANY = 1_000
# A family, and a teacher of the Home.
ROLES = ("mother", "carer")


@pytest.fixture
def posts(cast: Cast) -> list[Post]:
    """One an hour, newest first; 志强 in every one, and in every third somebody whose family did not agree."""
    agree(cast, cast.lihua)
    facts = {"home": cast.sunshine, "author": cast.carer_post, "therapy": "farm"}
    posts = [Post(id=uuid7(), created_at=clock.now() - dt.timedelta(hours=n), text=f"第 {n} 条", **facts) for n in range(MANY)]
    photos = [Photo(id=uuid7(), post=post, position=n, status="ready", marked=True) for post in posts for n in range(2)]
    Post.objects.bulk_create(posts)
    Photo.objects.bulk_create(photos)
    people = [cast.zhiqiang, cast.lihua, cast.zhiqiang, cast.lihua, cast.zhiqiang, cast.xiaofang]
    Tag.objects.bulk_create(Tag(photo=photo, member=people[n % len(people)]) for n, photo in enumerate(photos))
    return posts


def test_each_page_of_it_and_its_months_cost_a_fixed_number_of_queries(
    cast: Cast, posts: list[Post], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = Asked(home=cast.sunshine.pk)
    cursor: str | None = ""
    found = []
    while cursor is not None:
        with django_assert_num_queries(13):
            answer = feed.posts(cast.mother, asked, after=cursor, limit=50)
        found += [item.row.pk for item in answer.items]
        cursor = answer.next
    assert found == [post.pk for post in posts]
    with django_assert_num_queries(11):
        feed.posts(cast.carer, asked, after="", limit=50)
    for role, number in zip(ROLES, (5, 3), strict=True):
        with django_assert_num_queries(number):
            counted = archive.months(getattr(cast, role), asked)
        assert [each.month for each in counted] == ["2026-03", "2026-02", "2026-01"]
        assert sum(each.count for each in counted) == MANY


@pytest.mark.faults_sqlite_only
@pytest.mark.parametrize("role", ROLES)
def test_a_page_is_read_along_the_index_and_never_by_sorting_all_there_is(cast: Cast, posts: list[Post], role: str) -> None:
    user = getattr(cast, role)
    middle = feed.posts(user, Asked(), after="", limit=50).next or ""
    home = cast.sunshine.pk
    asked = {"": Asked(home=home), middle: Asked(home=home, member=cast.zhiqiang.pk, therapy="farm")}
    for after, which in asked.items():
        (plan,) = plans(user, which, after=after)
        assert "SEARCH moments_post USING INDEX post_home_newest (home_id=?" in plan
        assert "TEMP B-TREE" not in plan
        assert "SCAN" not in plan


def plans(user: User, asked: Asked, *, after: str) -> list[str]:
    """How SQLite goes about the query for a page of posts."""
    with CaptureQueriesContext(connection) as captured:
        feed.posts(user, asked, after=after, limit=20)
    pages = [each["sql"] for each in captured if each["sql"].endswith("LIMIT 21")]
    with connection.cursor() as cursor:
        return ["\n".join(row[-1] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()) for sql in pages]
