"""In and out by the code on the tablet."""

import datetime as dt
import uuid

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.records.hours import Kind
from backend.records.models import CheckIn, OfflineCheckIn, ServiceRecord
from backend.records.services import checkins
from tests.attendance.door import DAY, at
from tests.records.day import another_shift, branch, code_at, coming, led, scan, served, visit
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def test_in_and_out_make_a_record_and_say_what_counts(cast: Cast, morning: time_machine.Traveller) -> None:
    signup = coming(visit(cast), cast.volunteer)
    phone, url = Phone(cast.volunteer), f"/api/service-events/{signup.shift.event_id}/check-ins"
    answers = []
    for kind, moment in (("in", "09:02"), ("out", "11:28")):
        morning.move_to(at(moment))
        code = Phone(cast.carer).get(f"/api/service-events/{signup.shift.event_id}/door-codes").json()["codes"][0]
        assert code["qr"].startswith("<svg")
        answer = phone.post(url, {"id": str(uuid.uuid4()), "kind": kind, "code": code["address"]})
        answers.append((answer.status_code, answer.json()["effect"], answer.json()["message"], answer.json()["minutes"]))
    assert answers == [
        (201, "recorded", "09:02 签到了，谢谢您来。", None),
        (201, "recorded", "09:02–11:28 在场，计 2 小时 26 分。", 146),
    ]
    assert list(CheckIn.objects.order_by("at").values_list("kind", "way", "recorded_by")) == [
        ("in", "code", cast.volunteer.pk),
        ("out", "code", cast.volunteer.pk),
    ]


def test_the_same_tap_again_is_answered_the_same(cast: Cast) -> None:
    signup, tap = coming(visit(cast), cast.volunteer), uuid.uuid4()
    first, again = scan(signup, "in", "09:00", tap_id=tap), scan(signup, "in", "09:05", tap_id=tap)
    assert (again.repeat, again.at, again.message) == (True, first.at, first.message)
    assert CheckIn.objects.count() == 1
    with pytest.raises(ConflictError, match="编号已经用过"):
        scan(signup, "out", "09:06", tap_id=tap)


def test_a_second_tap_changes_nothing_and_says_so(cast: Cast) -> None:
    signup = coming(visit(cast), cast.volunteer)
    scan(signup, "in", "09:00")
    assert scan(signup, "in", "09:10").message == "09:00 已经签到了，不用再签。"
    scan(signup, "out", "11:30")
    assert scan(signup, "out", "11:40").message == "11:30 已经签退了，不用再签。"
    assert CheckIn.objects.count() == 2


def test_coming_back_is_a_second_time(cast: Cast) -> None:
    signup = coming(visit(cast), cast.volunteer)
    served(signup, "09:00", "10:00")
    assert served(signup, "10:20", "11:30").reason == "09:00–10:00、10:20–11:30 在场，计 2 小时 10 分。"


def test_one_photographed_two_minutes_ago_is_refused(cast: Cast, morning: time_machine.Traveller) -> None:
    signup = coming(visit(cast), cast.volunteer)
    morning.move_to(at("09:00"))
    photographed = code_at(signup.shift.event, clock.now())
    morning.shift(dt.timedelta(minutes=2))
    answer = Phone(cast.volunteer).post(
        f"/api/service-events/{signup.shift.event_id}/check-ins", {"id": str(uuid.uuid4()), "kind": "in", "code": photographed}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "stale_door_code")
    assert answer.json()["message"] == "这个签到码已经过时，每 30 秒换一个。请到家园平板前重新扫。"
    assert not CheckIn.objects.exists()


def test_one_for_another_visit_is_refused(cast: Cast, morning: time_machine.Traveller) -> None:
    signup, other = coming(visit(cast), cast.volunteer), visit(cast, "理发")
    with pytest.raises(InvalidError, match="另一场活动"):
        scan(signup, "in", "09:00", code=code_at(other.event, at("09:00")))


@pytest.mark.parametrize(("kind", "hhmm", "sentence"), [("in", "07:59", "08:00 起可以签到"), ("in", "11:30", "活动已经结束")])
def test_at_the_wrong_time_it_says_when(cast: Cast, kind: Kind, hhmm: str, sentence: str) -> None:
    with pytest.raises(InvalidError, match=sentence):
        scan(coming(visit(cast), cast.volunteer), kind, hhmm)


def test_going_out_needs_coming_in(cast: Cast) -> None:
    with pytest.raises(ConflictError, match="还没有签到"):
        scan(coming(visit(cast), cast.volunteer), "out", "11:30")


def test_signing_out_is_possible_for_an_hour_after_it(cast: Cast) -> None:
    signup = coming(visit(cast), cast.volunteer)
    scan(signup, "in", "09:00")
    with pytest.raises(InvalidError, match="签退到 12:30 为止"):
        scan(signup, "out", "12:31")
    assert scan(signup, "out", "12:30").minutes == 150


