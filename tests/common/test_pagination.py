"""A list is read page by page: whole, in order, each row once."""

import pytest
from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common import clock, pagination
from backend.common.errors import InvalidError


@pytest.fixture
def people(db: None) -> QuerySet[User]:
    User.objects.bulk_create([User(phone=f"1380000000{number}", name="乙甲丙"[number % 3], joined_at=clock.now()) for number in range(5)])
    return User.objects.filter(phone__startswith="138000000").order_by("name", "-pk")


def test_pages_by_count_keep_the_order_of_the_list(people: QuerySet[User]) -> None:
    found, after = [], 0
    while True:
        page = pagination.by_count(people, after=after, limit=2)
        found += page.items
        if page.next is None:
            break
        after = int(page.next)
    assert found == list(people)


def test_pages_by_id_go_on_behind_the_last_row_though_one_before_is_gone(people: QuerySet[User]) -> None:
    first = pagination.by_id(people, limit=2)
    first.items[0].delete()
    rest = pagination.by_id(people, after=first.next or "", limit=3)
    assert [row.pk for row in rest.items] == sorted(people.exclude(pk=first.items[1].pk).values_list("pk", flat=True))
    assert rest.next is None


@pytest.mark.parametrize("cursor", ["-1", "٣", "9" * 19, "x"])
def test_a_cursor_that_was_never_given_is_refused(people: QuerySet[User], cursor: str) -> None:
    with pytest.raises(InvalidError, match="从头打开"):
        pagination.by_id(people, after=cursor)
    with pytest.raises(InvalidError, match="从头打开"):
        pagination.by_moment(people, after=cursor, limit=2)
