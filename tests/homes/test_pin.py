"""The PIN that changes the teacher at the door."""

import pytest
import time_machine

from backend.homes.models import StaffPost
from tests.support.cast import Cast
from tests.support.phone import Phone

PIN_HASHERS = ["backend.homes.hashers.PinHasher"]


def door(phone: Phone, cast: Cast, pin: str, *, post: StaffPost | None = None) -> tuple[int, str]:
    answer = phone.post(f"/api/homes/{cast.sunshine.pk}/door", {"post": (post or cast.carer_post).pk, "pin": pin})
    return answer.status_code, "" if answer.status_code == 204 else answer.json()["message"]


def test_another_teacher_takes_over_with_their_pin(cast: Cast) -> None:
    assert door(Phone(cast.manager), cast, "0002") == (204, "")


def test_five_wrong_pins_block_the_post_for_five_minutes(cast: Cast, morning: time_machine.Traveller) -> None:
    tablet = Phone(cast.manager)
    assert door(tablet, cast, "9999") == (422, "密码不对，还可以试 4 次。")
    assert [door(tablet, cast, "9999")[0] for _ in range(4)] == [422, 422, 422, 429]
    assert door(tablet, cast, "0002") == (429, "密码输错太多次，请过 6 分钟再试。")
    morning.shift(299)
    assert door(tablet, cast, "0002") == (429, "密码输错太多次，请过 1 分钟再试。")
    assert door(tablet, cast, "0003", post=cast.manager_post)[0] == 204
    morning.shift(1)
    assert door(tablet, cast, "9999")[0] == 422
    assert door(tablet, cast, "0002") == (204, "")


def test_a_right_pin_wipes_the_wrong_ones(cast: Cast) -> None:
    tablet = Phone(cast.manager)
    for _ in range(3):
        assert [door(tablet, cast, pin)[0] for pin in ("9999", "9999", "9999", "9999", "0002")] == [422, 422, 422, 422, 204]


def test_a_post_without_a_pin_says_what_to_do(cast: Cast) -> None:
    assert door(Phone(cast.carer), cast, "", post=cast.colleague_post) == (
        422,
        "这位老师还没有设置门口密码，请先用自己的手机在“我”里设置。",
    )


@pytest.mark.parametrize("who", ["mother", "officer", "autumn_carer", "stranger"])
def test_only_staff_of_the_home_stand_at_its_door(cast: Cast, who: str) -> None:
    assert door(Phone(getattr(cast, who)), cast, "0002")[0] == 404


def test_a_post_of_another_home_does_not_open_this_door(cast: Cast) -> None:
    assert door(Phone(cast.carer), cast, "0013", post=cast.autumn_post)[0] == 404


def test_everybody_sets_their_own(cast: Cast) -> None:
    assert Phone(cast.colleague).put("/api/me/pin", {"post": cast.colleague_post.pk, "pin": "482913"}).status_code == 204
    assert door(Phone(cast.carer), cast, "482913", post=cast.colleague_post) == (204, "")


def test_nobody_sets_anothers(cast: Cast) -> None:
    for who in (cast.manager, cast.mother):
        assert Phone(who).put("/api/me/pin", {"post": cast.colleague_post.pk, "pin": "1234"}).status_code == 404


@pytest.mark.parametrize("pin", ["123", "1234567", "12a4", "１２３４", ""])
def test_a_pin_is_four_to_six_digits(cast: Cast, pin: str) -> None:
    assert Phone(cast.carer).put("/api/me/pin", {"post": cast.carer_post.pk, "pin": pin}).status_code == 422


def test_the_real_hash_is_salted(cast: Cast, settings: object) -> None:
    settings.PASSWORD_HASHERS = PIN_HASHERS  # type: ignore[attr-defined]  # the fixture of pytest-django
    for post, user in ((cast.carer_post, cast.carer), (cast.colleague_post, cast.colleague)):
        Phone(user).put("/api/me/pin", {"post": post.pk, "pin": "4711"})
    first, second = (StaffPost.objects.get(pk=post.pk).pin for post in (cast.carer_post, cast.colleague_post))
    assert first != second
    assert "4711" not in first.split("$")
    assert door(Phone(cast.manager), cast, "4711") == (204, "")
