"""POST /api/attendance/events as interface.md promises it."""

import uuid
from typing import Any

import pytest

from backend.attendance.models import AttendanceEvent
from backend.homes.models import StaffPost
from tests.attendance.door import DAY
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")
URL = "/api/attendance/events"
NOW = "2026-03-04T07:54:30+08:00"


def body(cast: Cast, **changes: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "member": cast.zhiqiang.id, "kind": "arrived", "occurred_at": NOW} | changes


def test_a_tap_is_answered_201_with_the_tile_and_the_counts(cast: Cast) -> None:
    sent = body(cast, device=str(uuid.uuid4()), device_seq=1, sent_at=NOW)
    answer = Phone(cast.carer).post(URL, sent)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["id"], told["effect"], told["skewed"], told["late"], told["rev"]) == (sent["id"], "recorded", False, False, 1)
    assert (told["member"]["state"], told["counts"]["present"]) == ("present", 1)


def test_the_same_again_is_answered_200(cast: Cast) -> None:
    phone, sent = Phone(cast.carer), body(cast)
    phone.post(URL, sent)
    again = phone.post(URL, sent)
    assert (again.status_code, again.json()["effect"]) == (200, "recorded")


def test_a_tap_without_effect_says_so(cast: Cast) -> None:
    phone = Phone(cast.carer)
    phone.post(URL, body(cast))
    again = phone.post(URL, body(cast))
    assert (again.status_code, again.json()["effect"]) == (201, "none")


def test_the_same_id_with_other_content_is_409(cast: Cast) -> None:
    phone, sent = Phone(cast.carer), body(cast)
    phone.post(URL, sent)
    answer = phone.post(URL, sent | {"member": cast.xiaofang.id})
    assert (answer.status_code, answer.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "came"},
        {"id": "1"},
        {"occurred_at": "2026-03-04T07:54:30"},
        {"occurred_at": "soon"},
        {"occurred_at": "0001-01-01T00:00:00+14:00"},
        {"occurred_at": "9999-12-31T23:59:59-12:00", "sent_at": "9999-12-31T23:59:59-12:00"},
        {"sent_at": "0001-01-01T00:00:00+00:00"},
        {"member": -1},
        {"mode": "relative"},
        {"corrects": str(uuid.uuid4())},
        {"device_seq": -1},
        {"kind": "void"},
        {"mode": "teleport", "kind": "departed"},
    ],
)
def test_what_makes_no_sense_is_422_with_a_sentence(cast: Cast, wrong: dict[str, Any]) -> None:
    answer = Phone(cast.carer).post(URL, body(cast) | wrong)
    assert answer.status_code == 422, answer.content
    assert answer.json()["message"].endswith("。")
    assert answer.json()["fields"]
    assert not AttendanceEvent.objects.exists()


def test_half_a_body_is_422(cast: Cast) -> None:
    assert Phone(cast.carer).post(URL, '{"id": ', content_type="application/json").status_code == 422


@pytest.mark.parametrize("who", ["mother", "father", "charlie", "autumn_carer", "volunteer", "coordinator", "officer", "stranger"])
def test_out_of_scope_is_404(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).post(URL, body(cast)).status_code == 404


def test_a_teacher_who_left_taps_no_more(cast: Cast) -> None:
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(ends_on=DAY)
    assert Phone(cast.carer).post(URL, body(cast)).status_code == 404


def test_a_tap_of_a_teacher_who_left_is_sent_by_a_colleague_and_keeps_its_name(cast: Cast) -> None:
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(ends_on=DAY)
    answer = Phone(cast.manager).post(URL, body(cast, taken_by=cast.carer_post.id))
    assert (answer.status_code, answer.json()["member"]["by"]) == (201, "陆老师")


def test_signed_out_is_401_and_a_forged_page_403(cast: Cast) -> None:
    assert Phone().post(URL, body(cast)).status_code == 401
    forged = Phone(cast.carer, csrf=False).post(URL, body(cast))
    assert (forged.status_code, forged.json()["code"]) == (403, "csrf")
