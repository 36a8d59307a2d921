"""A QR that binds one phone to one member: made, shown, taken back."""

import re

import pytest
import time_machine
from pytest_django import Settings

from backend.people.models import Invitation, Placement
from tests.people.steps import invite, look
from tests.support.cast import Cast
from tests.support.phone import Phone


def test_staff_make_a_qr(cast: Cast, settings: Settings) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    assert re.fullmatch(rf"{settings.PUBLIC_URL}/i/[\w-]{{22}}", made["url"])
    assert made["qr"].startswith("<svg")
    assert "script" not in made["qr"]


def test_only_a_hash_of_the_token_is_kept(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    row = Invitation.objects.get()
    assert token not in str(Invitation.objects.values())
    assert len(row.token_hash) == 64


def test_the_invited_person_sees_whose_family_it_is_and_nothing_more(cast: Cast) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    answer = look(Phone(cast.stranger), made["token"])
    avatar = {"text": "志", "colour": cast.zhiqiang.colour, "photo": None}
    assert answer.json() == {
        "member": {"short_name": "志强", "avatar": avatar},
        "home": "阳光家园",
        "relation": "哥哥",
        "expires_at": made["expires_at"],
    }


def test_looking_changes_nothing(cast: Cast) -> None:
    """Chat apps fetch links to preview them."""
    token = invite(cast.carer, cast.zhiqiang)["token"]
    for _ in range(2):
        look(Phone(cast.stranger), token)
    assert not cast.stranger.relatives.exists()
    assert Invitation.objects.get().used_at is None


def test_nobody_looks_without_signing_in(cast: Cast) -> None:
    assert look(Phone(), invite(cast.carer, cast.zhiqiang)["token"]).status_code == 401


def test_a_token_nobody_made_is_not_there(cast: Cast) -> None:
    answer = look(Phone(cast.stranger), "A" * 22)
    assert (answer.status_code, answer.json()["message"]) == (404, "这个邀请无效，请让老师再发一个。")


@pytest.mark.parametrize("who", ["mother", "officer", "volunteer", "autumn_carer", "stranger"])
def test_nobody_but_staff_of_the_home_invites(cast: Cast, who: str) -> None:
    answer = Phone(getattr(cast, who)).post(f"/api/members/{cast.zhiqiang.pk}/invitations", {"relation": "哥哥"})
    assert answer.status_code == 404


@pytest.mark.parametrize("relation", ["", "  ", "哥" * 21, "哥\u0000哥"])
def test_the_relation_must_be_a_word(cast: Cast, relation: str) -> None:
    answer = Phone(cast.carer).post(f"/api/members/{cast.zhiqiang.pk}/invitations", {"relation": relation})
    assert answer.status_code == 422


def test_an_invitation_lasts_72_hours(cast: Cast, morning: time_machine.Traveller) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    morning.shift(72 * 3600 - 1)
    assert look(Phone(cast.stranger), token).status_code == 200
    morning.shift(1)
    late = look(Phone(cast.stranger), token)
    assert (late.status_code, late.json()["code"]) == (409, "expired")


def test_staff_take_an_invitation_back(cast: Cast) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    assert Phone(cast.colleague).delete(f"/api/invitations/{made['id']}").status_code == 204
    answer = look(Phone(cast.stranger), made["token"])
    assert (answer.status_code, answer.json()["code"]) == (409, "revoked")


def test_nobody_else_takes_it_back(cast: Cast) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    for who in (cast.mother, cast.autumn_carer, cast.stranger):
        assert Phone(who).delete(f"/api/invitations/{made['id']}").status_code == 404
    assert look(Phone(cast.stranger), made["token"]).status_code == 200


def test_an_invitation_of_a_home_the_member_has_left_binds_nobody(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    Placement.objects.filter(member=cast.zhiqiang).update(home=cast.autumn)
    assert look(Phone(cast.stranger), token).json()["code"] == "revoked"


def test_the_members_page_lists_its_invitations(cast: Cast) -> None:
    invite(cast.carer, cast.zhiqiang)
    invite(cast.carer, cast.zhiqiang, "姨妈")
    states = [(row["relation"], row["state"]) for row in Phone(cast.carer).get(f"/api/members/{cast.zhiqiang.pk}").json()["invitations"]]
    assert states == [("姨妈", "open"), ("哥哥", "open")]
