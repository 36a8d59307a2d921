"""A prepared query finds what the ORM's own would find."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.attendance.models import DayStatus
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.homes.models import StaffPost, running
from backend.people.queries import PLACEMENTS
from tests.support.cast import Cast

pytestmark = pytest.mark.django_db


def test_instances_come_with_what_is_selected_along_and_no_further_query(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = PLACEMENTS.objects(member=cast.zhiqiang.pk, day=clock.today())
        assert [(each.member, each.home) for each in found] == [(cast.zhiqiang, cast.sunshine)]
        assert (found[0].member.name, found[0].starts_on, found[0].ends_on) == (cast.zhiqiang.name, dt.date(2024, 1, 1), None)
    assert len(asked) == 1


def test_another_value_is_another_answer(cast: Cast) -> None:
    posts = CompiledQuery(lambda user, day: StaffPost.objects.filter(running(day), user=user), user=-1, day=dt.date(1, 1, 1))
    today = clock.today()
    assert posts.objects(user=cast.carer.pk, day=today) == [cast.carer_post]
    assert posts.objects(user=cast.manager.pk, day=today) == [cast.manager_post]
    assert posts.objects(user=cast.carer.pk, day=dt.date(2023, 1, 1)) == []
    assert posts.first(user=cast.mother.pk, day=today) is None


def test_an_instance_from_it_can_be_saved(cast: Cast) -> None:
    status = DayStatus.objects.create(home=cast.sunshine, member=cast.zhiqiang, date=clock.today(), state="waiting")
    rows = CompiledQuery(lambda member: DayStatus.objects.filter(member=member), member=-1)
    same = rows.objects(member=cast.zhiqiang.pk)[0]
    same.state = "present"
    same.save(update_fields=["state"])
    status.refresh_from_db()
    assert status.state == "present"
