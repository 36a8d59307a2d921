"""Codes cost money and nerves: how many may be asked for, counted in a table that every process shares."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.db import connection
from pytest_django import Settings

from backend.accounts import services
from backend.accounts.models import CodeRequest, User
from backend.common.errors import TooManyError
from tests.accounts.steps import ask
from tests.support.phone import Phone


def statuses(numbers: list[str], **extra: Any) -> list[int]:
    return [ask(Phone(), number, **extra).status_code for number in numbers]


def test_five_codes_in_ten_minutes_for_one_number(db: None, morning: time_machine.Traveller) -> None:
    assert statuses(["13800000001"] * 5) == [401] * 5
    refused = ask(Phone(), "138 0000 0001", REMOTE_ADDR="127.0.0.9")
    assert refused.status_code == 429
    assert refused.json()["message"] == "验证码要得太勤了，请过 11 分钟再试。"
    assert refused.headers["Retry-After"] == "601"
    assert statuses(["13800000002"]) == [401]

    morning.shift(599)
    assert statuses(["13800000001"]) == [429]
    morning.shift(1)
    assert statuses(["13800000001"]) == [401]


def test_twenty_codes_in_ten_minutes_for_one_address(db: None, morning: time_machine.Traveller) -> None:
    numbers = [f"138000010{n:02}" for n in range(21)]
    assert statuses(numbers) == [401] * 20 + [429]
    assert statuses(numbers[-1:], REMOTE_ADDR="127.0.0.9") == [401]


def test_so_many_in_total(db: None, settings: Settings) -> None:
    settings.CODE_LIMITS = settings.CODE_LIMITS | {"total": 3}
    answers = [ask(Phone(), f"1380000100{n}", REMOTE_ADDR=f"127.0.0.{n}").status_code for n in range(4)]
    assert answers == [401, 401, 401, 429]


def test_a_refused_number_leaves_nothing_behind(db: None, settings: Settings) -> None:
    settings.CODE_LIMITS = settings.CODE_LIMITS | {"total": 1}
    assert statuses(["13911111111", "13911112222"]) == [401, 429]
    assert not User.objects.filter(phone="+8613911112222").exists()


def test_a_forged_forwarded_address_helps_nobody(db: None) -> None:
    numbers = [f"138000010{n:02}" for n in range(21)]
    answers = [ask(Phone(), number, HTTP_X_FORWARDED_FOR=f"10.0.0.{at}").status_code for at, number in enumerate(numbers)]
    assert answers == [401] * 20 + [429]


def test_behind_one_proxy_the_last_forwarded_address_counts(db: None, settings: Settings) -> None:
    settings.NINJA_NUM_PROXIES = 1
    ask(Phone(), "13800000001", HTTP_X_FORWARDED_FOR="6.6.6.6, 10.0.0.1")
    ask(Phone(), "13800000001")
    assert list(CodeRequest.objects.order_by("id").values_list("address", flat=True)) == ["10.0.0.1", "127.0.0.1"]


def test_all_addresses_of_one_ipv6_line_count_as_one(db: None) -> None:
    numbers = [f"138000010{n:02}" for n in range(21)]
    answers = [ask(Phone(), number, REMOTE_ADDR=f"2001:db8:1:2::{at:x}").status_code for at, number in enumerate(numbers)]
    assert answers == [401] * 20 + [429]
    assert statuses(numbers[-1:], REMOTE_ADDR="2001:db8:1:3::1") == [401]
    assert statuses(numbers[-1:], REMOTE_ADDR="::ffff:10.0.0.1") == [401]
    addresses = list(CodeRequest.objects.order_by("id").values_list("address", flat=True))
    assert addresses == ["2001:db8:1:2::"] * 20 + ["2001:db8:1:3::", "10.0.0.1"]


def test_the_table_keeps_no_number_in_clear(db: None) -> None:
    ask(Phone(), "13800000001")
    assert "0000001" not in str(CodeRequest.objects.values())


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_cannot_pass_the_limit_of_a_number() -> None:
    def request(_: int) -> bool:
        try:
            services.ask_code(phone="+8613911112222", address="127.0.0.1")
        except TooManyError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(request, range(12))) == 5
    assert User.objects.count() == 1
