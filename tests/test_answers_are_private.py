"""What the API answers with is one person's: no shared tablet's cache, back button or proxy keeps it."""

import pytest

from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def test_nothing_the_api_answers_is_stored(cast: Cast) -> None:
    manager = Phone(cast.manager)
    for path in (
        "/api/me",
        f"/api/members/{cast.zhiqiang.pk}",
        "/api/notices",
        f"/api/overview/unreached?home={cast.sunshine.pk}",
        f"/api/homes/{cast.sunshine.pk}/roster.xlsx",
        "/api/homes/999999",
        "/_allauth/browser/v1/auth/session",
    ):
        assert "no-store" in manager.get(path).headers.get("Cache-Control", ""), path
    assert "no-store" in Phone().get("/api/me").headers["Cache-Control"]


def test_what_is_asked_for_again_and_again_is_kept_to_be_compared(cast: Cast) -> None:
    answer = Phone(cast.carer).get(f"/api/attendance/board?home={cast.sunshine.pk}")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["ETag"]
