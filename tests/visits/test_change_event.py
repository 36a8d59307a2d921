"""A visit is moved, grows, is copied or called off; whoever comes is told."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine

from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.due import due
from backend.visits.models import GroupBooking, ServiceEvent, Shift
from backend.visits.services import events
from backend.visits.services.event_plans import ShiftPlan
from notifications.models import Notice
from tests.attendance.door import at
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone
from tests.visits.steps import ENDS, SATURDAY, STARTS, counts, hold, open_shift, plan_of, sign
from tests.volunteers.steps import crowd, organisation, ready, told

pytestmark = pytest.mark.usefixtures("morning")

WEEK = dt.timedelta(weeks=1)


def kept(shift: Shift, **more: Any) -> list[ShiftPlan]:
    return [ShiftPlan(id=shift.pk, title=shift.title, **{"capacity": shift.capacity, **more})]


def test_moved_everybody_concerned_is_told_once_and_only_of_what_holds(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    sign(first, shift)
    sign(second, shift)
    told(first)
    for weeks in (1, 2):
        events.change_event(
            event_id=shift.event_id,
            plan=plan_of(shifts=kept(shift), starts_at=STARTS + weeks * WEEK, ends_at=ENDS + weeks * WEEK),
            by=cast.carer,
        )
    assert told(first) == ["报名成功：周六义诊与陪伴日", "活动有变动：周六义诊与陪伴日"]
    assert told(second)[-1] == "活动有变动：周六义诊与陪伴日"
    assert Notice.objects.filter(inbox=first.pk).latest("seq").body.startswith("现在是3月28日 周六 09:00–11:30，阳光家园。")


def test_a_changed_text_is_nobodys_news(cast: Cast) -> None:
    shift = open_shift(cast)
    sign(ready(cast.volunteer), shift)
    events.change_event(event_id=shift.event_id, plan=plan_of(shifts=kept(shift), text="带一把伞"), by=cast.carer)
    assert told(cast.volunteer) == ["报名成功：周六义诊与陪伴日"]


def test_more_places_go_to_those_who_wait(cast: Cast) -> None:
    shift = open_shift(cast, capacity=1)
    for user in crowd(3):
        sign(user, shift)
    events.change_event(event_id=shift.event_id, plan=plan_of(shifts=kept(shift, capacity=3)), by=cast.carer)
    assert counts(shift) == (1, 2, 0)


def test_fewer_places_than_people_are_refused_and_so_is_the_end_of_a_shift_with_names(cast: Cast) -> None:
    shift = open_shift(cast, capacity=2)
    for user in crowd(2):
        sign(user, shift)
    with pytest.raises(ConflictError, match="已经有 2 人"):
        events.change_event(event_id=shift.event_id, plan=plan_of(shifts=kept(shift, capacity=1)), by=cast.carer)
    with pytest.raises(ConflictError, match="已经有人报名"):
        events.change_event(event_id=shift.event_id, plan=plan_of(shifts=[ShiftPlan(title="新的", capacity=3)]), by=cast.carer)
    with pytest.raises(InvalidError, match="刷新"):
        events.change_event(event_id=shift.event_id, plan=plan_of(shifts=[ShiftPlan(id=10**6, title="新的", capacity=3)]), by=cast.carer)


def test_a_shift_without_names_may_go_and_another_come(cast: Cast) -> None:
    shift = open_shift(cast)
    events.change_event(event_id=shift.event_id, plan=plan_of(shifts=[ShiftPlan(title="新的", capacity=3)]), by=cast.carer)
    assert list(Shift.objects.filter(event=shift.event_id).values_list("title", "capacity")) == [("新的", 3)]


def test_moved_a_group_has_its_time_for_names_anew(cast: Cast) -> None:
    shift = open_shift(cast, capacity=5)
    booking = hold(cast.coordinator, organisation("供电所党支部", cast.coordinator), shift, 3)
    plan = plan_of(shifts=kept(shift), starts_at=STARTS + WEEK, ends_at=ENDS + WEEK)
    events.change_event(event_id=shift.event_id, plan=plan, by=cast.carer)
    assert GroupBooking.objects.get(pk=booking.pk).names_due_at == at("18:00", SATURDAY + WEEK - dt.timedelta(days=2))


def test_called_off_everybody_hears_and_nobody_is_offered_a_place(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1)
    first, second = crowd(2)
    sign(first, shift)
    sign(second, shift)
    for _ in range(2):
        events.cancel_event(event_id=shift.event_id, reason="停电", by=cast.carer)
    assert told(first) == ["活动取消了：周六义诊与陪伴日"]
    assert Notice.objects.get(inbox=second.pk, kind="service_change").urgent is False
    shift.refresh_from_db()
    assert (shift.offered, shift.waiting, shift.waitlist_due_at) == (0, 0, None)
    morning.move_to(STARTS)
    pass_by(due, clock.now())
    assert told(second) == ["活动取消了：周六义诊与陪伴日"]


def test_called_off_on_the_day_itself_it_interrupts_at_once(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast)
    sign(ready(cast.volunteer), shift)
    morning.move_to(at("07:30", SATURDAY))
    events.cancel_event(event_id=shift.event_id, reason="停电", by=cast.carer)
    notice = Notice.objects.get(inbox=cast.volunteer.pk)
    assert (notice.urgent, notice.title) == (True, "活动取消了：周六义诊与陪伴日")
    assert notice.body == "原定3月14日 周六 09:00–11:30，阳光家园。原因：停电。"


def test_it_wants_a_reason_and_is_no_longer_possible_when_it_is_over(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast)
    with pytest.raises(InvalidError):
        events.cancel_event(event_id=shift.event_id, reason=" ", by=cast.carer)
    morning.move_to(ENDS)
    with pytest.raises(ConflictError, match="已经结束"):
        events.cancel_event(event_id=shift.event_id, reason="停电", by=cast.carer)


def test_as_last_time_makes_a_draft_at_another_time(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=4, bring="平底鞋")
    morning.move_to(ENDS + dt.timedelta(days=1))
    body = {"id": str(uuid.uuid4()), "starts_at": (STARTS + 4 * WEEK).isoformat()}
    answers = [Phone(cast.carer).post(f"/api/service-events/{shift.event_id}/copies", body) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 200]
    copy = ServiceEvent.objects.get(pk=body["id"])
    assert (copy.state, copy.starts_at, copy.ends_at, copy.bring) == ("draft", STARTS + 4 * WEEK, ENDS + 4 * WEEK, "平底鞋")
    made = copy.shifts.get()
    assert (made.title, made.capacity, made.starts_at, made.taken) == ("陪伴散步", 4, STARTS + 4 * WEEK, 0)


@pytest.mark.parametrize("who", ["mother", "autumn_carer", "officer", "volunteer"])
def test_only_its_staff_change_it(cast: Cast, who: str) -> None:
    shift, by = open_shift(cast), getattr(cast, who)
    with pytest.raises(NotFoundError):
        events.change_event(event_id=shift.event_id, plan=plan_of(shifts=kept(shift)), by=by)
    with pytest.raises(NotFoundError):
        events.cancel_event(event_id=shift.event_id, reason="停电", by=by)
    with pytest.raises(NotFoundError):
        events.copy_event(event_id=shift.event_id, copy_id=uuid.uuid4(), starts_at=STARTS + WEEK, by=by)