def test_who_did_not_sign_up_or_cancelled_is_told_whom_to_ask(cast: Cast) -> None:
    shift = visit(cast)
    coming(shift, cast.volunteer, status="cancelled")
    for user in (cast.volunteer, cast.stranger):
        with pytest.raises(NotFoundError, match="或问问老师"):
            checkins.check_in(
                event_id=shift.event_id, tap_id=uuid.uuid4(), kind="in", code=code_at(shift.event, at("09:00")), offline=False, by=user
            )


def test_a_visit_that_was_cancelled_takes_nobody_in(cast: Cast) -> None:
    signup = coming(visit(cast, cancelled_at=clock.now()), cast.volunteer)
    with pytest.raises(ConflictError, match="取消了"):
        scan(signup, "in", "09:00")


def test_one_tap_in_and_one_out_do_for_all_of_ones_shifts(cast: Cast) -> None:
    first = visit(cast)
    second = another_shift(first.event, "合唱伴奏", begins=at("10:30"))
    first.ends_at = at("10:30")
    first.save()
    early, late = coming(first, cast.volunteer), coming(second, cast.volunteer)
    scan(early, "in", "09:00")
    done = scan(late, "out", "11:30")
    assert (done.message, done.minutes) == ("2 个岗位，共计 2 小时 30 分。", 150)
    assert dict(ServiceRecord.objects.values_list("signup__shift__title", "minutes")) == {"陪伴散步": 90, "合唱伴奏": 60}


def test_two_visits_at_once_count_once(cast: Cast) -> None:
    one, other = coming(visit(cast), cast.volunteer), coming(visit(cast, "理发", begins="10:00", ends="11:30"), cast.volunteer)
    scan(one, "in", "09:00")
    scan(other, "in", "10:00")
    scan(one, "out", "11:00")
    assert (
        scan(other, "out", "11:30").message
        == "10:00–11:30 在场，扣除同一时间已在别处计的 60 分钟，共 30 分，不到计划 1 小时 30 分的 60%，不计时长。"
    )


def test_the_fourth_time_on_a_day_counts_as_none(cast: Cast) -> None:
    for hour in (9, 10, 11):
        served(coming(visit(cast, begins=f"{hour:02}:00", ends=f"{hour:02}:25"), cast.volunteer), f"{hour:02}:00", f"{hour:02}:25")
    fourth = served(coming(visit(cast, begins="14:00", ends="15:00"), cast.volunteer), "14:00", "15:00")
    assert fourth.reason == "14:00–15:00 在场，一天最多计 3 次进出，多出的 1 次不算，共 0 分，不到计划 1 小时的 60%，不计时长。"
    tomorrow = DAY + dt.timedelta(days=1)
    assert served(coming(visit(cast, on=tomorrow), cast.volunteer), on=tomorrow).minutes == 150


# -- by others --------------------------------------------------------------------------------------
def test_the_coordinator_signs_their_people_in(cast: Cast, morning: time_machine.Traveller) -> None:
    shift, party = visit(cast), branch(cast, members=(cast.volunteer,))
    mine = [coming(shift, cast.volunteer, organisation=party), coming(shift, None, "钱丽", organisation=party)]
    morning.move_to(at("09:00"))
    body = {"kind": "in", "taps": [{"id": str(uuid.uuid4()), "signup": str(signup.pk)} for signup in mine]}
    phone, url = Phone(cast.coordinator), f"/api/service-events/{shift.event_id}/check-ins/people"
    for _ in range(2):
        assert [each["message"] for each in phone.post(url, body).json()] == ["09:00 签到了，谢谢您来。"] * 2
    led(cast.coordinator, "out", "11:30", *mine)
    assert set(ServiceRecord.objects.values_list("name", "minutes")) == {("徐明", 150), ("钱丽", 150)}
    assert set(CheckIn.objects.values_list("way", flat=True)) == {"coordinator"}


def test_nobody_elses_people(cast: Cast) -> None:
    shift, party = visit(cast), branch(cast)
    mine, other = coming(shift, None, "钱丽", organisation=party), coming(shift, cast.volunteer)
    with pytest.raises(NotFoundError):
        led(cast.coordinator, "in", "09:00", mine, other)
    for user in (cast.autumn_carer, cast.mother, cast.volunteer):
        with pytest.raises(NotFoundError):
            led(user, "in", "09:00", mine)
    assert not CheckIn.objects.exists()


def test_staff_sign_anybody_in(cast: Cast) -> None:
    shift = visit(cast)
    one, other = coming(shift, cast.volunteer), coming(shift, None, "钱丽", organisation=branch(cast))
    led(cast.carer, "in", "09:00", one, other)
    scan(one, "out", "11:30")
    assert dict(CheckIn.objects.filter(kind="in").values_list("signup__name", "way")) == {"徐明": "staff", "钱丽": "staff"}


# -- without a network ------------------------------------------------------------------------------
def tapped_offline(cast: Cast, morning: time_machine.Traveller) -> OfflineCheckIn:
    """Scanned at nine without a network, sent at half past."""
    signup = coming(visit(cast), cast.volunteer, organisation=branch(cast, members=(cast.volunteer,)))
    done = scan(signup, "in", "09:30", code=code_at(signup.shift.event, at("09:00")), offline=True)
    assert (done.effect, done.message) == ("claimed", "09:00 的签到收到了，等老师或负责人确认。")
    morning.move_to(at("09:35"))
    return OfflineCheckIn.objects.get()


