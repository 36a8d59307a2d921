"""Who may be in a photo: today's first, each with who may see them."""

import pytest
from pytest_django import DjangoAssertNumQueries

from backend.overview import queries
from tests.attendance.door import tap
from tests.moments.steps import agree, says
from tests.support.cast import Cast, member
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def test_those_in_the_house_come_first_with_who_may_see_them(cast: Cast) -> None:
    agree(cast, cast.xiaodong)
    says(cast, cast.zhiqiang, "self", "family", yes=False)
    tap(cast.xiaodong, "arrived", "07:50", by=cast.carer)
    people = Phone(cast.carer).get(f"/api/moments/people?home={cast.sunshine.pk}").json()
    assert [(each["short_name"], each["present"], each["allows"]) for each in people] == [
        ("晓东", True, ["family", "home"]),
        ("志强", False, []),
        ("小芳", False, ["family"]),
        ("丽华", False, ["family"]),
    ]


def test_it_costs_the_same_for_few_and_for_many(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(4):
        queries.people_to_tag(cast.sunshine)
    for number in range(3):
        agree(cast, member(cast.sunshine, f"沈{number}号"))
    with django_assert_num_queries(4):
        queries.people_to_tag(cast.sunshine)
