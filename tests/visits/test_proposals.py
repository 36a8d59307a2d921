"""An organisation proposes a visit; the Home accepts, moves or declines."""

import datetime as dt
import uuid
from typing import Any

import pytest

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.visits.models import GroupBooking, Proposal
from backend.visits.services import requests
from backend.volunteers.models import Organisation
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.visits.steps import ENDS, STARTS, open_visit
from tests.volunteers.steps import organisation, told

pytestmark = pytest.mark.usefixtures("morning")

DAY = dt.timedelta(days=1)


def proposal(cast: Cast, branch: Organisation | None = None, **more: Any) -> Proposal:
    group = branch or organisation("供电所党支部", cast.coordinator)
    facts: dict[str, Any] = {"kind": "other", "title": "检查用电", "text": "", "people": 4, "starts_at": STARTS, "ends_at": ENDS, **more}
    by = facts.pop("by", cast.coordinator)
    return requests.propose(proposal_id=uuid.uuid4(), organisation_id=group.pk, home_id=cast.sunshine.pk, by=by, **facts)[0]


def test_accepted_its_places_are_held(cast: Cast) -> None:
    made = proposal(cast)
    assert told(cast.carer) == ["供电所党支部想来：检查用电"]
    assert Phone(cast.carer).post(f"/api/proposals/{made.pk}/answer", {"answer": "accepted"}).status_code == 204
    assert told(cast.coordinator) == ["阳光家园同意了：检查用电"]
    booking = GroupBooking.objects.get()
    assert (booking.held, booking.shift.event.title, booking.shift.event.starts_at) == (4, "检查用电", STARTS)
    [shown] = Phone(cast.coordinator).get("/api/proposals").json()
    assert (shown["state"], shown["event"], shown["mine"]) == ("accepted", str(booking.shift.event_id), True)


def test_moved_the_organisation_agrees(cast: Cast) -> None:
    made = proposal(cast)
    times = {"starts_at": (STARTS + DAY).isoformat(), "ends_at": (ENDS + DAY).isoformat()}
    answer = Phone(cast.carer).post(f"/api/proposals/{made.pk}/answer", {"answer": "moved", "reason": "周六体检", **times})
    assert answer.status_code == 204, answer.content
    assert told(cast.coordinator) == ["阳光家园建议改个时间：检查用电"]
    assert Phone(cast.coordinator).post(f"/api/proposals/{made.pk}/agreement").status_code == 204
    assert GroupBooking.objects.get().shift.starts_at == STARTS + DAY
    assert told(cast.carer)[-1] == "供电所党支部同意了：检查用电"


def test_declined_with_a_reason(cast: Cast) -> None:
    made = proposal(cast)
    with pytest.raises(InvalidError, match="原因"):
        requests.answer_proposal(proposal_id=made.pk, answer="declined", by=cast.carer)
    requests.answer_proposal(proposal_id=made.pk, answer="declined", reason="那天没有人手", by=cast.carer)
    assert told(cast.coordinator) == ["阳光家园这次不方便：检查用电"]
    with pytest.raises(ConflictError, match="已经答复"):
        requests.answer_proposal(proposal_id=made.pk, answer="accepted", by=cast.carer)


def test_moved_without_a_time_or_accepted_into_another_visit_is_refused(cast: Cast) -> None:
    made = proposal(cast)
    with pytest.raises(InvalidError, match="新的时间"):
        requests.answer_proposal(proposal_id=made.pk, answer="moved", reason="周六体检", by=cast.carer)
    open_visit(cast)
    with pytest.raises(ConflictError, match="错开时间"):
        requests.answer_proposal(proposal_id=made.pk, answer="accepted", by=cast.carer)


def test_withdrawn_before_the_answer(cast: Cast) -> None:
    made = proposal(cast)
    for _ in range(2):
        requests.withdraw_proposal(proposal_id=made.pk, by=cast.coordinator)
    assert told(cast.carer)[-1] == "供电所党支部不来了：检查用电"
    with pytest.raises(ConflictError):
        requests.agree_to_move(proposal_id=made.pk, by=cast.coordinator)
    other = proposal(cast, made.organisation, title="换灯")
    requests.answer_proposal(proposal_id=other.pk, answer="accepted", by=cast.carer)
    with pytest.raises(ConflictError, match="取消占的名额"):
        requests.withdraw_proposal(proposal_id=other.pk, by=cast.coordinator)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": " "}, "1 到 40"),
        ({"people": 0}, "人数"),
        ({"ends_at": STARTS}, "晚于开始"),
        ({"starts_at": STARTS - 90 * DAY}, "一年以内"),
    ],
)
def test_what_cannot_be_proposed_says_why(cast: Cast, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(InvalidError, match=says):
        proposal(cast, **wrong)


def test_only_verified_organisations_coordinators_propose_and_only_its_staff_answer(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator, cast.volunteer)
    with pytest.raises(NotFoundError):
        proposal(cast, branch, by=cast.volunteer)
    made = proposal(cast, branch)
    for by in (cast.coordinator, cast.autumn_carer, cast.officer):
        with pytest.raises(NotFoundError):
            requests.answer_proposal(proposal_id=made.pk, answer="accepted", by=by)
    with pytest.raises(ConflictError, match="核实"):
        proposal(cast, organisation("乙单位", cast.father, verified=False), by=cast.father)


def test_tapped_twice_it_is_one_proposal(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator)
    body = {"id": str(uuid.uuid4()), "organisation": branch.pk, "home": cast.sunshine.pk, "kind": "other", "title": "检查用电"}
    body |= {"people": 4, "starts_at": STARTS.isoformat(), "ends_at": ENDS.isoformat()}
    assert [Phone(cast.coordinator).post("/api/proposals", body).status_code for _ in range(2)] == [201, 200]
    assert Phone(cast.coordinator).post("/api/proposals", body | {"title": "换灯"}).status_code == 409
