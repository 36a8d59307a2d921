"""Two teachers, two tablets, one moment: real threads on a real database."""

import uuid
from collections.abc import Callable

import pytest

from backend.accounts.models import User
from backend.attendance.models import AttendanceEvent, Board, Leave
from backend.attendance.services import door
from backend.attendance.services import leave as leave_services
from backend.attendance.services.door import Tap
from backend.common import clock
from backend.common.errors import ConflictError
from backend.people.models import Member
from notifications import outbox
from notifications.models import Notice
from tests.support.cast import make_cast
from tests.support.together import together

pytestmark = pytest.mark.django_db(transaction=True)

Who = tuple[User, Member]


def arrive(who: Who, tap: uuid.UUID | None = None) -> str:
    by, member = who
    return door.record_tap(Tap(id=tap or uuid.uuid4(), member=member.pk, kind="arrived", occurred_at=clock.now()), by=by).effect


def leave(who: Who, used: uuid.UUID) -> str:
    by, member = who
    leave_services.ask_leave(leave_id=used, member_id=member.pk, day=clock.today(), by=by)
    return "given"


def in_two_homes_at_once(verb: Callable[[Who, uuid.UUID], str], used: uuid.UUID) -> list[str]:
    """Two Homes do not wait for each other's board."""
    cast = make_cast()

    def refused_or_done(who: Who) -> str:
        try:
            return verb(who, used)
        except ConflictError:
            return "refused"

    return sorted(together(refused_or_done, [(cast.carer, cast.zhiqiang), (cast.autumn_carer, cast.charlie_member)]))


def test_the_same_member_is_recorded_twice_and_told_once() -> None:
    cast = make_cast()
    assert sorted(together(arrive, [(cast.carer, cast.zhiqiang), (cast.colleague, cast.zhiqiang)])) == ["none", "recorded"]
    assert AttendanceEvent.objects.count() == 2
    assert Notice.objects.filter(inbox=cast.mother.pk).count() == 1


def test_different_members_get_revisions_without_a_gap() -> None:
    cast = make_cast()
    members = [cast.zhiqiang, cast.xiaofang, cast.xiaodong, cast.lihua]
    assert together(arrive, [(cast.carer, member) for member in members]) == ["recorded"] * 4
    assert outbox.rev(f"home:{cast.sunshine.pk}") == 4
    assert Board.objects.count() == 1


@pytest.mark.parametrize(("verb", "done"), [(arrive, "recorded"), (leave, "given")])
def test_one_id_in_two_homes_is_refused_to_one(verb: Callable[[Who, uuid.UUID], str], done: str) -> None:
    used = uuid.uuid4()
    assert in_two_homes_at_once(verb, used) == [done, "refused"]
    assert AttendanceEvent.objects.filter(pk=used).count() + Leave.objects.filter(pk=used).count() == 1
