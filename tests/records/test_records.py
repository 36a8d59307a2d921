"""Records: final when nobody can sign out any more, summed, corrected only by request."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.records.due import due
from backend.records.models import Certificate, CheckIn, Correction, ServiceRecord
from backend.records.services import certificates, corrections, honours
from backend.records.services import records as records_services
from notifications.models import Notice
from tests.attendance.door import DAY, at
from tests.records.day import branch, coming, scan, served, visit, volunteer
from tests.support.cast import Cast, person, post
from tests.support.passing import expand_all, pass_by
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

PAIRS = [(at("09:00"), at("11:30"))]


def ask(record: ServiceRecord, *, by: Any, pairs: Any = PAIRS, reason: str = "忘了签退", **more: Any) -> Correction:
    return corrections.ask_correction(correction_id=more.get("id") or uuid.uuid4(), record_id=record.pk, pairs=pairs, reason=reason, by=by)


@pytest.fixture
def forgot(cast: Cast, morning: time_machine.Traveller) -> ServiceRecord:
    """徐明 came and forgot to sign out. It is the evening."""
    signup = coming(visit(cast), cast.volunteer)
    scan(signup, "in", "09:00")
    morning.move_to(at("18:00"))
    records_services.finalise_event(event_id=signup.shift.event_id)
    return ServiceRecord.objects.get()


# -- finalised --------------------------------------------------------------------------------------
def test_an_hour_after_the_end_everybody_has_a_record(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = visit(cast)
    served(coming(shift, cast.volunteer))
    scan(coming(shift, cast.stranger, "孙海峰"), "in", "09:00")
    coming(shift, None, "周晚")
    coming(shift, cast.mother, "李秀珍", status="cancelled")
    for hhmm, records in (("12:29", 1), ("12:30", 3)):
        morning.move_to(at(hhmm))
        pass_by(due, at(hhmm))
        assert ServiceRecord.objects.count() == records
    assert dict(ServiceRecord.objects.values_list("name", "reason")) == {
        "徐明": "09:00–11:30 在场，计 2 小时 30 分。",
        "孙海峰": "09:00 签到后没有签退，算不出时长，可以申请更正。",
        "周晚": "没有签到，按没来记，不计时长。",
    }
    assert list(ServiceRecord.objects.filter(no_show=True).values_list("name", flat=True)) == ["周晚"]


def test_a_visit_is_finalised_once_and_one_that_was_cancelled_never(cast: Cast, morning: time_machine.Traveller) -> None:
    coming(visit(cast), cast.volunteer)
    coming(visit(cast, "理发", cancelled_at=at("08:00")), cast.stranger)
    morning.move_to(at("13:00"))
    pass_by(due, at("13:00"))
    assert list(due(at("13:00"))) == []
    assert list(ServiceRecord.objects.values_list("name", flat=True)) == ["徐明"]


# -- read -------------------------------------------------------------------------------------------
def test_ones_own_year_with_its_sums(cast: Cast) -> None:
    party = branch(cast, members=(cast.volunteer,))
    served(coming(visit(cast), cast.volunteer, organisation=party))
    served(coming(visit(cast, "理发", on=dt.date(2025, 11, 5), home=cast.autumn), cast.volunteer), on=dt.date(2025, 11, 5))
    served(coming(visit(cast, "走得早", on=dt.date(2026, 3, 3)), cast.volunteer), left="09:30", on=dt.date(2026, 3, 3))
    found = Phone(cast.volunteer).get("/api/service-records?year=2026").json()
    assert [(row["title"], row["minutes"]) for row in found["items"]] == [("周六义诊", 150), ("走得早", 0)]
    assert found["years"] == [
        {"year": 2026, "minutes": 150, "times": 1, "homes": 1},
        {"year": 2025, "minutes": 150, "times": 1, "homes": 1},
    ]
    assert found["organisations"] == [
        {"organisation": "供电所党支部", "minutes": 150, "times": 1, "homes": 1},
        {"organisation": "", "minutes": 0, "times": 0, "homes": 0},
    ]
    assert Phone(cast.stranger).get("/api/service-records?year=2026").json()["items"] == []


def test_an_organisations_year(cast: Cast) -> None:
    party = branch(cast, members=(cast.volunteer,))
    shift = visit(cast)
    served(coming(shift, cast.volunteer, organisation=party))
    served(coming(shift, cast.coordinator, "赵立新", organisation=party), left="11:00")
    served(coming(shift, cast.stranger, "孙海峰"))
    found = Phone(cast.coordinator).get(f"/api/organisations/{party.pk}/service-records?year=2026").json()
    assert (found["minutes"], found["times"], found["homes"]) == (270, 2, 1)
    assert [(row["name"], row["minutes"]) for row in found["people"]] == [("徐明", 150), ("赵立新", 120)]
    assert [(row["home"], row["people"], row["minutes"]) for row in found["visits"]] == [("阳光家园", 2, 270)]
    assert Phone(cast.volunteer).get(f"/api/organisations/{party.pk}/service-records?year=2026").status_code == 404


@pytest.mark.parametrize("times", [1, 12])
def test_a_year_costs_the_same_for_one_and_for_twelve(cast: Cast, times: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in range(times):
        served(coming(visit(cast, on=DAY + dt.timedelta(days=day)), cast.volunteer), on=DAY + dt.timedelta(days=day))
    phone = Phone(cast.volunteer)
    phone.get("/api/service-records?year=2026")
    with django_assert_num_queries(6):
        phone.get("/api/service-records?year=2026")


def test_it_is_read_page_by_page(cast: Cast) -> None:
    for day in range(3):
        served(coming(visit(cast, on=DAY + dt.timedelta(days=day)), cast.volunteer), on=DAY + dt.timedelta(days=day))
    phone = Phone(cast.volunteer)
    first = phone.get("/api/service-records?year=2026&limit=2").json()
    rest = phone.get(f"/api/service-records?year=2026&limit=2&after={first['next']}").json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]


# -- corrected --------------------------------------------------------------------------------------
def test_with_the_managers_yes_other_times_hold_and_the_taps_stay(cast: Cast, forgot: ServiceRecord) -> None:
    raw = list(CheckIn.objects.values_list("kind", "at"))
    body = {"id": str(uuid.uuid4()), "pairs": [{"start": at("09:00").isoformat(), "end": at("11:20").isoformat()}], "reason": "忘了签退"}
    asking = Phone(cast.volunteer).post(f"/api/service-records/{forgot.pk}/corrections", body)
    assert (asking.status_code, asking.json()["state"]) == (201, "waiting")
    assert Phone(cast.volunteer).get("/api/service-records?year=2026").json()["items"][0]["correcting"]
    manager = Phone(cast.manager)
    waiting = manager.get(f"/api/homes/{cast.sunshine.pk}/corrections").json()
    assert [(row["reason"], row["asked_by"], row["record"]["minutes"]) for row in waiting] == [("忘了签退", "徐明", 0)]
    answer = manager.post(f"/api/service-records/corrections/{body['id']}/answer", {"accept": True})
    assert answer.json()["state"] == "accepted"
    forgot.refresh_from_db()
    assert (forgot.minutes, forgot.reason) == (140, "经申请更正：09:00–11:20 在场，计 2 小时 20 分。")
    assert list(CheckIn.objects.values_list("kind", "at")) == raw
    assert Correction.objects.get().minutes_before == 0


def test_a_no_needs_a_reason_and_changes_nothing(cast: Cast, forgot: ServiceRecord) -> None:
    asked = ask(forgot, by=cast.volunteer)
    with pytest.raises(InvalidError, match="2 到 100"):
        corrections.answer_correction(correction_id=asked.pk, accept=False, answer="", by=cast.manager)
    corrections.answer_correction(correction_id=asked.pk, accept=False, answer="十点就走了", by=cast.manager)
    assert corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=cast.manager).answer == "十点就走了"
    forgot.refresh_from_db()
    assert forgot.minutes == 0
    assert ask(forgot, by=cast.volunteer, reason="真的到十一点").answered_at is None


def test_the_same_request_again_is_the_same(cast: Cast, forgot: ServiceRecord) -> None:
    given = uuid.uuid4()
    assert ask(forgot, by=cast.volunteer, id=given).pk == ask(forgot, by=cast.volunteer, id=given).pk
    with pytest.raises(ConflictError, match="编号已经用过"):
        ask(forgot, by=cast.carer, id=given)


def test_nobody_approves_their_own(cast: Cast, forgot: ServiceRecord) -> None:
    asked = ask(forgot, by=cast.manager)
    with pytest.raises(ConflictError, match="不能批准自己的更正"):
        corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=cast.manager)
    second = person("+8613800000077", "副院长")
    post(second, cast.sunshine, "副院长", role="manager")
    assert corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=second).accepted


def test_who_has_nothing_to_do_with_it_finds_nothing(cast: Cast, forgot: ServiceRecord) -> None:
    asked = ask(forgot, by=cast.volunteer)
    for user in (cast.coordinator, cast.mother, cast.autumn_carer, cast.stranger):
        with pytest.raises(NotFoundError):
            ask(forgot, by=user)
    for user in (cast.volunteer, cast.carer, cast.autumn_carer):
        with pytest.raises(NotFoundError):
            corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=user)


def test_one_at_a_time_in_time_and_after_the_visit(cast: Cast, forgot: ServiceRecord, morning: time_machine.Traveller) -> None:
    ask(forgot, by=cast.volunteer)
    with pytest.raises(ConflictError, match="等答复"):
        ask(forgot, by=cast.carer)
    Correction.objects.update(answered_at=at("18:00"))
    morning.move_to(at("11:00"))
    with pytest.raises(ConflictError, match="还没有结束"):
        ask(forgot, by=cast.volunteer)
    morning.move_to(at("09:00", DAY + dt.timedelta(days=31)))
    with pytest.raises(ConflictError, match="30 天内"):
        ask(forgot, by=cast.volunteer)


WRONG = ("11:30-09:00", "07:59-11:00", "09:00-12:31", "10:00-11:00 09:00-09:30", "09:00-10:30 10:00-11:00", "09:00-09:00")


@pytest.mark.parametrize("times", WRONG)
def test_times_that_cannot_be_are_refused(cast: Cast, forgot: ServiceRecord, times: str) -> None:
    pairs = [tuple(at(moment) for moment in pair.split("-")) for pair in times.split()]
    with pytest.raises(InvalidError, match="08:00 到 12:30"):
        ask(forgot, by=cast.volunteer, pairs=pairs)
    with pytest.raises(InvalidError, match="2 到 100"):
        ask(forgot, by=cast.volunteer, reason=" ")


def test_no_times_at_all_say_that_the_volunteer_was_not_there(cast: Cast, morning: time_machine.Traveller) -> None:
    record = served(coming(visit(cast), cast.volunteer))
    morning.move_to(at("18:00"))
    corrections.answer_correction(
        correction_id=ask(record, by=cast.carer, pairs=[], reason="签错人了").pk, accept=True, answer="", by=cast.manager
    )
    record.refresh_from_db()
    assert (record.minutes, record.no_show) == (0, True)


def test_a_certificate_that_counted_it_is_revoked(cast: Cast, morning: time_machine.Traveller) -> None:
    volunteer(cast.volunteer)
    record = served(coming(visit(cast), cast.volunteer))
    morning.move_to(at("18:00"))
    certificate = certificates.issue(certificate_id=uuid.uuid4(), first=DAY, last=DAY, organisation_id=None, by=cast.volunteer)
    asked = ask(record, by=cast.carer, pairs=[(at("09:00"), at("11:00"))])
    corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=cast.manager)
    certificate.refresh_from_db()
    assert (certificate.revoked_at, certificate.reason) == (at("18:00"), "记录更正了")
    assert Certificate.objects.get().statement["minutes"] == 150


def test_an_honour_is_given_by_the_manager_for_what_counted(cast: Cast, forgot: ServiceRecord) -> None:
    with pytest.raises(ConflictError, match="没有计入时长"):
        honours.give_honour(record_id=forgot.pk, title="季度之星", by=cast.manager)
    with pytest.raises(NotFoundError):
        honours.give_honour(record_id=forgot.pk, title="季度之星", by=cast.carer)


@pytest.fixture
def record(cast: Cast, morning: time_machine.Traveller) -> ServiceRecord:
    """徐明 was there all the time. It is the evening."""
    volunteer(cast.volunteer)
    made = served(coming(visit(cast), cast.volunteer))
    morning.move_to(at("18:00"))
    return made


def test_an_honour_has_a_day_between_the_visit_and_today_and_the_volunteer_is_told(cast: Cast, record: ServiceRecord) -> None:
    body = {"title": "季度之星", "given_on": DAY.isoformat()}
    assert [Phone(cast.manager).post(f"/api/service-records/{record.pk}/honours", body).status_code for _ in range(2)] == [204, 204]
    expand_all()
    shown = Phone(cast.volunteer).get(f"/api/service-records/{record.pk}").json()
    assert [(each["title"], each["given_on"]) for each in shown["honours"]] == [("季度之星", "2026-03-04")]
    titles = Notice.objects.filter(inbox=cast.volunteer.pk, kind="service_honour").values_list("title", flat=True)
    assert list(titles) == ["阳光家园表彰您：季度之星"]
    for day in (DAY - dt.timedelta(days=1), DAY + dt.timedelta(days=1)):
        with pytest.raises(InvalidError, match="服务那天以后"):
            honours.give_honour(record_id=record.pk, title="再来一个", given_on=day, by=cast.manager)


def test_one_given_by_mistake_is_taken_back_unless_a_certificate_says_it(cast: Cast, record: ServiceRecord) -> None:
    given = honours.give_honour(record_id=record.pk, title="季度之星", by=cast.manager)
    for user in (cast.carer, cast.volunteer):
        with pytest.raises(NotFoundError):
            honours.take_back_honour(honour_id=given.pk, by=user)
    certificate = certificates.issue(certificate_id=uuid.uuid4(), first=DAY, last=DAY, organisation_id=None, by=cast.volunteer)
    with pytest.raises(ConflictError, match=f"证明 {certificate.number} 上已经写了"):
        honours.take_back_honour(honour_id=given.pk, by=cast.manager)
    certificates.revoke_certificate(number=certificate.number, reason="表彰写错人了", by=cast.manager)
    honours.take_back_honour(honour_id=given.pk, by=cast.manager)
    again = certificates.issue(certificate_id=uuid.uuid4(), first=DAY, last=DAY, organisation_id=None, by=cast.volunteer)
    assert again.statement["honours"] == []
