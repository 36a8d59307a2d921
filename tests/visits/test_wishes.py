"""微心愿: a Home needs something, an organisation claims it, and the Home fixes the date."""

import datetime as dt
import uuid
from typing import Any

import pytest

from backend.common.errors import ConflictError, NotFoundError
from backend.visits.models import GroupBooking, ServiceEvent, Wish
from backend.visits.services import quiet, requests
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.visits.steps import ENDS, SATURDAY, STARTS
from tests.volunteers.steps import organisation, told

pytestmark = pytest.mark.usefixtures("morning")


def wish(cast: Cast, **more: Any) -> Wish:
    facts: dict[str, Any] = {"title": "想学剪纸", "text": "", "kind": "other", "people": 2, **more}
    return requests.make_wish(wish_id=uuid.uuid4(), home_id=cast.sunshine.pk, by=cast.carer, **facts)[0]


def shown(user: Any) -> list[tuple[str, str]]:
    return [(each["title"], each["state"]) for each in Phone(user).get("/api/wishes").json()]


def test_from_the_wish_to_the_day_with_places_held(cast: Cast) -> None:
    branch, made = organisation("供电所党支部", cast.coordinator), wish(cast)
    assert shown(cast.volunteer) == [("想学剪纸", "open")]
    claim = {"organisation": branch.pk, "suggestion": "下周六上午"}
    for _ in range(2):
        assert Phone(cast.coordinator).put(f"/api/wishes/{made.pk}/claim", claim).status_code == 204
    assert told(cast.carer) == ["供电所党支部认领了：想学剪纸"]
    assert (shown(cast.volunteer), shown(cast.coordinator), shown(cast.carer)) == ([], *[[("想学剪纸", "claimed")]] * 2)
    times = {"starts_at": STARTS.isoformat(), "ends_at": ENDS.isoformat()}
    answer = Phone(cast.carer).post(f"/api/wishes/{made.pk}/date", times)
    assert answer.status_code == 201, answer.content
    event = ServiceEvent.objects.get(pk=answer.json()["id"])
    booking = GroupBooking.objects.get(shift__event=event)
    assert (event.state, event.audience, event.starts_at) == ("full", "organisations", STARTS)
    assert (booking.organisation, booking.held, booking.status) == (branch, 2, "held")
    assert told(cast.coordinator) == ["阳光家园定好日子了：想学剪纸"]
    assert shown(cast.carer) == [("想学剪纸", "fixed")]


def test_of_two_organisations_the_first_has_it_until_it_gives_it_back(cast: Cast) -> None:
    made, first, second = wish(cast), organisation("供电所党支部", cast.coordinator), organisation("乙单位", cast.father)
    requests.claim_wish(wish_id=made.pk, organisation_id=first.pk, suggestion="", by=cast.coordinator)
    with pytest.raises(ConflictError, match="认领了"):
        requests.claim_wish(wish_id=made.pk, organisation_id=second.pk, suggestion="", by=cast.father)
    with pytest.raises(NotFoundError):
        requests.give_back_wish(wish_id=made.pk, by=cast.father)
    requests.give_back_wish(wish_id=made.pk, by=cast.coordinator)
    assert requests.claim_wish(wish_id=made.pk, organisation_id=second.pk, suggestion="", by=cast.father).organisation == second


def test_a_date_that_breaks_the_homes_quiet_is_refused(cast: Cast) -> None:
    made, branch = wish(cast), organisation("供电所党支部", cast.coordinator)
    with pytest.raises(ConflictError, match="还没有人认领"):
        requests.fix_wish(wish_id=made.pk, starts_at=STARTS, ends_at=ENDS, by=cast.carer)
    requests.claim_wish(wish_id=made.pk, organisation_id=branch.pk, suggestion="", by=cast.coordinator)
    quiet.black_out(home_id=cast.sunshine.pk, day=SATURDAY, reason="", by=cast.carer)
    with pytest.raises(ConflictError, match="谢绝来访"):
        requests.fix_wish(wish_id=made.pk, starts_at=STARTS, ends_at=ENDS, by=cast.carer)
    assert requests.fix_wish(
        wish_id=made.pk, starts_at=STARTS + dt.timedelta(days=1), ends_at=ENDS + dt.timedelta(days=1), by=cast.carer
    ).event


def test_what_is_not_needed_any_more_is_withdrawn_and_what_is_fixed_is_not(cast: Cast) -> None:
    gone, made, branch = wish(cast), wish(cast, title="修灯"), organisation("供电所党支部", cast.coordinator)
    for _ in range(2):
        requests.withdraw_wish(wish_id=gone.pk, by=cast.carer)
    assert shown(cast.volunteer) == [("修灯", "open")]
    requests.claim_wish(wish_id=made.pk, organisation_id=branch.pk, suggestion="", by=cast.coordinator)
    requests.fix_wish(wish_id=made.pk, starts_at=STARTS, ends_at=ENDS, by=cast.carer)
    for verb in (requests.withdraw_wish, requests.give_back_wish):
        with pytest.raises(ConflictError, match="取消那次活动"):
            verb(wish_id=made.pk, by=cast.carer)


def test_an_unverified_organisation_claims_nothing(cast: Cast) -> None:
    branch = organisation("供电所党支部", cast.coordinator, verified=False)
    with pytest.raises(ConflictError, match="核实"):
        requests.claim_wish(wish_id=wish(cast).pk, organisation_id=branch.pk, suggestion="", by=cast.coordinator)


def test_tapped_twice_it_is_one_wish(cast: Cast) -> None:
    body = {"id": str(uuid.uuid4()), "home": cast.sunshine.pk, "title": "想学剪纸", "kind": "other"}
    assert [Phone(cast.carer).post("/api/wishes", body).status_code for _ in range(2)] == [201, 200]
    assert Phone(cast.carer).post("/api/wishes", body | {"title": "修灯"}).status_code == 409
    assert Wish.objects.count() == 1
