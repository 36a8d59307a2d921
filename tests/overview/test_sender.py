"""The house answers the questions of notifications."""

import ast
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries

from backend.attendance.due import due
from backend.common import clock
from backend.homes.models import StaffPost
from backend.overview import sender
from notifications.models import Notice
from notifications.sender import SignIn
from tests.attendance.door import DAY, at, notices, tap
from tests.support.cast import Cast
from tests.support.passing import expand_all, pass_by
from tests.support.phone import Phone


@pytest.mark.usefixtures("morning")
def test_staff_listen_to_their_home_and_families_to_nothing(cast: Cast) -> None:
    home = f"home:{cast.sunshine.id}"
    assert list(sender.topics_of([getattr(cast, who).pk for who in ("carer", "manager", "mother", "officer", "charlie")]).values()) == [
        [home],
        [home],
        [],
        [],
        [],
    ]


@pytest.mark.usefixtures("morning")
def test_all_who_are_connected_are_asked_for_at_once(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sign_ins = [SignIn(user.pk, Phone(user).session_key) for user in (cast.carer, cast.manager, cast.mother, cast.officer)]
    topics = {each: sender.topics_of({each.user_id})[each.user_id] for each in sign_ins}
    with django_assert_num_queries(2):
        assert sender.still_signed_in(sign_ins[:1]) == {sign_ins[0]: topics[sign_ins[0]]}
    with django_assert_num_queries(2):
        assert sender.still_signed_in(sign_ins) == topics
    Session.objects.filter(session_key=sign_ins[0].session).delete()
    StaffPost.objects.filter(pk=cast.manager_post.pk).update(ends_on=DAY)
    assert sender.still_signed_in(sign_ins) == {each: [] for each in sign_ins[1:]}


@pytest.mark.usefixtures("morning")
def test_a_teacher_who_left_listens_no_more(cast: Cast) -> None:
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(ends_on=DAY)
    assert sender.topics_of({cast.carer.pk}) == {cast.carer.pk: []}


def test_an_answer_that_changes_the_day_is_written_to_all_staff(cast: Cast, morning: time_machine.Traveller) -> None:
    tap(cast.zhiqiang, "arrived", "07:55", by=cast.carer)
    notice = Notice.objects.get(inbox=cast.mother.pk)
    Phone(cast.mother).post(f"/api/notices/{notice.pk}/replies", {"kind": "i_pick_up"})
    morning.shift(1)
    expand_all()
    for who in (cast.carer, cast.colleague, cast.manager):
        assert notices(who) == [(1, "志强母亲：今天我来接", "")]
    assert notices(cast.autumn_carer) == []


@pytest.mark.django_db
def test_who_was_not_signed_out_is_written_to_the_staff(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    with time_machine.travel(at("18:31"), tick=False):
        pass_by(due, clock.now())
        expand_all()
    assert notices(cast.carer) == [(1, "今天有 1 人没有签离", "志强。请在门口补记几点离开。")]


@pytest.mark.usefixtures("morning")
def test_chunks_of_readers_follow_each_other(cast: Cast) -> None:
    event, topic = uuid.uuid4(), f"home:{cast.sunshine.id}"
    params = {"names": ["志强"], "day": DAY.isoformat()}
    first = sender.expand("unsigned", topic=topic, event=event, params=params, after=0, limit=2)
    rest = sender.expand("unsigned", topic=topic, event=event, params=params, after=first[-1].to, limit=2)
    assert [letter.to for letter in (*first, *rest)] == sorted({cast.carer.pk, cast.colleague.pk, cast.manager.pk})
    assert dt.timedelta(0) <= clock.now() - first[0].at


def announced_kinds() -> Iterator[str]:
    """As the code names them: `announce("wish", …)`, or `outbox.announce(kind="leave", …)`, or `kind=notices.JOINED`."""
    for path in Path(sender.__file__).parent.parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] == "announce":
                given = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "kind")]
                yield from (ast.unparse(kind).rpartition(".")[2].strip("'").lower() for kind in given)


def test_every_kind_that_is_announced_has_its_letters() -> None:
    passed_on = {"kind"}  # what volunteers/services/announcements.py is given
    assert set(announced_kinds()) - passed_on == set(sender.LETTERS)
