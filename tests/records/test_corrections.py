"""A record as its people read it: the raw taps, what was asked about it, and what waits for the manager."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.common.errors import ConflictError, NotFoundError, TooManyError
from backend.records.models import ServiceRecord
from backend.records.services import corrections
from backend.records.services import records as records_services
from backend.volunteers.services import organisations
from notifications.models import Notice
from tests.attendance.door import at
from tests.records.day import another_shift, branch, coming, scan, served, visit
from tests.support.cast import Cast, person, post
from tests.support.passing import expand_all
from tests.support.phone import Phone
from tests.volunteers.steps import organisation

pytestmark = pytest.mark.usefixtures("morning")

PAIRS = [(at("09:00"), at("11:20"))]


def ask(record: ServiceRecord, *, by: Any, reason: str = "忘了签退") -> uuid.UUID:
    return corrections.ask_correction(correction_id=uuid.uuid4(), record_id=record.pk, pairs=PAIRS, reason=reason, by=by).pk


@pytest.fixture
def forgot(cast: Cast, morning: time_machine.Traveller) -> ServiceRecord:
    """徐明 came and forgot to sign out. It is the evening."""
    signup = coming(visit(cast), cast.volunteer)
    scan(signup, "in", "09:02")
    morning.move_to(at("18:00"))
    records_services.finalise_event(event_id=signup.shift.event_id)
    return ServiceRecord.objects.get()


def page(user: Any, record: ServiceRecord) -> dict[str, Any]:
    found: dict[str, Any] = Phone(user).get(f"/api/service-records/{record.pk}").json()
    return found


def test_one_reads_ones_taps_and_until_when_one_may_ask(cast: Cast, forgot: ServiceRecord) -> None:
    shown = page(cast.volunteer, forgot)
    assert [(tap["kind"], dt.datetime.fromisoformat(tap["at"]), tap["way"]) for tap in shown["taps"]] == [("in", at("09:02"), "扫码")]
    assert (shown["mine"], shown["manages"], shown["refusal"], shown["until"], shown["most_pairs"]) == (True, False, "", "2026-04-03", 3)
    assert [dt.datetime.fromisoformat(shown[edge]) for edge in ("earliest", "latest")] == [at("08:00"), at("12:30")]
    assert (page(cast.manager, forgot)["mine"], page(cast.manager, forgot)["manages"]) == (False, True)


def test_what_was_asked_and_answered_stays_to_be_read(cast: Cast, forgot: ServiceRecord, morning: time_machine.Traveller) -> None:
    corrections.answer_correction(correction_id=ask(forgot, by=cast.volunteer), accept=False, answer="十点就走了", by=cast.manager)
    morning.move_to(at("18:30"))
    ask(forgot, by=cast.carer, reason="我看着他走的")
    found = [(each["state"], each["reason"], each["answer"], each["mine"]) for each in page(cast.volunteer, forgot)["corrections"]]
    assert found == [("refused", "忘了签退", "十点就走了", True), ("waiting", "我看着他走的", "", False)]


def test_who_comes_for_two_shifts_taps_once_for_both(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = visit(cast)
    first = coming(shift, cast.volunteer)
    coming(another_shift(shift.event, "合唱"), cast.volunteer)
    served(coming(visit(cast, "理发", begins="14:00", ends="15:00"), cast.volunteer), "14:00", "15:00")
    served(first)
    records = ServiceRecord.objects.filter(event=shift.event)
    assert [[tap["kind"] for tap in page(cast.volunteer, each)["taps"]] for each in records] == [["in", "out"]] * 2


def test_out_of_time_it_says_so_before_one_asks(cast: Cast, forgot: ServiceRecord, morning: time_machine.Traveller) -> None:
    morning.move_to(at("09:00", dt.date(2026, 4, 4)))
    assert page(cast.volunteer, forgot)["refusal"] == "更正要在活动后 30 天内申请，这一次已经过了。"


def test_what_one_asked_one_takes_back_while_nobody_has_answered(cast: Cast, forgot: ServiceRecord) -> None:
    asked = ask(forgot, by=cast.volunteer)
    phone = Phone(cast.volunteer)
    assert [phone.delete(f"/api/service-records/corrections/{asked}").status_code for _ in range(2)] == [204, 204]
    assert [each["state"] for each in page(cast.volunteer, forgot)["corrections"]] == ["withdrawn"]
    assert Phone(cast.manager).get(f"/api/homes/{cast.sunshine.pk}/corrections").json() == []
    with pytest.raises(ConflictError, match="已经撤回"):
        corrections.answer_correction(correction_id=asked, accept=True, answer="", by=cast.manager)
    again = ask(forgot, by=cast.volunteer)
    corrections.answer_correction(correction_id=again, accept=True, answer="", by=cast.manager)
    with pytest.raises(ConflictError, match="已经答复"):
        corrections.withdraw_correction(correction_id=again, by=cast.volunteer)
    for user in (cast.carer, cast.manager, cast.stranger):
        with pytest.raises(NotFoundError):
            corrections.withdraw_correction(correction_id=again, by=user)


def test_the_manager_reads_the_old_times_beside_the_new_and_which_are_not_theirs_to_answer(cast: Cast, forgot: ServiceRecord) -> None:
    ask(forgot, by=cast.manager)
    second = person("+8613800000077", "副院长")
    post(second, cast.sunshine, "副院长", role="manager")
    (row,) = Phone(cast.manager).get(f"/api/homes/{cast.sunshine.pk}/corrections").json()
    assert ([tap["kind"] for tap in row["taps"]], row["own"]) == (["in"], True)
    assert [(dt.datetime.fromisoformat(pair["start"]), dt.datetime.fromisoformat(pair["end"])) for pair in row["pairs"]] == PAIRS
    assert (row["minutes"], row["outcome"]) == (140, "09:00–11:20 在场，计 2 小时 20 分。")
    assert Phone(second).get(f"/api/homes/{cast.sunshine.pk}/corrections").json()[0]["own"] is False


def test_what_a_yes_would_make_knows_of_the_other_visits_of_that_day(cast: Cast, morning: time_machine.Traveller) -> None:
    """The volunteer was elsewhere until half past nine: those minutes count there already."""
    first = coming(visit(cast, "早操", begins="08:30", ends="09:30"), cast.volunteer)
    forgotten = coming(visit(cast, "义诊"), cast.volunteer)
    served(first, "08:30", "09:30")
    scan(forgotten, "in", "09:35")
    morning.move_to(at("18:00"))
    records_services.finalise_event(event_id=forgotten.shift.event_id)
    record = ServiceRecord.objects.get(signup=forgotten)
    ask(record, by=cast.volunteer)
    (row,) = Phone(cast.manager).get(f"/api/homes/{cast.sunshine.pk}/corrections").json()
    assert row["outcome"] == "09:00–11:20 在场，扣除同一时间已在别处计的 30 分钟，计 1 小时 50 分。"
    corrections.answer_correction(correction_id=uuid.UUID(row["id"]), accept=True, answer="", by=cast.manager)
    record.refresh_from_db()
    assert (record.minutes, record.reason) == (row["minutes"], f"经申请更正：{row['outcome']}")


def test_what_is_put_right_adds_no_fourth_time_in_and_out_to_a_day(
    cast: Cast, forgot: ServiceRecord, morning: time_machine.Traveller
) -> None:
    """In the evening the volunteer came and went three times."""
    again = coming(visit(cast, "晚间陪伴", begins="18:30", ends="20:30"), cast.volunteer)
    for came, went in (("18:30", "19:00"), ("19:05", "19:40"), ("19:45", "20:30")):
        scan(again, "in", came)
        scan(again, "out", went)
    morning.move_to(at("21:45"))
    records_services.finalise_event(event_id=again.shift.event_id)
    ask(forgot, by=cast.volunteer)
    (row,) = Phone(cast.manager).get(f"/api/homes/{cast.sunshine.pk}/corrections").json()
    corrections.answer_correction(correction_id=uuid.UUID(row["id"]), accept=True, answer="", by=cast.manager)
    forgot.refresh_from_db()
    assert (row["minutes"], forgot.minutes) == (0, 0)
    assert "一天最多计 3 次进出，多出的 1 次不算" in forgot.reason
    assert ServiceRecord.objects.get(signup=again).minutes == 110


@pytest.mark.parametrize("people", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(cast: Cast, people: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    shift, party = visit(cast), branch(cast)
    for number in range(people):
        record = served(coming(shift, person(f"+861370000000{number}", f"志愿者{number}"), organisation=party))
        with time_machine.travel(at("18:00"), tick=False):
            ask(record, by=record.user)
    phone = Phone(cast.manager)
    for path, queries in ((f"/api/homes/{cast.sunshine.pk}/corrections", 8), (f"/api/service-events/{shift.event_id}/service-records", 5)):
        assert len(phone.get(path).json()) == people
        with django_assert_num_queries(queries):
            phone.get(path)


def test_of_an_event_each_reads_what_is_theirs(cast: Cast) -> None:
    party, shift = branch(cast), visit(cast)
    served(coming(shift, cast.volunteer))
    served(coming(shift, cast.coordinator, "赵立新", organisation=party))
    path = f"/api/service-events/{shift.event_id}/service-records"
    names = {user: [row["name"] for row in Phone(user).get(path).json()] for user in (cast.carer, cast.coordinator, cast.volunteer)}
    assert sorted(names[cast.carer]) == ["徐明", "赵立新"]
    assert (names[cast.coordinator], names[cast.volunteer]) == (["赵立新"], ["徐明"])
    assert Phone(cast.stranger).get(path).status_code == 404
    day = Phone(cast.carer).get(f"/api/service-events/{shift.event_id}/day").json()
    assert {each["record"] for each in day["people"]} == set(ServiceRecord.objects.values_list("pk", flat=True))


# -- told -------------------------------------------------------------------------------------------
def told(user: Any) -> list[tuple[str, str]]:
    return list(Notice.objects.filter(inbox=user.pk).order_by("seq").values_list("title", "link"))


def test_the_managers_are_told_who_asks_and_the_asker_what_they_answered(cast: Cast, forgot: ServiceRecord) -> None:
    expand_all()
    assert told(cast.volunteer) == [("周六义诊：没有计时长", f"/service/records/{forgot.pk}")]
    asked = ask(forgot, by=cast.volunteer)
    expand_all()
    assert told(cast.manager) == [("周六义诊：有人申请更正时长", "/service/home/corrections")]
    assert told(cast.carer) == []
    corrections.answer_correction(correction_id=asked, accept=True, answer="", by=cast.manager)
    expand_all()
    assert told(cast.volunteer)[-1] == ("周六义诊：更正同意了", f"/service/records/{forgot.pk}")


def test_nobody_is_told_of_what_was_taken_back_meanwhile(cast: Cast, forgot: ServiceRecord) -> None:
    corrections.withdraw_correction(correction_id=ask(forgot, by=cast.volunteer), by=cast.volunteer)
    expand_all()
    assert told(cast.manager) == []


# -- by which rules -----------------------------------------------------------------------------------
def test_what_was_counted_keeps_its_rules_when_it_is_corrected(cast: Cast, forgot: ServiceRecord) -> None:
    officer = Phone(cast.officer)
    rules = officer.get("/api/service-rules").json()
    assert page(cast.volunteer, forgot)["other_rules"] is False
    officer.put("/api/service-rules", {**rules, "least_percent": 100})
    assert page(cast.volunteer, forgot)["other_rules"] is True
    corrections.answer_correction(correction_id=ask(forgot, by=cast.volunteer), accept=True, answer="", by=cast.manager)
    forgot.refresh_from_db()
    assert (forgot.minutes, forgot.rules["least_percent"]) == (140, 60)


def test_who_is_no_longer_coordinator_is_not_told_the_answer(cast: Cast, forgot: ServiceRecord) -> None:
    other = person("+8613800000078", "钱进")
    party = organisation("供电所党支部", cast.coordinator, other)
    ServiceRecord.objects.update(organisation=party)
    asked = ask(forgot, by=cast.coordinator)
    organisations.set_role(organisation_id=party.pk, user_id=other.pk, role="coordinator", by=cast.coordinator)
    organisations.leave_organisation(organisation_id=party.pk, user_id=cast.coordinator.pk, by=other)
    corrections.answer_correction(correction_id=asked, accept=True, answer="", by=cast.manager)
    expand_all()
    assert told(cast.coordinator) == []
    assert "周六义诊：更正同意了" in dict(told(cast.volunteer))


def test_a_record_is_asked_about_so_often_and_no_oftener(cast: Cast, forgot: ServiceRecord) -> None:
    """Each time the managers' phones ring."""
    for _ in range(5):
        corrections.withdraw_correction(correction_id=ask(forgot, by=cast.volunteer), by=cast.volunteer)
    with pytest.raises(TooManyError, match="请打电话给家园"):
        ask(forgot, by=cast.volunteer)
