"""Which gateway sends the codes."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from backend.accounts import sms
from backend.accounts.sms import ConsoleGateway, NotSentError
from tests.accounts.steps import ask
from tests.support.phone import Phone


def test_a_console_code_has_six_digits_and_is_never_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    codes = {ConsoleGateway().new_code() for _ in range(50)}
    assert {len(code) for code in codes} == {6}
    assert len(codes) > 40


def test_an_unknown_gateway_is_told_by_the_check(settings: Settings) -> None:
    settings.SMS_GATEWAY = "pigeon"
    assert [message.id for message in sms.check_gateway()] == ["accounts.E001"]
    with pytest.raises(ImproperlyConfigured):
        sms.gateway()


def test_the_demos_code_is_refused_outside_the_demo(settings: Settings) -> None:
    settings.SMS_GATEWAY = "demo"
    assert [message.id for message in sms.check_real_gateway()] == ["accounts.E002"]
    settings.DEMO = True
    assert list(sms.check_real_gateway()) == []


def test_a_gateway_that_fails_is_told_and_can_be_tried_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(ConsoleGateway):
        def send_code(self, *, phone: str, code: str) -> None:
            del phone, code
            raise NotSentError

    monkeypatch.setitem(sms.GATEWAYS, "demo", Broken)
    answer = ask(Phone(), "13800000001")
    assert (answer.status_code, answer.json()["message"]) == (503, "短信暂时发不出去，请过几分钟再试。")
