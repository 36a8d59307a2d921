"""The code on the tablet: another one every half minute, for one event, and worth nothing when photographed."""

import datetime as dt

import pytest
from pytest_django import Settings

from backend.common.errors import InvalidError
from backend.visits import door_codes
from tests.attendance.door import at

NOW = at("09:00")


def later(seconds: float) -> dt.datetime:
    return NOW + dt.timedelta(seconds=seconds)


def accepted(text: str, event: object, now: dt.datetime) -> bool:
    try:
        door_codes.refuse_stale(door_codes.read_code(text, event, now), now)
    except InvalidError:
        return False
    return True


def test_the_tablet_has_the_code_of_now_and_ten_minutes_of_those_that_follow(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://yizhan.example"
    found = door_codes.codes_to_show(12, later(7))
    assert [code.shown_from for code in found] == [later(30 * n) for n in range(20)]
    assert found[0].shown_until == found[1].shown_from
    assert len({code.text for code in found}) == 20
    assert found[0].address == f"https://yizhan.example/v/here/{found[0].text}"


@pytest.mark.parametrize(
    ("seconds", "fine"), [(0, True), (29, True), (59.9, True), (60, False), (120, False), (86_400, False), (-30, True), (-31, False)]
)
def test_it_counts_for_a_minute_after_it_was_first_shown(seconds: float, fine: bool) -> None:
    assert accepted(door_codes.codes_to_show(12, NOW)[0].text, 12, later(seconds)) is fine


def test_one_photographed_two_minutes_ago_is_refused_with_what_to_do() -> None:
    code = door_codes.read_code(door_codes.codes_to_show(12, NOW)[0].text, 12, NOW)
    with pytest.raises(InvalidError, match=r"^这个签到码已经过时，每 30 秒换一个。请到家园平板前重新扫。$"):
        door_codes.refuse_stale(code, later(120))


def test_the_whole_address_is_understood_as_well() -> None:
    code = door_codes.codes_to_show("0190c2f0-0000-7000-8000-000000000001", NOW)[0]
    assert door_codes.read_code(code.address, "0190c2f0-0000-7000-8000-000000000001", NOW) == code


def test_it_is_of_one_event() -> None:
    with pytest.raises(InvalidError, match="另一场活动"):
        door_codes.read_code(door_codes.codes_to_show(12, NOW)[0].text, 13, NOW)


def test_no_character_of_it_can_be_changed() -> None:
    text = door_codes.codes_to_show(12, NOW)[0].text
    forged = [text[:n] + other + text[n + 1 :] for n, own in enumerate(text) for other in "0aZ_" if other != own]
    assert [each for each in forged if accepted(each, 12, NOW)] == []


@pytest.mark.parametrize(
    "text", ["", "12", "12..", "https://elsewhere.example/", "١٢.1.aaaaaaaaaaaaaaaa", "12.9999999999.aaaaaaaaaaaaaaaa"]
)
def test_what_is_no_code_is_called_so(text: str) -> None:
    with pytest.raises(InvalidError, match="请扫平板上的码"):
        door_codes.read_code(text, 12, NOW)


def test_the_greatest_number_is_still_a_refusal() -> None:
    with pytest.raises(InvalidError, match="不是真的"):
        door_codes.read_code("12.999999999.aaaaaaaaaaaaaaaa", 12, NOW)


def test_who_has_no_camera_types_eight_digits() -> None:
    code = door_codes.codes_to_show(12, NOW)[0]
    assert door_codes.read_code(f" {code.digits[:4]} {code.digits[4:]} ", 12, later(45)) == code
    assert accepted(code.digits, 12, later(59))
    assert not accepted(code.digits, 12, later(60))
    assert not accepted(code.digits, 13, NOW)
    with pytest.raises(InvalidError, match="八位数字不对"):
        door_codes.read_code(code.digits, 12, NOW + dt.timedelta(hours=13))


def test_another_server_writes_other_codes(settings: Settings) -> None:
    mine = door_codes.codes_to_show(12, NOW)[0].text
    settings.SECRET_KEY = "another"
    assert not accepted(mine, 12, NOW)
