"""After a visit: thanks, thumbs, words, and the letters about what counted."""

import uuid
from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.records.services import afterwards, certificates, corrections, records
from backend.visits.models import Shift
from notifications.models import Notice
from tests.activities.steps import told
from tests.attendance.door import DAY, at
from tests.records.day import branch, coming, scan, served, visit, volunteer
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def shift(cast: Cast, morning: time_machine.Traveller) -> Shift:
    """徐明 and somebody of the branch were there, 孙海峰 did not come. It is the evening."""
    made = visit(cast)
    served(coming(made, cast.volunteer))
    served(coming(made, cast.coordinator, "赵立新", organisation=branch(cast)), left="09:30")
    coming(made, cast.stranger, "孙海峰")
    morning.move_to(at("18:00"))
    return made


def seen(user: User, shift: Shift) -> dict[str, Any]:
    answer = Phone(user).get(f"/api/service-events/{shift.event_id}/afterwards")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_the_home_thanks_all_who_came(cast: Cast, shift: Shift) -> None:
    url = f"/api/service-events/{shift.event_id}/thanks"
    records.finalise_event(event_id=shift.event_id)
    told(cast.volunteer)
    for _ in range(2):
        assert Phone(cast.carer).put(url, {"text": "志强学会了量血压，谢谢大家。"}).status_code == 204
    assert told(cast.volunteer)[-1] == ("阳光家园谢谢您", "志强学会了量血压，谢谢大家。")
    assert "阳光家园谢谢您" not in dict(told(cast.stranger))
    assert Notice.objects.filter(kind="service_thanks").count() == 2
    assert seen(cast.volunteer, shift)["thanks"]["text"] == "志强学会了量血压，谢谢大家。"
    assert Phone(cast.carer).put(url, {"text": "改了"}).status_code == 409


def test_who_is_still_there_is_thanked_and_counted_with_their_companions(cast: Cast, shift: Shift, morning: time_machine.Traveller) -> None:
    scan(coming(shift, cast.sister, "沈秋月", companions=2), "in", "11:00")
    morning.move_to(at("11:20"))
    assert seen(cast.carer, shift)["came"] == 5
    afterwards.thank(event_id=shift.event_id, text="谢谢大家", post=None, by=cast.carer)
    assert told(cast.sister) == [("阳光家园谢谢您", "谢谢大家")]
    assert told(cast.stranger) == []


def test_it_leads_to_what_remains_of_the_visit(cast: Cast, shift: Shift) -> None:
    afterwards.thank(event_id=shift.event_id, text="谢谢大家", post=None, by=cast.carer)
    told(cast.volunteer)
    assert Notice.objects.filter(kind="service_thanks").values_list("link", flat=True)[0] == f"/service/{shift.event_id}/afterwards"


def test_no_surname_goes_out_with_it(cast: Cast, shift: Shift) -> None:
    with pytest.raises(InvalidError, match="请只写小名：志强。"):
        afterwards.thank(event_id=shift.event_id, text="沈志强学会了量血压", post=None, by=cast.carer)


def test_each_is_told_what_they_may_do_there(cast: Cast, shift: Shift) -> None:
    may = {user.name: (seen(user, shift)["staff"], seen(user, shift)["expected"]) for user in (cast.carer, cast.volunteer)}
    assert may == {"陆敏": (True, False), "徐明": (False, True)}


def test_members_say_by_a_thumb_how_it_was_and_volunteers_see_the_numbers(cast: Cast, shift: Shift) -> None:
    for member, liked in ((cast.zhiqiang, True), (cast.xiaofang, False), (cast.xiaodong, True), (cast.xiaodong, None)):
        url = f"/api/service-events/{shift.event_id}/opinions/{member.pk}"
        assert Phone(cast.carer).put(url, {"liked": liked}).status_code == 204
    assert (seen(cast.volunteer, shift)["liked"], seen(cast.volunteer, shift)["disliked"]) == (1, 1)
    with pytest.raises(NotFoundError):
        afterwards.say_opinion(event_id=shift.event_id, member_id=cast.charlie_member.pk, liked=True, by=cast.carer)


