"""The taps in and out, the minutes they make, and the sentence that says why."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.records.hours import (
    DEFAULT,
    Outcome,
    Rules,
    ShiftTimes,
    Span,
    Tap,
    as_data,
    count_hours,
    pair_taps,
    planned_minutes,
    rules_from_data,
    status,
    why_untimely,
)
from tests.attendance.door import DAY, at

MORNING = ShiftTimes(starts_at=at("09:00"), ends_at=at("11:30"))
WHOLE_DAY = ShiftTimes(starts_at=at("09:00"), ends_at=at("16:00"))


def taps(pattern: str) -> list[Tap]:
    """`"+09:00 -11:30"`: in at nine, out at half past eleven."""
    return [Tap("in" if tap[0] == "+" else "out", at(tap[1:])) for tap in pattern.split()]


def span(times: str) -> Span:
    start, end = times.split("-")
    return Span(at(start), at(end))


PATTERNS = [
    # one time in and out
    ("+09:00 -11:30", MORNING, {}, 150, "09:00–11:30 在场，计 2 小时 30 分。"),
    ("+09:02 -11:28", MORNING, {}, 146, "09:02–11:28 在场，计 2 小时 26 分。"),
    ("-11:28 +09:02", MORNING, {}, 146, "09:02–11:28 在场，计 2 小时 26 分。"),  # came up from the phone in the other order
    # the way there and back, and waiting before and after
    ("+08:40 -12:10", MORNING, {}, 150, "08:40–12:10 在场，早到和晚走的时间不算，计 2 小时 30 分。"),
    # rest
    ("+09:00 -10:00 +10:20 -11:30", MORNING, {}, 130, "09:00–10:00、10:20–11:30 在场，计 2 小时 10 分。"),
    # meals
    ("+09:00 -16:00", WHOLE_DAY, {}, 360, "09:00–16:00 在场，扣除用餐和休息 60 分钟，计 6 小时。"),
    ("+09:00 -11:30 +12:30 -16:00", WHOLE_DAY, {}, 360, "09:00–11:30、12:30–16:00 在场，计 6 小时。"),
    ("+09:00 -12:00 +12:10 -16:00", WHOLE_DAY, {}, 360, "09:00–12:00、12:10–16:00 在场，扣除用餐和休息 50 分钟，计 6 小时。"),
    # under 60 % of the plan
    ("+09:00 -10:30", MORNING, {}, 90, "09:00–10:30 在场，计 1 小时 30 分。"),
    ("+09:00 -10:29", MORNING, {}, 0, "09:00–10:29 在场，共 1 小时 29 分，不到计划 2 小时 30 分的 60%，不计时长。"),
    ("+09:00 -12:36", WHOLE_DAY, {}, 0, "09:00–12:36 在场，扣除用餐和休息 60 分钟，共 2 小时 36 分，不到计划 6 小时的 60%，不计时长。"),
    ("+12:00 -12:30", MORNING, {}, 0, "12:00–12:30 在场，早到和晚走的时间不算，共 0 分，不到计划 2 小时 30 分的 60%，不计时长。"),
    # at most three times a day
    (
        "+09:00 -09:30 +09:35 -10:10 +10:15 -10:50 +10:55 -11:30",
        MORNING,
        {},
        100,
        "09:00–09:30、09:35–10:10、10:15–10:50、10:55–11:30 在场，一天最多计 3 次进出，多出的 1 次不算，计 1 小时 40 分。",
    ),
    ("+09:00 -11:30", MORNING, {"earlier": 2}, 150, "09:00–11:30 在场，计 2 小时 30 分。"),
    (
        "+09:00 -11:30",
        MORNING,
        {"earlier": 3},
        0,
        "09:00–11:30 在场，一天最多计 3 次进出，多出的 1 次不算，共 0 分，不到计划 2 小时 30 分的 60%，不计时长。",
    ),
    # what another record counts already
    (
        "+09:00 -11:30",
        MORNING,
        {"elsewhere": [span("09:00-09:30")]},
        120,
        "09:00–11:30 在场，扣除同一时间已在别处计的 30 分钟，计 2 小时。",
    ),
    # taps that are missing or too many
    ("", MORNING, {}, 0, "没有签到，按没来记，不计时长。"),
    ("-11:30", MORNING, {}, 0, "没有签到，按没来记，不计时长。"),
    ("+09:00", MORNING, {}, 0, "09:00 签到后没有签退，算不出时长，可以申请更正。"),
    ("+09:00 -11:00 +11:10", MORNING, {}, 120, "09:00–11:00 在场，11:10 又签到后没有签退，这一段不算，计 2 小时。"),
    ("+09:00 +09:10 -11:30", MORNING, {}, 150, "09:00–11:30 在场，计 2 小时 30 分。"),
    ("+09:00 -11:10 -11:30", MORNING, {}, 130, "09:00–11:10 在场，计 2 小时 10 分。"),
    ("+09:00 -09:00", MORNING, {}, 0, "09:00–09:00 在场，共 0 分，不到计划 2 小时 30 分的 60%，不计时长。"),
]


@pytest.mark.parametrize(("pattern", "plan", "more", "minutes", "reason"), PATTERNS, ids=[row[0] or "none" for row in PATTERNS])
def test_a_pattern_makes_these_minutes_for_this_reason(
    pattern: str, plan: ShiftTimes, more: dict[str, object], minutes: int, reason: str
) -> None:
    found = count_hours(taps(pattern), plan, **more)  # type: ignore[arg-type] # a table of keyword arguments
    assert (found.minutes, found.reason) == (minutes, reason)


@pytest.mark.parametrize(
    ("pattern", "late", "early", "no_show"),
    [
        ("+09:10 -11:20", 0, 0, False),
        ("+09:11 -11:19", 11, 11, False),
        ("+08:30 -12:00", 0, 0, False),
        ("+09:30 -10:00 +10:30 -11:30", 30, 0, False),
        ("+09:00 -10:00 +10:30", 0, 0, False),  # whether they left early nobody knows
        ("", 0, 0, True),
        ("+09:00", 0, 0, False),
    ],
)
def test_ten_minutes_late_or_early_are_no_matter(pattern: str, late: int, early: int, no_show: bool) -> None:
    found = count_hours(taps(pattern), MORNING)
    assert (found.late, found.early, found.no_show) == (late, early, no_show)


def test_seconds_are_cut_so_that_the_sentence_adds_up() -> None:
    came, left = at("09:02") + dt.timedelta(seconds=59), at("11:28") + dt.timedelta(seconds=1)
    assert count_hours([Tap("in", came), Tap("out", left)], MORNING).minutes == 146


def test_a_shifts_own_break_does_not_count_either() -> None:
    plan = ShiftTimes(starts_at=at("13:00"), ends_at=at("16:00"), pauses=(span("14:00-14:30"),))
    assert (planned_minutes(plan), count_hours(taps("+13:00 -16:00"), plan).minutes) == (150, 150)


def test_another_city_has_other_rules() -> None:
    strict = Rules(least_percent=90, pairs_a_day=1, grace=0, unit=30, meals=())
    assert count_hours(taps("+09:00 -10:00 +10:00 -11:30"), MORNING, strict).minutes == 0
    assert count_hours(taps("+09:01 -11:30"), MORNING, Rules(unit=30)).minutes == 120
    assert count_hours(taps("+09:01 -11:30"), MORNING, strict).late == 1
    assert count_hours(taps("+09:00 -16:00"), WHOLE_DAY, strict).minutes == 420


def test_the_rules_are_kept_as_data() -> None:
    strict = Rules(least_percent=90, meals=((dt.time(12), dt.time(13)), (dt.time(17, 30), dt.time(18))))
    assert rules_from_data(as_data(strict)) == strict
    assert as_data(DEFAULT)["meals"] == [["11:30", "12:30"]]


def test_past_midnight_it_is_still_one_time_in_and_out() -> None:
    night = ShiftTimes(starts_at=at("22:00"), ends_at=at("22:00") + dt.timedelta(hours=4))
    assert count_hours([Tap("in", night.starts_at), Tap("out", night.ends_at)], night).reason == "22:00–02:00 在场，计 4 小时。"


@pytest.mark.parametrize(
    ("pattern", "now", "where"),
    [
        ("", "08:30", "expected"),
        ("", "09:10", "expected"),
        ("", "09:11", "overdue"),
        ("", "11:30", "no_show"),
        ("+09:00", "09:30", "here"),
        ("+09:00 -10:00", "10:30", "left"),
        ("+09:00 -10:00 +10:20", "10:30", "here"),
        ("+09:00", "13:00", "here"),  # a departure is never invented
    ],
)
def test_who_is_in_the_house(pattern: str, now: str, where: str) -> None:
    assert status(taps(pattern), MORNING, at(now)) == where


@pytest.mark.parametrize(
    ("tap", "now", "sentence"),
    [
        ("+08:00", "08:00", ""),
        ("+07:59", "07:59", "还没到签到时间，08:00 起可以签到。"),
        ("+11:29", "11:29", ""),
        ("+11:30", "11:30", "活动已经结束，不能再签到，请在服务记录里申请更正。"),
        ("-12:30", "12:30", ""),
        ("-12:31", "12:31", "签退到 12:30 为止，请在服务记录里申请更正。"),
        ("+09:00", "18:00", ""),  # offline until the evening
        ("+09:03", "09:00", "手机上的时间比现在还晚，请校准手机时间再试。"),
    ],
)
def test_a_tap_has_its_time(tap: str, now: str, sentence: str) -> None:
    assert why_untimely(taps(tap)[0], MORNING, at(now)) == sentence


def test_nobody_dates_back() -> None:
    tomorrow = at("09:00", DAY + dt.timedelta(days=1))
    assert why_untimely(taps("+09:00")[0], MORNING, tomorrow) == "以前的签到不能补，请在服务记录里申请更正。"


MINUTES = st.integers(0, 12 * 60).map(lambda n: at("06:00") + dt.timedelta(minutes=n))


@given(st.lists(st.builds(Tap, st.sampled_from(["in", "out"]), MINUTES), max_size=12), st.integers(0, 3))
def test_whatever_was_tapped_nobody_serves_longer_than_planned_or_than_they_were_there(taps: list[Tap], earlier: int) -> None:
    found: Outcome = count_hours(taps, WHOLE_DAY, earlier=earlier)
    there = sum(((each.end - each.start) // dt.timedelta(minutes=1) for each in pair_taps(taps).spans), start=0)
    assert 0 <= found.minutes <= min(planned_minutes(WHOLE_DAY), there)
    assert found.minutes == 0 or found.minutes * 100 >= DEFAULT.least_percent * planned_minutes(WHOLE_DAY)
    assert found.reason.count("。") == 1
