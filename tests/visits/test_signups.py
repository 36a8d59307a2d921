"""Somebody signs up for a shift: a place, or the end of the waitlist."""

import datetime as dt
import uuid

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.models import Signup
from backend.visits.services import events, signups
from backend.visits.services.event_plans import ShiftPlan
from backend.volunteers.models import Credential
from tests.attendance.door import at
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.visits.steps import SATURDAY, STARTS, counts, open_shift, open_visit, sign
from tests.volunteers.steps import crowd, organisation, ready, told

pytestmark = pytest.mark.usefixtures("morning")


def test_there_is_room_and_the_volunteer_is_told(cast: Cast) -> None:
    shift = open_shift(cast, bring="平底鞋")
    body = {"id": str(uuid.uuid4()), "shift": shift.pk}
    answer = Phone(ready(cast.volunteer)).post(f"/api/service-events/{shift.event_id}/signups", body)
    assert answer.status_code == 201, answer.content
    assert answer.json() == {"id": body["id"], "status": "confirmed", "position": None, "collisions": []}
    assert counts(shift) == (1, 0, 0)
    assert told(cast.volunteer) == ["报名成功：周六义诊与陪伴日"]


def test_when_it_is_full_people_wait_in_order_and_are_told(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    people = crowd(3)
    phones = [Phone(user) for user in people]
    answers = [
        phone.post(f"/api/service-events/{shift.event_id}/signups", {"id": str(uuid.uuid4()), "shift": shift.pk}).json() for phone in phones
    ]
    assert [(answer["status"], answer["position"]) for answer in answers] == [("confirmed", None), ("waitlisted", 1), ("waitlisted", 2)]
    assert counts(shift) == (1, 0, 2)
    assert told(people[2]) == ["已排进候补：周六义诊与陪伴日"]


def test_tapped_twice_it_is_one_sign_up(cast: Cast) -> None:
    shift, phone = open_shift(cast), Phone(ready(cast.volunteer))
    body = {"id": str(uuid.uuid4()), "shift": shift.pk}
    answers = [phone.post(f"/api/service-events/{shift.event_id}/signups", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json() == answers[1].json()
    assert Signup.objects.count() == 1


def test_an_id_used_by_somebody_else_is_refused(cast: Cast) -> None:
    shift, taken = open_shift(cast), uuid.uuid4()
    sign(ready(cast.volunteer), shift, id=taken)
    with pytest.raises(ConflictError, match="编号"):
        sign(ready(cast.mother), shift, id=taken)


def test_companions_take_places_or_wait_together(cast: Cast) -> None:
    shift = open_shift(cast, capacity=3)
    assert sign(ready(cast.volunteer), shift, companions=1).status == "confirmed"
    assert sign(ready(cast.mother), shift, companions=1).status == "waitlisted"
    assert sign(ready(cast.father), shift).status == "waitlisted"  # nobody goes past those who wait already
    assert counts(shift) == (2, 0, 2)


def test_what_overlaps_with_other_sign_ups_is_said(cast: Cast) -> None:
    theirs = open_shift(cast, title="理发", home=cast.autumn, by=cast.autumn_carer)
    sign(ready(cast.volunteer), theirs)
    shift, phone = open_shift(cast), Phone(cast.volunteer)
    seen = phone.get(f"/api/service-events/{shift.event_id}").json()["shifts"][0]["collisions"]
    done = phone.post(f"/api/service-events/{shift.event_id}/signups", {"id": str(uuid.uuid4()), "shift": shift.pk})
    assert (done.status_code, done.json()["collisions"]) == (201, ["09:00–11:30 您还报了秋阳家园的“陪伴散步”。"])
    assert seen == done.json()["collisions"]


@pytest.mark.parametrize(
    ("shift", "code"),
    [
        (ShiftPlan(title="搬菜", capacity=2, minimum_age=18), "too_young"),
        (ShiftPlan(title="理发", capacity=2, skill="haircut"), "skill"),
        (ShiftPlan(title="量血压", capacity=2, credential="medical"), "credential"),
    ],
)
def test_who_is_not_whom_the_shift_asks_for_reads_why(cast: Cast, shift: ShiftPlan, code: str) -> None:
    made = open_visit(cast, shifts=[shift]).shifts.get()
    with pytest.raises(ConflictError) as refusal:
        sign(ready(cast.volunteer, age_group="teen"), made)
    assert refusal.value.code == code


def test_a_paper_that_was_checked_and_holds_that_day_opens_the_shift(cast: Cast) -> None:
    shift = open_visit(cast, shifts=[ShiftPlan(title="量血压", capacity=2, credential="medical")]).shifts.get()
    paper = Credential(user=ready(cast.volunteer), kind="medical", home=cast.sunshine, shown_at=at("07:00"), state="checked")
    paper.valid_until = SATURDAY - dt.timedelta(days=1)
    paper.save()
    with pytest.raises(ConflictError, match="医护证"):
        sign(cast.volunteer, shift)
    paper.valid_until = SATURDAY
    paper.save()
    assert sign(cast.volunteer, shift).status == "confirmed"


def test_events_for_organisations_take_their_people_only(cast: Cast) -> None:
    shift = open_shift(cast, audience="organisations")
    with pytest.raises(ConflictError, match="党组织和单位"):
        sign(ready(cast.volunteer), shift)
    branch = organisation("供电所党支部", cast.coordinator, cast.volunteer)
    assert sign(cast.volunteer, shift).organisation == branch


def test_volunteers_come_only_for_organisations_of_their_own(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator)
    with pytest.raises(NotFoundError):
        sign(ready(cast.volunteer), open_shift(cast), organisation_id=branch.pk)


@pytest.mark.parametrize("audience", ["open", "organisations"])
def test_nobody_comes_for_an_organisation_that_nobody_has_verified(cast: Cast, audience: str) -> None:
    """Else anybody may take a name, and families and certificates read it."""
    made = organisation("组织部", ready(cast.volunteer), verified=False)
    with pytest.raises(ConflictError, match="组织部还没有核实，请先请家园或残联核实一次。"):
        sign(cast.volunteer, open_shift(cast, audience=audience), organisation_id=made.pk)


def test_refusals_say_what_to_do(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, signup_opens_at=at("08:00"), capacity=3)
    with pytest.raises(ConflictError, match="还没开始报名"):
        sign(ready(cast.volunteer), shift)
    morning.move_to(at("08:01"))
    with pytest.raises(ConflictError, match="志愿者信息"):
        sign(cast.stranger, shift)
    with pytest.raises(InvalidError, match="最多带"):
        sign(cast.volunteer, shift, companions=6)
    with pytest.raises(ConflictError, match="一共只要 3 人"):
        sign(cast.volunteer, shift, companions=4)
    sign(cast.volunteer, shift)
    with pytest.raises(ConflictError, match="已经报过"):
        sign(cast.volunteer, shift)
    events.close_event(event_id=shift.event_id, by=cast.carer)
    with pytest.raises(ConflictError, match="截止"):
        sign(ready(cast.mother), shift)
    events.cancel_event(event_id=shift.event_id, reason="停电", by=cast.carer)
    with pytest.raises(ConflictError, match="取消了"):
        sign(cast.mother, shift)


def test_after_it_began_nobody_signs_up(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast)
    morning.move_to(STARTS)
    with pytest.raises(ConflictError, match="截止"):
        sign(ready(cast.volunteer), shift)


def test_a_shift_of_another_event_is_not_there(cast: Cast) -> None:
    shift, other = open_shift(cast), open_shift(cast, home=cast.autumn, by=cast.autumn_carer)
    answer = Phone(ready(cast.volunteer)).post(
        f"/api/service-events/{shift.event_id}/signups", {"id": str(uuid.uuid4()), "shift": other.pk}
    )
    assert answer.status_code == 404


def test_who_cancelled_may_sign_up_again(cast: Cast) -> None:
    shift = open_shift(cast)
    first = sign(ready(cast.volunteer), shift)
    signups.cancel_signup(signup_id=first.pk, event_id=shift.event_id, by=cast.volunteer)
    assert sign(cast.volunteer, shift).status == "confirmed"


def test_it_costs_the_same_for_1_and_200_sign_ups(cast: Cast) -> None:
    """The place in the line is the one statement more."""
    shift, people, costs = open_shift(cast, capacity=20), crowd(200), list[tuple[int | None, int]]()
    for number, user in enumerate(people, 1):
        if number in {1, 21, 200}:
            phone, body = Phone(user), {"id": str(uuid.uuid4()), "shift": shift.pk}
            with CaptureQueriesContext(connection) as queries:
                answer = phone.post(f"/api/service-events/{shift.event_id}/signups", body)
            assert answer.status_code == 201, answer.content
            costs.append((answer.json()["position"], len(queries)))
        else:
            sign(user, shift)
    assert costs == [(None, 12), (1, 13), (180, 13)]
