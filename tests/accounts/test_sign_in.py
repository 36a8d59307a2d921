"""A phone number and a code: the one way in."""

import json
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from backend.accounts.models import CodeRequest, Device, User
from tests.accounts.steps import BASE, CODE, IPHONE, ask, confirm, sign_in
from tests.support.cast import Cast
from tests.support.phone import Phone

UNKNOWN = "13911112222"


def test_a_known_number_is_signed_in_with_its_code(cast: Cast) -> None:
    phone = Phone()
    asked = ask(phone, "13800000001")
    assert asked.status_code == 401
    assert {"id": "login_by_code", "is_pending": True} in asked.json()["data"]["flows"]

    done = confirm(phone, HTTP_USER_AGENT=IPHONE)

    assert done.status_code == 200
    assert done.json()["data"]["user"]["id"] == cast.mother.pk
    device = Device.objects.get(user=cast.mother)
    assert (device.label, device.session_key, device.held_at) == ("iPhone · Safari", phone.session_key, None)


def test_an_unknown_number_becomes_a_person_once_its_code_comes_back(db: None) -> None:
    phone = Phone()
    ask(phone, UNKNOWN)
    assert User.objects.get(phone=f"+86{UNKNOWN}").provisional

    assert confirm(phone).status_code == 200

    user = User.objects.get(phone=f"+86{UNKNOWN}")
    assert (user.provisional, user.confirmed_at is not None, user.seen_at is not None) == (False, True, True)


@pytest.mark.parametrize("typed", ["138 0000 0001", "+8613800000001", "86 138-0000-0001", "1380000 0001", "１３８０００００００１"])
def test_a_number_may_be_typed_as_people_type_it(cast: Cast, typed: str) -> None:
    phone = Phone()
    assert ask(phone, typed).status_code == 401
    assert confirm(phone).json()["data"]["user"]["id"] == cast.mother.pk


@pytest.mark.parametrize(
    "typed",
    ["", "1380000000", "138000000011", "23800000001", "+4915112345678", "志强", None, 5, ["13800000001"], {"a": 1}, "1380000000\u0661"],
)
def test_what_is_no_mobile_number_is_refused_with_a_sentence(db: None, typed: object) -> None:
    answer = ask(Phone(), typed)
    assert answer.status_code == 400
    assert answer.json()["message"] == "请输入 11 位手机号。"
    assert answer.json()["fields"] == {"phone": "请输入 11 位手机号。"}
    assert not User.objects.exists()


def test_a_wrong_code_is_refused_and_the_right_one_still_counts(cast: Cast) -> None:
    phone = Phone()
    ask(phone, "13800000001")
    wrong = confirm(phone, "000000")
    assert (wrong.status_code, wrong.json()["message"]) == (400, "验证码不对，请看清短信再输一次。")
    assert confirm(phone).status_code == 200


def test_after_five_wrong_codes_even_the_right_one_is_too_late(cast: Cast) -> None:
    phone = Phone()
    ask(phone, "13800000001")
    assert [confirm(phone, "000000").status_code for _ in range(5)] == [400] * 5
    late = confirm(phone)
    assert (late.status_code, late.json()["message"]) == (409, "验证码已过期，请重新获取。")


def test_guesses_made_at_the_same_moment_count_as_well(cast: Cast) -> None:
    """The library keeps its count in the session, which simultaneous requests overwrite for each other."""
    phone = Phone()
    ask(phone, "13800000001")
    CodeRequest.objects.update(tries=5)
    refused = confirm(phone)
    assert refused.status_code == 429
    assert refused.json() == {
        "status": 429,
        "errors": [{"message": "验证码输错太多次，请重新获取验证码。", "code": "too_many"}],
        "code": "too_many",
        "message": "验证码输错太多次，请重新获取验证码。",
        "fields": {},
    }
    assert refused.headers["Retry-After"] == "1"


def test_thirty_wrong_codes_a_day_are_all_a_number_gets(cast: Cast, morning: time_machine.Traveller) -> None:
    for _ in range(6):
        phone = Phone()
        ask(phone, "13800000001")
        assert [confirm(phone, "000000").status_code for _ in range(5)] == [400] * 5
        morning.shift(121)
    refused = ask(Phone(), "13800000001")
    assert (refused.status_code, refused.json()["message"]) == (429, "验证码输错太多次，请明天再试，或打电话给家园。")