@pytest.mark.parametrize("role", ["carer", "coordinator"])
def test_what_was_scanned_offline_counts_with_somebodys_yes(cast: Cast, morning: time_machine.Traveller, role: str) -> None:
    offline_tap, leader = tapped_offline(cast, morning), Phone(getattr(cast, role))
    day = leader.get(f"/api/service-events/{offline_tap.event_id}/day").json()
    assert [(row["name"], row["kind"], row["at"]) for row in day["claims"]] == [("徐明", "in", "2026-03-04T01:00:00Z")]
    assert not CheckIn.objects.exists()
    url = f"/api/service-events/check-in-claims/{offline_tap.pk}/answer"
    assert [leader.post(url, {"accept": accept}).status_code for accept in (True, False)] == [204, 204]
    assert list(CheckIn.objects.values_list("kind", "way", "at")) == [("in", "offline", at("09:00"))]
    assert scan(offline_tap.signup, "out", "11:30").message == "09:00–11:30 在场，计 2 小时 30 分。"


def test_a_no_counts_nothing(cast: Cast, morning: time_machine.Traveller) -> None:
    offline_tap = tapped_offline(cast, morning)
    checkins.answer_offline(offline_id=offline_tap.pk, accept=False, by=cast.carer)
    assert not CheckIn.objects.exists()
    with pytest.raises(ConflictError, match="还没有签到"):
        scan(offline_tap.signup, "out", "11:30")


def test_the_yes_may_come_after_the_volunteer_has_gone(cast: Cast, morning: time_machine.Traveller) -> None:
    offline_tap = tapped_offline(cast, morning)
    assert scan(offline_tap.signup, "out", "11:30").minutes == 0
    checkins.answer_offline(offline_id=offline_tap.pk, accept=True, by=cast.carer)
    assert ServiceRecord.objects.get().minutes == 150


def test_nobody_says_yes_to_their_own(cast: Cast, morning: time_machine.Traveller) -> None:
    party = branch(cast)
    signup = coming(visit(cast), cast.coordinator, "赵立新", organisation=party)
    scan(signup, "in", "09:30", code=code_at(signup.shift.event, at("09:00")), offline=True)
    offline_tap = OfflineCheckIn.objects.get()
    with pytest.raises(ConflictError, match="请别的老师或负责人确认"):
        checkins.answer_offline(offline_id=offline_tap.pk, accept=True, by=cast.coordinator)
    for user in (cast.mother, cast.autumn_carer, cast.volunteer):
        with pytest.raises(NotFoundError):
            checkins.answer_offline(offline_id=offline_tap.pk, accept=True, by=user)


def test_nobody_dates_back_by_an_old_code(cast: Cast) -> None:
    signup = coming(visit(cast), cast.volunteer)
    tomorrow = DAY + dt.timedelta(days=1)
    with pytest.raises(InvalidError, match="以前的签到不能补"):
        scan(signup, "in", "08:00", on=tomorrow, code=code_at(signup.shift.event, at("09:00")), offline=True)


def test_offline_or_not_a_fresh_code_counts_at_once(cast: Cast) -> None:
    assert scan(coming(visit(cast), cast.volunteer), "in", "09:00", offline=True).effect == "recorded"


# -- who is in the house ----------------------------------------------------------------------------
def test_the_day_says_who_is_late_here_or_gone(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = visit(cast)
    here, gone = coming(shift, cast.volunteer, companions=2), coming(shift, cast.stranger, "孙海峰")
    coming(shift, None, "周晚")
    scan(here, "in", "09:00")
    served(gone, "09:00", "09:40")
    morning.move_to(at("09:45"))
    found = Phone(cast.carer).get(f"/api/service-events/{shift.event_id}/day").json()
    assert {row["name"]: (row["standing"], row["minutes"], row["companions"]) for row in found["people"]} == {
        "徐明": ("here", None, 2),
        "孙海峰": ("left", 0, 0),
        "周晚": ("overdue", None, 0),
    }
    assert "phone" not in str(found)


def test_the_coordinator_sees_their_own_people_only(cast: Cast) -> None:
    shift = visit(cast)
    coming(shift, cast.volunteer)
    coming(shift, None, "钱丽", organisation=branch(cast))
    found = Phone(cast.coordinator).get(f"/api/service-events/{shift.event_id}/day").json()
    assert [row["name"] for row in found["people"]] == ["钱丽"]


@pytest.mark.parametrize("people", [1, 30])
def test_the_day_costs_the_same_for_one_and_for_thirty(cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    shift, party = visit(cast), branch(cast)
    signups = [coming(shift, None, f"志愿者{n}", organisation=party) for n in range(people)]
    led(cast.carer, "in", "09:00", *signups)
    phone = Phone(cast.carer)
    phone.get(f"/api/service-events/{shift.event_id}/day")
    with django_assert_num_queries(10):
        phone.get(f"/api/service-events/{shift.event_id}/day")
