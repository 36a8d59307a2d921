"""Two teachers change the same member at the same moment: real threads on a real database."""

import datetime as dt
from typing import Any

import pytest

from backend.people.models import WeeklyPattern
from backend.people.services import DayIn, edit_member
from tests.support.cast import make_cast
from tests.support.together import together


@pytest.mark.django_db(transaction=True)
def test_neither_undoes_what_the_other_changed() -> None:
    cast = make_cast()
    for colour in range(8):
        week = [DayIn(day, dt.time(8 + colour), dt.time(17)) for day in range(5)]
        changes: list[dict[str, Any]] = [{"short_name": f"强{colour}"}, {"colour": colour}, {"pattern": week}, {"pattern": week[:2]}]
        together(lambda change: edit_member(member_id=cast.zhiqiang.pk, by=cast.carer, **change), changes)
        cast.zhiqiang.refresh_from_db()
        assert (cast.zhiqiang.short_name, cast.zhiqiang.colour) == (f"强{colour}", colour)
        assert WeeklyPattern.objects.filter(member=cast.zhiqiang, arrives_at=dt.time(8 + colour)).count() in {2, 5}
