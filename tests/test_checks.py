"""Deployment mistakes are said at start."""

from typing import Any

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

PUBLIC = {"PUBLIC_URL": "https://yizhan.example", "ALLOWED_HOSTS": ["yizhan.example"], "SECURE": True, "DEBUG": False}


def found(settings: Settings, **changes: Any) -> list[str]:
    for name, value in changes.items():
        setattr(settings, name, value)
    return sorted(message.id or "" for message in run_checks() if (message.id or "").startswith(("yizhan.", "accounts.")))


def test_this_machine_as_the_tests_run_it_is_in_order(settings: Settings) -> None:
    assert found(settings) == []


def test_a_public_house_wants_a_contact_and_an_sms_gateway(settings: Settings) -> None:
    assert found(settings, **PUBLIC, DEMO=False, SMS_GATEWAY="console") == ["yizhan.W001", "yizhan.W002"]


@pytest.mark.parametrize(
    ("changes", "mistake"),
    [
        ({"ALLOWED_HOSTS": ["*"]}, "yizhan.E001"),
        ({"ALLOWED_HOSTS": ["elsewhere.example"]}, "yizhan.E002"),
        ({"DEMO": True}, "yizhan.E003"),
        ({"DEMO": True, "PUBLIC_URL": "http://127.0.0.1:8000"}, "yizhan.E003"),
        ({"DEBUG": True}, "yizhan.E008"),
        ({"PUBLIC_URL": "http://yizhan.example", "SECURE": False}, "yizhan.E004"),
        ({"SMS_GATEWAY": "pigeon"}, "accounts.E001"),
        ({"SMS_GATEWAY": "demo", "DEMO": False}, "accounts.E002"),
    ],
)
def test_a_mistake_has_its_number(settings: Settings, changes: dict[str, Any], mistake: str) -> None:
    assert mistake in found(settings, **PUBLIC | {"DEMO": False} | changes)


def test_a_push_stand_in_elsewhere_is_refused(settings: Settings) -> None:
    office = settings.NOTIFICATIONS | {"PUSH_TEST_ORIGINS": ["http://192.0.2.1:80"]}
    assert found(settings, NOTIFICATIONS=office) == ["yizhan.E005"]
