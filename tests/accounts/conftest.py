import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def fixed_code(settings: Settings) -> None:
    settings.SMS_GATEWAY = "demo"