def test_who_signs_in_often_is_not_taken_for_one_who_guesses(cast: Cast, settings: Settings) -> None:
    settings.CODE_LIMITS = settings.CODE_LIMITS | {"phone": 100, "wrong": 2}
    for _ in range(4):
        sign_in("13800000001")
    phone = Phone()
    ask(phone, "13800000001")
    assert [confirm(phone, code).status_code for code in ("000000", "000000", CODE)] == [400, 400, 200]
    assert ask(Phone(), "13800000001").status_code == 429


def test_a_code_is_good_for_five_minutes(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = Phone()
    ask(phone, "13800000001")
    morning.shift(301)
    assert confirm(phone).status_code == 409


def test_a_code_without_having_asked_for_one_is_a_conflict(db: None) -> None:
    assert confirm(Phone()).status_code == 409


def test_whoever_is_signed_in_must_sign_out_first(cast: Cast) -> None:
    phone = sign_in("13800000001")
    answer = ask(phone, "13800000002")
    assert (answer.status_code, answer.json()["message"]) == (409, "您已经登录了，要换号码请先退出。")


def test_a_forged_page_cannot_ask_for_codes(cast: Cast) -> None:
    phone = Phone(csrf=False)
    assert ask(phone, "13800000001").status_code == 403
    assert not CodeRequest.objects.exists()


@pytest.mark.parametrize("body", [b"{broken", b"[" * 100_000], ids=["broken", "deep"])
def test_a_request_that_is_no_json_is_refused_in_our_shape(db: None, body: bytes) -> None:
    answer = Phone().generic("POST", f"{BASE}/auth/code/request", body, content_type="application/json")
    assert answer.status_code == 400
    assert json.loads(answer.content)["message"] == "没有看懂这个请求，请刷新页面再试。"


@pytest.mark.parametrize(
    "path",
    ["auth/signup", "auth/login", "auth/password/request", "account/email", "account/phone", "auth/code/resend", "auth/phone/verify"],
)
def test_the_librarys_other_ways_in_do_not_exist(cast: Cast, path: str) -> None:
    assert Phone().post(f"{BASE}/{path}", {"phone": "13800000001"}).status_code == 404


def test_nothing_tells_a_known_number_from_an_unknown_one(cast: Cast, morning: time_machine.Traveller) -> None:
    known, unknown = traces("13800000001"), traces(UNKNOWN)
    assert known == unknown
    assert traces(UNKNOWN) == unknown  # asked for once, and again


def traces(number: str) -> list[Any]:
    """Everything a stranger can see or measure of asking for a code and getting it wrong."""
    phone = Phone()
    found = []
    for step in (
        lambda: ask(phone, number),
        lambda: phone.get(f"{BASE}/auth/session"),
        lambda: confirm(phone, "000000"),
        lambda: confirm(phone, ""),
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = step()
        headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
        cookies = {name: {**morsel, "length": len(morsel.value)} for name, morsel in answer.cookies.items()}
        found.append((answer.status_code, answer.content, headers, cookies, [query["sql"].split()[0] for query in queries]))
    return found


def test_the_code_is_not_in_the_answer_or_its_cookies(cast: Cast) -> None:
    answer = ask(Phone(), "13800000001")
    assert CODE not in answer.content.decode() + str(answer.headers) + str(answer.cookies)


def test_a_session_can_be_asked_for(cast: Cast) -> None:
    assert Phone().get(f"{BASE}/auth/session").status_code == 401
    assert sign_in("13800000001").get(f"{BASE}/auth/session").status_code == 200


def test_somebody_who_was_shut_out_stays_out(cast: Cast) -> None:
    User.objects.filter(pk=cast.mother.pk).update(is_active=False)
    phone = Phone()
    ask(phone, "13800000001")
    assert confirm(phone).status_code == 401
    assert not Device.objects.exists()


def test_a_console_code_is_random_and_printed(cast: Cast, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.SMS_GATEWAY = "console"
    phone = Phone()
    ask(phone, "13800000001")
    printed = capsys.readouterr().err
    assert "+8613800000001" in printed
    assert confirm(phone, printed.split()[-1]).status_code == 200


def test_a_database_that_does_not_answer_is_503_and_to_be_asked_again(cast: Cast) -> None:
    phone = Phone()
    with connection.execute_wrapper(locked):
        answer = ask(phone, "13800000001")
    assert (answer.status_code, answer.json()["code"], answer.headers["Retry-After"]) == (503, "busy", "2")


def locked(*_: Any) -> Any:
    msg = "database is locked"
    raise OperationalError(msg)
