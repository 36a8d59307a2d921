"""A Home plans a visit, opens it, and keeps its quiet."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.models import ServiceEvent
from backend.visits.services import events, quiet
from backend.visits.services.event_plans import ShiftPlan
from tests.attendance.door import at
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.visits.steps import ENDS, SATURDAY, STARTS, open_shift, open_visit, plan_of, sign
from tests.volunteers.steps import ready

pytestmark = pytest.mark.usefixtures("morning")


def form(cast: Cast, **more: Any) -> dict[str, Any]:
    shifts = [{"title": "陪伴散步", "capacity": 8}, {"title": "量血压", "capacity": 3, "credential": "medical"}]
    times = {"starts_at": STARTS.isoformat(), "ends_at": ENDS.isoformat()}
    return {"id": str(uuid.uuid4()), "home": cast.sunshine.pk, "title": "周六义诊", "kind": "clinic", "shifts": shifts, **times, **more}


def test_a_draft_is_its_homes_own_until_it_is_opened(cast: Cast) -> None:
    body = form(cast, therapy="rehab", contact=cast.carer_post.pk, bring="平底鞋", minimum=4)
    staff, volunteer = Phone(cast.carer), Phone(cast.volunteer)
    made = staff.post("/api/service-events", body)
    assert made.status_code == 201, made.content
    path = f"/api/service-events/{body['id']}"
    assert (made.json()["state"], volunteer.get(path).status_code) == ("draft", 404)
    assert staff.put(f"{path}/opening").json()["state"] == "open"
    shown = volunteer.get(path).json()
    assert (shown["title"], shown["contact"]["title"], shown["capacity"], shown["staff"]) == ("周六义诊", "陆老师", 11, False)
    assert [shift["title"] for shift in shown["shifts"]] == ["陪伴散步", "量血压"]
    assert (dt.datetime.fromisoformat(shown["signup_closes_at"]), dt.datetime.fromisoformat(shown["cancel_until"])) == (
        STARTS,
        STARTS - dt.timedelta(hours=24),
    )


@pytest.mark.parametrize("to", ["2026-02-28", "2027-03-03"])
def test_a_range_turned_round_or_longer_than_a_year_is_refused(cast: Cast, to: str) -> None:
    answer = Phone(cast.volunteer).get(f"/api/service-events?from=2026-03-01&to={to}")
    assert (answer.status_code, answer.json()["message"]) == (422, "请选不超过一年的日期。")
    assert Phone(cast.volunteer).get("/api/service-events?from=2026-03-01&to=2027-03-02").status_code == 200


def test_tapped_twice_it_is_planned_once(cast: Cast) -> None:
    body, phone = form(cast), Phone(cast.carer)
    assert [phone.post("/api/service-events", body).status_code for _ in range(2)] == [201, 200]
    assert phone.post("/api/service-events", body | {"title": "别的"}).status_code == 409


def test_time_moves_it_on(cast: Cast, morning: time_machine.Traveller) -> None:
    shift = open_shift(cast, capacity=1, signup_closes_at=STARTS - dt.timedelta(hours=1))
    event = ServiceEvent.objects.get(pk=shift.event_id)
    assert event.state == "open"
    sign(ready(cast.volunteer), shift)
    event = ServiceEvent.objects.get(pk=event.pk)
    assert event.state == "full"
    states = []
    for moment in (STARTS - dt.timedelta(hours=1), STARTS, ENDS):
        morning.move_to(moment)
        states.append(event.state)
    assert states == ["closed", "running", "done"]


def test_closed_by_hand_it_can_be_opened_again(cast: Cast) -> None:
    event = open_visit(cast)
    assert events.close_event(event_id=event.pk, by=cast.carer).state == "closed"
    assert events.open_event(event_id=event.pk, by=cast.carer).state == "open"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "1 到 40"),
        ({"starts_at": at("07:00")}, "一年以内"),
        ({"ends_at": STARTS}, "晚于开始"),
        ({"signup_closes_at": ENDS}, "截止时间"),
        ({"cancel_until": ENDS}, "截止时间"),
        ({"signup_opens_at": STARTS}, "截止时间"),
        ({"minimum": 9}, "最少 9 人"),
        ({"maximum": 1}, "最多 1 人"),
        ({"shifts": [ShiftPlan(title="早", capacity=1, starts_at=STARTS - dt.timedelta(hours=1))]}, "活动里面"),
    ],
)
def test_what_cannot_be_planned_says_why(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        events.plan_event(event_id=uuid.uuid4(), home_id=cast.sunshine.pk, plan=plan_of(**{"title": "义诊", **wrong}), by=cast.carer)


def test_a_contact_of_another_home_is_not_there(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="老师"):
        events.plan_event(event_id=uuid.uuid4(), home_id=cast.sunshine.pk, plan=plan_of(contact=cast.autumn_post.pk), by=cast.carer)


@pytest.mark.parametrize("who", ["mother", "autumn_carer", "officer", "volunteer", "coordinator"])
def test_only_its_staff_plan(cast: Cast, who: str) -> None:
    with pytest.raises(NotFoundError):
        events.plan_event(event_id=uuid.uuid4(), home_id=cast.sunshine.pk, plan=plan_of(), by=getattr(cast, who))


def test_never_two_visits_at_once(cast: Cast) -> None:
    open_visit(cast)
    with pytest.raises(ConflictError, match="09:00–11:30 已经有“周六义诊与陪伴日”"):
        open_visit(cast, title="演出", starts_at=STARTS + dt.timedelta(hours=2), ends_at=ENDS + dt.timedelta(hours=2))
    open_visit(cast, title="演出", starts_at=ENDS, ends_at=ENDS + dt.timedelta(hours=2))
    open_visit(cast, home=cast.autumn, by=cast.autumn_carer)


def test_no_visit_on_a_day_of_rest(cast: Cast) -> None:
    quiet.black_out(home_id=cast.sunshine.pk, day=SATURDAY, reason="体检", by=cast.carer)
    with pytest.raises(ConflictError, match="3月14日家园谢绝来访（体检）"):
        open_visit(cast)
    for _ in range(2):
        quiet.lift_blackout(home_id=cast.sunshine.pk, day=SATURDAY, by=cast.carer)
    open_visit(cast)


def test_at_most_so_many_visits_a_week_counted_from_monday(cast: Cast) -> None:
    quiet.set_quiet(home_id=cast.sunshine.pk, visits_a_week=1, by=cast.carer)
    first = open_visit(cast)
    day = dt.timedelta(days=1)
    with pytest.raises(ConflictError, match="已经有 1 次来访"):
        open_visit(cast, starts_at=STARTS - 5 * day, ends_at=ENDS - 5 * day)
    open_visit(cast, starts_at=STARTS - 6 * day, ends_at=ENDS - 6 * day)
    events.cancel_event(event_id=first.pk, reason="停电", by=cast.carer)
    open_visit(cast, starts_at=STARTS + day, ends_at=ENDS + day)


def test_the_quiet_is_read_and_set_by_staff(cast: Cast) -> None:
    phone = Phone(cast.carer)
    path = f"/api/homes/{cast.sunshine.pk}"
    assert phone.put(f"{path}/quiet", {"visits_a_week": 2}).json() == {"visits_a_week": 2, "blackout_days": []}
    assert phone.put(f"{path}/blackout-days/2026-03-20", {"reason": "体检"}).status_code == 200
    assert phone.get(f"{path}/quiet").json()["blackout_days"] == [{"date": "2026-03-20", "reason": "体检"}]
    assert phone.put(f"{path}/blackout-days/2026-03-01", {"reason": ""}).status_code == 422


def test_the_home_not_visited_for_longest_comes_first(cast: Cast, morning: time_machine.Traveller) -> None:
    open_visit(cast)
    morning.move_to(ENDS + dt.timedelta(days=1))
    found = Phone(cast.coordinator).get("/api/homes-to-visit").json()
    assert [(each["home"]["name"], each["last"] is None) for each in found] == [("秋阳家园", True), ("阳光家园", False)]
    near = Phone(cast.coordinator).get(f"/api/homes-to-visit?area={cast.sunshine.area_id}").json()
    assert [each["home"]["name"] for each in near] == ["阳光家园"]
