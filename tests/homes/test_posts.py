"""Who works at a Home, and the end of that."""

import datetime as dt
import uuid

import pytest
from django.db import transaction

from backend.common import clock
from backend.homes.models import StaffPost
from backend.homes.rules import officer_homes, staff_homes
from notifications import outbox
from notifications.models import Notice
from notifications.sender import Letter
from tests.support.cast import Cast, post
from tests.support.phone import Phone


def test_a_home_shows_itself_to_its_staff_and_its_officers(cast: Cast) -> None:
    for who in (cast.carer, cast.officer):
        answer = Phone(who).get(f"/api/homes/{cast.sunshine.pk}").json()
        assert (answer["name"], answer["phone"], answer["area"]["name"]) == ("阳光家园", "0573-82000001", "南湖区")


@pytest.mark.parametrize("who", ["mother", "volunteer", "charlie", "autumn_carer", "stranger"])
def test_and_to_nobody_else(cast: Cast, who: str) -> None:
    phone = Phone(getattr(cast, who))
    assert phone.get(f"/api/homes/{cast.sunshine.pk}").status_code == 404
    assert phone.get(f"/api/homes/{cast.sunshine.pk}/posts").status_code == 404


def test_the_posts_of_a_home_manager_first(cast: Cast) -> None:
    answer = Phone(cast.carer).get(f"/api/homes/{cast.sunshine.pk}/posts").json()
    assert [(row["title"], row["role"], row["has_pin"]) for row in answer] == [
        ("王院长", "manager", True),
        ("陆老师", "carer", True),
        ("何老师", "carer", False),
    ]
    assert "pin" not in answer[0]


def test_an_officer_sees_the_homes_of_their_areas_and_below(cast: Cast) -> None:
    assert set(officer_homes(cast.officer)) == {cast.sunshine, cast.autumn}
    cast.officer.officer_posts.update(area=cast.sunshine.area)
    assert set(officer_homes(cast.officer)) == {cast.sunshine}
    assert not officer_homes(cast.carer).exists()


def test_a_post_holds_from_its_first_day_to_the_day_before_its_end(cast: Cast) -> None:
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(starts_on=dt.date(2026, 3, 2), ends_on=dt.date(2026, 3, 4))
    held = [staff_homes(cast.carer, dt.date(2026, 3, day)).exists() for day in (1, 2, 3, 4)]
    assert held == [False, True, True, False]


def test_the_manager_ends_a_post_and_that_person_sees_nothing_more(cast: Cast) -> None:
    news = Letter(
        to=cast.carer.pk,
        kind="reply",
        event=uuid.uuid4(),
        thread=f"home:{cast.sunshine.pk}",
        tag="t",
        title="志强姐姐：收到",
        body="",
        link="/",
        at=clock.now(),
    )
    with transaction.atomic():
        outbox.notify([news])

    assert Phone(cast.manager).delete(f"/api/posts/{cast.carer_post.pk}").status_code == 204

    carer = Phone(cast.carer)
    assert carer.get(f"/api/homes/{cast.sunshine.pk}").status_code == 404
    assert carer.get(f"/api/members/{cast.zhiqiang.pk}").status_code == 404
    assert Notice.objects.get().withheld_at is not None


def test_a_carer_ends_nobodys_post(cast: Cast) -> None:
    assert Phone(cast.carer).delete(f"/api/posts/{cast.colleague_post.pk}").status_code == 404
    assert StaffPost.objects.get(pk=cast.colleague_post.pk).ends_on is None


def test_a_manager_of_another_home_finds_no_such_post(cast: Cast) -> None:
    post(cast.stranger, cast.autumn, "院长", role="manager")
    assert Phone(cast.stranger).delete(f"/api/posts/{cast.carer_post.pk}").status_code == 404


def test_nobody_ends_their_own(cast: Cast) -> None:
    assert Phone(cast.manager).delete(f"/api/posts/{cast.manager_post.pk}").status_code == 422


def test_an_ended_post_cannot_be_ended_again(cast: Cast) -> None:
    manager = Phone(cast.manager)
    manager.delete(f"/api/posts/{cast.carer_post.pk}")
    assert manager.delete(f"/api/posts/{cast.carer_post.pk}").status_code == 404
