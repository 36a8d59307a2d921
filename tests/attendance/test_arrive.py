"""A teacher taps an arrival."""

import datetime as dt
import uuid

import pytest

from backend.attendance.models import AttendanceEvent, DayStatus
from backend.attendance.services import door
from backend.attendance.services.door import Tap
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from notifications.models import Delivery, Notice, Topic
from tests.attendance.door import at, notices, tap
from tests.support.cast import Cast


def test_the_event_the_day_and_the_board_change_together(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    assert (done.effect, done.repeat, done.rev) == ("recorded", False, 1)
    assert (done.status.state, done.status.since, done.status.notice) == ("present", at("08:12"), "sent")
    assert done.counts == {"expected": 3, "present": 1, "waiting": 2, "leave": 0, "missing": 0, "departed": 0}
    event = AttendanceEvent.objects.get()
    assert (event.home, event.member, event.recorded_by, event.taken_by) == (cast.sunshine, cast.zhiqiang, cast.carer, cast.carer_post)
    assert (event.occurred_at, event.recorded_at, event.skewed) == (at("08:12"), at("08:12"), False)


def test_every_relative_of_the_member_is_told_in_one_sentence_and_nobody_else(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    sentence = [(1, "志强已到阳光家园", "08:12，陆老师在门口接到。")]
    assert notices(cast.mother) == sentence
    assert notices(cast.sister) == sentence
    assert Notice.objects.count() == 2


def test_the_lock_screen_sentence_holds_no_surname(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    assert not Notice.objects.filter(title__contains="沈").exists()
    assert not Notice.objects.filter(body__contains="沈").exists()


def test_who_stood_at_the_door_is_told_rather_than_whose_tablet_it_is(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, taken_by=cast.colleague_post.id)
    assert done.event.recorded_by == cast.carer
    assert notices(cast.mother)[0][2] == "08:12，何老师在门口接到。"


def test_a_member_not_due_today_counts_once_here(cast: Cast) -> None:
    done = tap(cast.lihua, "arrived", "08:40", by=cast.carer)
    assert done.status.state == "present"
    assert done.counts["expected"] == 4


def test_a_member_whose_family_has_no_phone_is_recorded_without_news(cast: Cast) -> None:
    done = tap(cast.xiaodong, "arrived", "08:20", by=cast.carer)
    assert (done.effect, done.status.notice) == ("recorded", "")
    assert Notice.objects.count() == 0


def test_the_same_tap_again_is_the_same_tap(cast: Cast) -> None:
    tap_id = uuid.uuid4()
    first = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, id=tap_id)
    again = tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:13", by=cast.carer, id=tap_id)
    assert (again.repeat, again.effect, again.rev) == (True, "recorded", first.rev)
    assert AttendanceEvent.objects.count() == 1
    assert len(notices(cast.mother)) == 1


def test_sent_at_may_differ_in_a_repeat(cast: Cast) -> None:
    tap_id = uuid.uuid4()
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, id=tap_id, sent_at=at("08:12"))
    assert tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:14", by=cast.carer, id=tap_id, sent_at=at("08:14")).repeat


def test_the_same_id_for_another_tap_is_refused(cast: Cast) -> None:
    tap_id = uuid.uuid4()
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, id=tap_id)
    with pytest.raises(ConflictError):
        tap(cast.xiaofang, "arrived", "08:12", by=cast.carer, id=tap_id)


def test_a_double_tap_is_recorded_and_told_once(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    second = tap(cast.zhiqiang, "arrived", "08:13", by=cast.carer)
    assert (second.effect, second.status.since) == ("none", at("08:12"))
    assert AttendanceEvent.objects.count() == 2
    assert len(notices(cast.mother)) == 1


def test_another_tablets_earlier_tap_of_the_same_arrival_is_not_told_again(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    late = tap(cast.zhiqiang, "arrived", "08:10", uploaded="08:31", by=cast.colleague)
    assert (late.effect, late.status.since) == ("none", at("08:12"))
    assert len(notices(cast.mother)) == 1


def test_a_member_of_another_home_does_not_exist(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        tap(cast.charlie_member, "arrived", "08:12", by=cast.carer)


@pytest.mark.parametrize("who", ["mother", "volunteer", "officer", "charlie", "autumn_carer", "stranger"])
def test_only_staff_of_the_home_tap(cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        tap(cast.zhiqiang, "arrived", "08:12", by=getattr(cast, who))
    assert AttendanceEvent.objects.count() == 0


def test_the_teacher_at_the_door_is_one_of_the_home(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="哪位老师"):
        tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, taken_by=cast.autumn_post.id)


def test_a_refused_tap_leaves_nothing_behind(cast: Cast) -> None:
    with pytest.raises(InvalidError):
        tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, mode="alone")
    assert not AttendanceEvent.objects.exists()
    assert not Topic.objects.filter(rev__gt=0).exists()
    assert not DayStatus.objects.filter(state="present").exists()
    assert not Delivery.objects.exists()


def test_a_tap_without_a_teacher_named_is_the_senders(cast: Cast) -> None:
    done = door.record_tap(
        Tap(id=uuid.uuid4(), member=cast.zhiqiang.id, kind="arrived", occurred_at=dt.datetime.now(dt.UTC)), by=cast.manager
    )
    assert done.event.taken_by == cast.manager_post