def test_what_volunteers_say_the_home_reads(cast: Cast, shift: Shift, morning: time_machine.Traveller) -> None:
    for text in ("很好", "很好，下次多带两个血压计"):
        afterwards.give_feedback(event_id=shift.event_id, again=True, text=text, by=cast.volunteer)
    morning.move_to(at("18:05"))
    afterwards.give_feedback(event_id=shift.event_id, again=False, text="太吵", by=cast.coordinator)
    assert [(row["name"], row["text"]) for row in seen(cast.carer, shift)["feedback"]] == [
        ("徐明", "很好，下次多带两个血压计"),
        ("赵立新", "太吵"),
    ]
    assert [(row["text"], row["mine"]) for row in seen(cast.volunteer, shift)["feedback"]] == [("很好，下次多带两个血压计", True)]
    with pytest.raises(NotFoundError):
        afterwards.give_feedback(event_id=shift.event_id, again=True, text="", by=cast.mother)


def test_nothing_is_said_before_it_begins_or_of_what_was_cancelled(cast: Cast, shift: Shift, morning: time_machine.Traveller) -> None:
    cancelled = visit(cast, cancelled_at=at("08:00"))
    with pytest.raises(ConflictError, match="取消"):
        afterwards.thank(event_id=cancelled.event_id, text="谢谢大家", post=None, by=cast.carer)
    with pytest.raises(InvalidError, match="2 到 200"):
        afterwards.thank(event_id=shift.event_id, text="", post=None, by=cast.carer)
    morning.move_to(at("08:59"))
    for verb in (
        lambda: afterwards.thank(event_id=shift.event_id, text="谢谢大家", post=None, by=cast.carer),
        lambda: afterwards.say_opinion(event_id=shift.event_id, member_id=cast.zhiqiang.pk, liked=True, by=cast.carer),
        lambda: afterwards.give_feedback(event_id=shift.event_id, again=True, text="", by=cast.volunteer),
    ):
        with pytest.raises(ConflictError, match="还没有到那天"):
            verb()


@pytest.mark.parametrize("volunteers", [1, 5])
def test_it_costs_the_same_for_one_and_for_five(
    cast: Cast, morning: time_machine.Traveller, volunteers: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made, users = visit(cast), [cast.volunteer, cast.coordinator, cast.stranger, cast.sister, cast.father]
    for user in users[:volunteers]:
        served(coming(made, user))
    morning.move_to(at("18:00"))
    for user in users[:volunteers]:
        afterwards.give_feedback(event_id=made.event_id, again=True, text="很好", by=user)
    for member in (cast.zhiqiang, cast.xiaofang, cast.xiaodong)[:volunteers]:
        afterwards.say_opinion(event_id=made.event_id, member_id=member.pk, liked=True, by=cast.carer)
    for user, number in ((cast.carer, 11), (cast.volunteer, 11)):
        phone = Phone(user)
        with django_assert_num_queries(number):
            phone.get(f"/api/service-events/{made.event_id}/afterwards")


def test_who_was_not_expected_finds_nothing(cast: Cast, shift: Shift) -> None:
    for user in (cast.mother, cast.autumn_carer, cast.officer):
        assert Phone(user).get(f"/api/service-events/{shift.event_id}/afterwards").status_code == 404


# -- letters ----------------------------------------------------------------------------------------
def test_everybody_is_told_what_counts_once_it_is_finalised(cast: Cast, shift: Shift) -> None:
    records.finalise_event(event_id=shift.event_id)
    assert told(cast.volunteer) == [("周六义诊：记了 2 小时 30 分", "09:00–11:30 在场，计 2 小时 30 分。")]
    assert told(cast.stranger) == [("周六义诊：没有计时长", "没有签到，按没来记，不计时长。")]
    records.finalise_event(event_id=shift.event_id)
    assert Notice.objects.filter(kind="service_record").count() == 3


def test_the_answer_to_a_correction_is_told(cast: Cast, shift: Shift) -> None:
    record = cast.coordinator.service_records.get()
    asked = corrections.ask_correction(
        correction_id=uuid.uuid4(), record_id=record.pk, pairs=[(at("09:00"), at("11:30"))], reason="签早了", by=cast.coordinator
    )
    corrections.answer_correction(correction_id=asked.pk, accept=False, answer="九点半就走了", by=cast.manager)
    assert told(cast.coordinator) == [("周六义诊：更正没有同意", "九点半就走了")]


def test_who_has_a_certificate_that_is_revoked_is_told_why(cast: Cast, shift: Shift) -> None:
    volunteer(cast.volunteer)
    made = certificates.issue(certificate_id=uuid.uuid4(), first=DAY, last=DAY, organisation_id=None, by=cast.volunteer)
    certificates.revoke_certificate(number=made.number, reason="冒用他人名义", by=cast.manager)
    ((title, body),) = told(cast.volunteer)
    assert (title, body) == ("一份志愿服务证明作废了", f"编号 {made.number}，原因：冒用他人名义。可以重新开一份。")
