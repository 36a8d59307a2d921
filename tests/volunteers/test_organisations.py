"""Organisations: registered, verified once, joined by a link, never without a coordinator."""

import pytest

from backend.common.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from backend.volunteers.models import Organisation
from backend.volunteers.services import organisations
from tests.support.cast import Cast
from tests.support.phone import Phone
from tests.volunteers.steps import organisation, told

pytestmark = pytest.mark.usefixtures("morning")


def test_who_registers_it_coordinates_it_and_once_verified_hears_of_it(cast: Cast) -> None:
    made = Phone(cast.coordinator).post("/api/organisations", {"name": "供电所党支部", "kind": "party"})
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["verified"], shown["role"], shown["people"]) == (False, "coordinator", 1)
    waiting = Phone(cast.manager).get("/api/organisations/unverified").json()
    assert [(each["name"], each["people"]) for each in waiting] == [("供电所党支部", 1)]
    for user in (cast.manager, cast.officer):
        assert Phone(user).post(f"/api/organisations/{shown['id']}/verification").status_code == 204
    assert Organisation.objects.get().verified_by == cast.manager
    assert told(cast.coordinator) == ["供电所党支部核实好了"]
    me = Phone(cast.coordinator).get("/api/me").json()
    assert me["organisations"] == [{"id": shown["id"], "name": "供电所党支部", "kind": "party", "verified": True, "role": "coordinator"}]


def test_a_name_stands_for_one(cast: Cast) -> None:
    organisation("供电所党支部", cast.coordinator)
    with pytest.raises(ConflictError, match="已经登记过"):
        organisations.create_organisation(name=" 供电所党支部 ", kind="party", by=cast.volunteer)


def test_nobody_fills_the_managers_list_with_names(cast: Cast) -> None:
    """Three that wait; a verified one makes room."""
    made = [organisations.create_organisation(name=f"第{number}支部", kind="party", by=cast.volunteer) for number in range(3)]
    with pytest.raises(TooManyError, match="先请家园或残联核实"):
        organisations.create_organisation(name="第九支部", kind="party", by=cast.volunteer)
    organisations.verify_organisation(organisation_id=made[0].pk, by=cast.manager)
    organisations.create_organisation(name="第九支部", kind="party", by=cast.volunteer)


@pytest.mark.parametrize("who", ["carer", "volunteer", "coordinator", "mother"])
def test_only_managers_and_officers_verify(cast: Cast, who: str) -> None:
    made = organisation("供电所党支部", cast.coordinator, verified=False)
    with pytest.raises(NotFoundError):
        organisations.verify_organisation(organisation_id=made.pk, by=getattr(cast, who))


def test_colleagues_join_by_the_link_until_it_is_renewed(cast: Cast) -> None:
    made = organisation("供电所党支部", cast.coordinator)
    coordinator, path = Phone(cast.coordinator), f"/api/organisations/{made.pk}"
    shown = coordinator.get(path).json()
    assert shown["qr"].startswith("<svg ")
    token = shown["link"].rpartition("/")[2]
    assert Phone(cast.volunteer).get(f"/api/organisations/link/{token}").json()["member"] is False
    for _ in range(2):
        assert Phone(cast.volunteer).post(f"/api/organisations/link/{token}/members").json()["member"] is True
    assert [(each["name"], each["role"], each["ready"]) for each in coordinator.get(path).json()["members"]] == [
        ("赵立新", "coordinator", True),
        ("徐明", "member", False),
    ]
    member = Phone(cast.volunteer).get(path).json()
    assert (member["members"], member["link"], member["qr"]) == ([], None, None)
    coordinator.post(f"{path}/link")
    assert Phone(cast.mother).post(f"/api/organisations/link/{token}/members").status_code == 404


def test_a_coordinator_leaves_only_when_there_is_another(cast: Cast) -> None:
    made = organisation("供电所党支部", cast.coordinator, cast.volunteer)
    with pytest.raises(InvalidError, match="另一位"):
        organisations.leave_organisation(organisation_id=made.pk, user_id=cast.coordinator.pk, by=cast.coordinator)
    with pytest.raises(InvalidError, match="另一位"):
        organisations.set_role(organisation_id=made.pk, user_id=cast.coordinator.pk, role="member", by=cast.coordinator)
    organisations.set_role(organisation_id=made.pk, user_id=cast.volunteer.pk, role="coordinator", by=cast.coordinator)
    organisations.leave_organisation(organisation_id=made.pk, user_id=cast.coordinator.pk, by=cast.coordinator)
    assert Phone(cast.coordinator).get(f"/api/organisations/{made.pk}").status_code == 404
    assert Phone(cast.volunteer).get(f"/api/organisations/{made.pk}").json()["people"] == 1


def test_members_leave_and_are_let_go_by_coordinators_only(cast: Cast) -> None:
    made = organisation("供电所党支部", cast.coordinator, cast.volunteer, cast.father)
    with pytest.raises(NotFoundError):
        organisations.leave_organisation(organisation_id=made.pk, user_id=cast.father.pk, by=cast.volunteer)
    organisations.leave_organisation(organisation_id=made.pk, user_id=cast.volunteer.pk, by=cast.volunteer)
    organisations.leave_organisation(organisation_id=made.pk, user_id=cast.father.pk, by=cast.coordinator)
    with pytest.raises(NotFoundError):
        organisations.leave_organisation(organisation_id=made.pk, user_id=cast.father.pk, by=cast.coordinator)
