"""A wrong tap is taken back by a further event; whoever was told is told."""

import uuid

import pytest

from backend.attendance.models import AttendanceEvent
from backend.common import clock
from backend.common.errors import InvalidError, NotFoundError
from backend.people.models import Relative
from notifications.models import Notice
from tests.attendance.door import at, notices, tap, undo
from tests.support.cast import Cast, relative


def test_an_arrival_taken_back_leaves_the_member_awaited(cast: Cast) -> None:
    done = undo(tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer), "08:13", by=cast.carer)
    assert (done.effect, done.status.state, done.status.event, done.status.since) == ("recorded", "waiting", None, None)
    assert notices(cast.mother)[-1] == (2, "更正：志强还没有到阳光家园", "08:12 的“到”点错了，已更正。让您担心了，对不起。")
    assert AttendanceEvent.objects.count() == 2


def test_the_correction_replaces_the_mistake_on_the_phone(cast: Cast) -> None:
    undo(tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer), "08:13", by=cast.carer)
    assert Notice.objects.filter(inbox=cast.mother.pk).values("tag").distinct().count() == 1


def test_a_departure_taken_back_means_still_here(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    wrong = tap(cast.zhiqiang, "departed", "10:00", by=cast.carer, mode="relative")
    done = undo(wrong, "10:01", by=cast.colleague)
    assert (done.status.state, done.status.since) == ("present", at("08:12"))
    assert notices(cast.mother)[-1][1] == "更正：志强还在阳光家园"


def test_past_the_expected_time_the_member_is_missing_again(cast: Cast) -> None:
    done = undo(tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer), "09:00", by=cast.carer)
    assert done.status.state == "missing"


def test_one_of_two_taps_taken_back_changes_nothing(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    second = tap(cast.zhiqiang, "arrived", "08:13", by=cast.colleague)
    assert undo(second, "08:14", by=cast.colleague).effect == "none"
    assert len(notices(cast.mother)) == 1


def test_taking_back_twice_is_told_once(cast: Cast) -> None:
    first = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    undo(first, "08:13", by=cast.carer)
    assert undo(first, "08:14", by=cast.colleague).effect == "none"
    assert len(notices(cast.mother)) == 2


def test_only_who_was_told_is_told_of_the_correction(cast: Cast) -> None:
    wrong = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    Relative.objects.filter(pk=cast.sister_link.pk).update(ended_at=clock.now())
    relative(cast.stranger, cast.zhiqiang, "哥哥")
    undo(wrong, "08:13", by=cast.carer)
    assert len(notices(cast.mother)) == 2
    assert len(notices(cast.sister)) == 1
    assert notices(cast.stranger) == []


def test_what_to_take_back_must_exist_and_be_of_this_member(cast: Cast) -> None:
    other = tap(cast.xiaofang, "arrived", "08:12", by=cast.carer)
    for corrects in (uuid.uuid4(), other.event.id):
        with pytest.raises(NotFoundError):
            tap(cast.zhiqiang, "void", "08:13", by=cast.carer, corrects=corrects)


def test_a_void_cannot_be_taken_back(cast: Cast) -> None:
    void = undo(tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer), "08:13", by=cast.carer)
    with pytest.raises(NotFoundError):
        undo(void, "08:14", by=cast.carer)


def test_a_void_names_what_it_takes_back_and_nothing_else_does(cast: Cast) -> None:
    first = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    with pytest.raises(InvalidError):
        tap(cast.zhiqiang, "void", "08:13", by=cast.carer)
    with pytest.raises(InvalidError):
        tap(cast.zhiqiang, "arrived", "08:13", by=cast.carer, corrects=first.event.id)
