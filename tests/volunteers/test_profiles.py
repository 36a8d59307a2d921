"""A volunteer's facts, given once, and papers that staff look at."""

import datetime as dt

import pytest

from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.volunteers.models import Credential, VolunteerProfile
from backend.volunteers.services import profiles
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.volunteers.steps import ready, told

pytestmark = pytest.mark.usefixtures("morning")

NEXT_YEAR = dt.date(2027, 3, 1)


def paper(cast: Cast) -> Credential:
    return profiles.show_credential(kind="medical", valid_until=NEXT_YEAR, home_id=cast.sunshine.pk, by=ready(cast.volunteer))


def test_given_once_with_the_agreement_and_mended_later(cast: Cast) -> None:
    phone = Phone(cast.volunteer)
    assert phone.get("/api/me/volunteer").json() == {"profile": None}
    assert phone.get("/api/me").json()["volunteer"] is False
    body = {"name": " 徐 明 ", "age_group": "adult", "skills": ["music", "music"], "agree": True}
    shown = phone.put("/api/me/volunteer", body).json()["profile"]
    assert (shown["name"], shown["age_group"], shown["skills"]) == ("徐 明", "adult", ["music"])
    phone.put("/api/me/volunteer", body | {"name": "徐明", "skills": []})
    assert VolunteerProfile.objects.get().name == "徐明"
    assert phone.get("/api/me").json()["volunteer"] is True


@pytest.mark.parametrize(("wrong", "says"), [({"agree": False}, "先读一读"), ({"name": "徐"}, "2 到 40")])
def test_what_is_missing_is_said(cast: Cast, wrong: dict[str, object], says: str) -> None:
    facts: dict[str, object] = {"name": "徐明", "age_group": "adult", "skills": [], "agree": True, **wrong}
    with pytest.raises(InvalidError, match=says):
        profiles.keep_profile(**facts, by=cast.volunteer)  # type: ignore[arg-type]  # a form's worth of facts


def test_staff_see_whose_paper_it_is_and_say_that_it_is_good(cast: Cast) -> None:
    body = {"kind": "medical", "valid_until": NEXT_YEAR.isoformat(), "home": cast.sunshine.pk}
    made = Phone(ready(cast.volunteer)).post("/api/me/credentials", body)
    assert (made.status_code, made.json()["state"]) == (201, "shown")
    staff = Phone(cast.carer)
    [shown] = staff.get(f"/api/homes/{cast.sunshine.pk}/credentials").json()
    assert (shown["name"], shown["credential"]["kind"]) == ("徐明", "medical")
    assert staff.put(f"/api/credentials/{made.json()['id']}/check", {"accepted": True}).status_code == 204
    assert staff.get(f"/api/homes/{cast.sunshine.pk}/credentials").json() == []
    assert told(cast.volunteer) == ["医护证核对好了"]


def test_refused_it_says_why(cast: Cast) -> None:
    made = paper(cast)
    with pytest.raises(InvalidError, match="为什么"):
        profiles.check_credential(credential_id=made.pk, accepted=False, reason="", by=cast.carer)
    profiles.check_credential(credential_id=made.pk, accepted=False, reason="照片看不清", by=cast.carer)
    assert told(cast.volunteer) == ["医护证没有通过"]


def test_only_the_staff_of_that_home_look_at_it_and_nobody_at_their_own(cast: Cast) -> None:
    made = paper(cast)
    own = profiles.show_credential(kind="lawyer", valid_until=NEXT_YEAR, home_id=cast.sunshine.pk, by=cast.carer)
    for credential, by in ((made, cast.autumn_carer), (made, cast.volunteer), (own, cast.carer)):
        with pytest.raises(NotFoundError):
            profiles.check_credential(credential_id=credential.pk, accepted=True, reason="", by=by)


def test_one_that_is_over_or_waits_already_is_refused(cast: Cast) -> None:
    with pytest.raises(InvalidError, match="过期"):
        profiles.show_credential(kind="medical", valid_until=dt.date(2026, 3, 3), home_id=cast.sunshine.pk, by=cast.volunteer)
    paper(cast)
    with pytest.raises(ConflictError, match="正等着"):
        paper(cast)
    with pytest.raises(NotFoundError):
        profiles.show_credential(kind="lawyer", valid_until=NEXT_YEAR, home_id=10**6, by=cast.volunteer)


def test_the_volunteer_takes_it_back(cast: Cast) -> None:
    made = paper(cast)
    with pytest.raises(NotFoundError):
        profiles.withdraw_credential(credential_id=made.pk, by=cast.mother)
    profiles.withdraw_credential(credential_id=made.pk, by=cast.volunteer)
    assert not Credential.objects.exists()
