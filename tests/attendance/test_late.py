"""Taps that were kept on a tablet: late, in pairs, out of order, with a clock that is wrong."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
import time_machine

from backend.attendance import rules
from backend.attendance.models import AttendanceEvent
from backend.attendance.services import door
from backend.attendance.services.door import Tap
from backend.common.errors import InvalidError
from notifications.models import Notice
from tests.attendance.door import DAY, at, notices, tap
from tests.support.cast import Cast

TABLET = uuid.uuid4()


def test_a_late_arrival_says_that_it_is_late(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:31", by=cast.carer)
    assert notices(cast.mother) == [(1, "志强已到阳光家园", "08:12 到（08:31 补发）。陆老师在门口接到。")]


def test_two_minutes_are_not_late(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:14", by=cast.carer)
    assert notices(cast.mother)[0][2] == "08:12，陆老师在门口接到。"


def test_a_stale_pair_is_one_piece_of_news(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", uploaded="17:01", by=cast.carer)
    tap(cast.zhiqiang, "departed", "16:30", uploaded="17:01", by=cast.carer, mode="relative")
    assert notices(cast.mother)[-1][1:] == ("志强已离开阳光家园", "08:12 到，16:30 离开（17:01 补发）。家属来接。")
    assert Notice.objects.filter(inbox=cast.mother.pk).values("tag").distinct().count() == 1


def test_an_arrival_told_in_time_is_not_told_again_with_a_late_departure(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    tap(cast.zhiqiang, "departed", "16:30", uploaded="17:01", by=cast.carer, mode="alone")
    assert notices(cast.mother)[-1][2] == "16:30 离开（17:01 补发）。自己回家。"


def test_a_departure_that_comes_to_light_between_two_arrivals_tells_both_turns(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    assert tap(cast.zhiqiang, "arrived", "10:30", by=cast.colleague).effect == "none"
    done = tap(cast.zhiqiang, "departed", "10:00", uploaded="11:02", by=cast.carer, mode="relative")
    assert (done.status.state, done.status.since) == ("present", at("10:30"))
    assert notices(cast.mother)[-1][1:] == ("志强又到阳光家园", "10:00 离开，10:30 到（11:02 补发）。何老师在门口接到。")


def test_yesterdays_tap_names_its_day(cast: Cast) -> None:
    with time_machine.travel(at("07:50", DAY + dt.timedelta(days=1)), tick=False):
        door.record_tap(
            Tap(id=uuid.uuid4(), member=cast.zhiqiang.id, kind="departed", occurred_at=at("16:30"), mode="alone"), by=cast.carer
        )
    assert notices(cast.mother)[-1][1:] == ("志强3月4日已离开阳光家园", "3月4日 16:30 离开（07:50 补发）。自己回家。")


@pytest.mark.parametrize(
    ("arrived", "kind", "title"),
    [
        (True, "departed", "更正：志强3月4日没有离开阳光家园的记录"),
        (True, "arrived", "更正：志强3月4日已离开阳光家园"),
        (False, "departed", "更正：志强3月4日没有到阳光家园"),
    ],
)
def test_yesterdays_correction_names_its_day_in_the_past(cast: Cast, arrived: bool, kind: str, title: str) -> None:
    """Undone on the tablet in the evening, uploaded the next morning, when the member may be here again."""
    if arrived:
        tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    if kind == "arrived":
        tap(cast.zhiqiang, "departed", "16:00", by=cast.carer)
    wrong = tap(cast.zhiqiang, kind, "16:30", by=cast.carer)
    void = Tap(id=uuid.uuid4(), member=cast.zhiqiang.id, kind="void", occurred_at=at("16:31"), corrects=wrong.event.id)
    with time_machine.travel(at("08:01", DAY + dt.timedelta(days=1)), tick=False):
        door.record_tap(void, by=cast.carer)
    word = "到" if kind == "arrived" else "离开"
    assert notices(cast.mother)[-1][1:] == (title, f"3月4日 16:30 的“{word}”点错了，已更正（08:01 补发）。让您担心了，对不起。")


def test_a_tablet_two_hours_fast_is_believed_only_about_the_time_that_passed(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "10:12", uploaded="08:14", by=cast.carer, sent_at=at("10:14"))
    assert (done.event.occurred_at, done.event.skewed) == (at("08:12"), True)


def test_a_tablet_two_hours_slow_likewise(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "06:12", uploaded="08:14", by=cast.carer, sent_at=at("06:14"))
    assert (done.event.occurred_at, done.event.skewed) == (at("08:12"), True)


def test_a_minute_off_is_nothing(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:14", by=cast.carer, sent_at=at("08:13"))
    assert (done.event.occurred_at, done.event.skewed) == (at("08:12"), False)


@pytest.mark.parametrize(
    ("claimed", "sent"),
    [("2026-03-04T23:00:00+08:00", None), ("1970-01-01T00:00:00+00:00", None), ("1970-01-01T00:00:00+00:00", "2026-03-04T08:14:00+08:00")],
)
def test_a_time_that_cannot_be_is_the_time_we_got_it(claimed: str, sent: str | None) -> None:
    moment = dt.datetime.fromisoformat(claimed)
    reckoned = rules.reckon(claimed=moment, sent=dt.datetime.fromisoformat(sent) if sent else None, recorded=at("08:14"))
    assert reckoned == rules.Reckoned(at("08:14"), skewed=True)


@pytest.mark.parametrize("sent", [None, "08:14"])
def test_what_a_tablet_kept_over_a_long_holiday_is_not_told_as_if_it_happened_now(cast: Cast, sent: str | None) -> None:
    """A tablet that was off for nine days: its clock is right, and what it says is true but old."""
    old = Tap(id=uuid.uuid4(), member=cast.zhiqiang.id, kind="departed", occurred_at=at("16:30", DAY - dt.timedelta(days=9)))
    with time_machine.travel(at("08:14"), tick=False), pytest.raises(InvalidError, match="2月23日 16:30"):
        door.record_tap(replace(old, sent_at=at(sent) if sent else None), by=cast.carer)
    assert notices(cast.mother) == []
    assert not AttendanceEvent.objects.exists()


def test_a_tap_whose_answer_was_lost_is_known_again_however_late_it_is_sent_again(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    again = Tap(id=done.event.id, member=cast.zhiqiang.id, kind="arrived", occurred_at=at("08:12"))
    with time_machine.travel(at("08:14", DAY + dt.timedelta(days=9)), tick=False):
        assert door.record_tap(again, by=cast.carer).repeat


def test_within_a_tablet_the_order_is_its_own_count_whatever_its_clock_did(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", uploaded="08:30", by=cast.carer, device=TABLET, device_seq=1)
    done = tap(cast.zhiqiang, "departed", "08:05", uploaded="08:30", by=cast.carer, device=TABLET, device_seq=2, mode="alone")
    assert (done.status.state, done.event.occurred_at, done.event.skewed) == ("departed", at("08:12"), True)


def test_a_tap_uploaded_after_its_successor_is_put_before_it(cast: Cast) -> None:
    tap(cast.zhiqiang, "departed", "16:30", uploaded="17:00", by=cast.carer, device=TABLET, device_seq=2, mode="alone")
    done = tap(cast.zhiqiang, "arrived", "16:40", uploaded="17:00", by=cast.carer, device=TABLET, device_seq=1)
    assert (done.status.state, done.event.occurred_at) == ("departed", at("16:30"))
