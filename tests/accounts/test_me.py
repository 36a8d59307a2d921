"""My name, and the demo's list of people."""

import pytest
from pytest_django import Settings

from tests.support.cast import Cast
from tests.support.phone import Phone


def test_my_name_can_be_changed(cast: Cast) -> None:
    answer = Phone(cast.stranger).patch("/api/me", {"name": " 孙  悦 "})
    assert answer.json() == {"id": cast.stranger.pk, "name": "孙 悦", "phone_masked": "138****0014"}
    cast.stranger.refresh_from_db()
    assert cast.stranger.name == "孙 悦"


@pytest.mark.parametrize("name", ["", "   ", "志" * 41, "志\u202e强", "志" * 100])
def test_a_name_that_is_none_is_refused(cast: Cast, name: str) -> None:
    assert Phone(cast.stranger).patch("/api/me", {"name": name}).status_code == 422


def test_the_demo_lists_its_people(db: None, settings: Settings) -> None:
    settings.DEMO = True
    answer = Phone().get("/api/sign-in/cast")
    assert answer.json()[0] == {"phone": "13800000001", "label": "李秀珍 · 志强的妈妈"}
    assert len(answer.json()) == 8


def test_outside_the_demo_there_is_no_such_list(db: None) -> None:
    assert Phone().get("/api/sign-in/cast").status_code == 404
