"""A phone confirms a notice with its session, or with the token that came with the push and opens nothing else."""

from collections.abc import Callable

import pytest

from backend.accounts.models import User
from notifications.models import Delivery, Notice
from notifications.wire import receipt_tokens
from tests.notifications.conftest import letter as a_letter
from tests.notifications.conftest import send, tell
from tests.notifications.phones import subscribe
from tests.support.phone import Phone

People = Callable[[int], list[User]]


def test_with_the_session(reader: User) -> None:
    [notice] = tell([reader])
    phone = Phone(reader)
    assert phone.post(f"/api/notices/{notice.pk}/receipts", {"state": "delivered"}).status_code == 204
    notice.refresh_from_db()
    assert (notice.delivered_via, notice.seen_at) == ("app", None)
    assert phone.post(f"/api/notices/{notice.pk}/receipts", {"state": "seen"}).status_code == 204
    notice.refresh_from_db()
    assert notice.seen_at is not None


def test_a_forged_page_cannot_use_the_session(reader: User) -> None:
    [notice] = tell([reader])
    assert Phone(reader, csrf=False).post(f"/api/notices/{notice.pk}/receipts", {"state": "seen"}).status_code == 403


def test_with_the_token_no_session_is_needed(reader: User) -> None:
    subscription = subscribe(reader)
    [notice] = tell([reader])
    body = {"state": "delivered", "token": receipt_tokens.sign(notice.pk, subscription.pk)}
    assert Phone(csrf=False).post(f"/api/notices/{notice.pk}/receipts", body).status_code == 204
    notice.refresh_from_db()
    assert notice.delivered_via == "webpush"
    assert Delivery.objects.get().confirmed_at is not None


def test_a_token_opens_its_own_notice_only(people: People) -> None:
    one, two = people(2)
    mine, theirs = tell([one, two])
    body = {"state": "seen", "token": receipt_tokens.sign(mine.pk, subscribe(one).pk)}
    assert Phone(csrf=False).post(f"/api/notices/{theirs.pk}/receipts", body).status_code == 404
    assert Phone(csrf=False).post(f"/api/notices/{mine.pk}/receipts", {**body, "state": "told"}).status_code == 404
    assert Phone(csrf=False).post(f"/api/notices/{mine.pk}/replies", {"kind": "ack", "token": body["token"]}).status_code in {401, 403}
    assert not Notice.objects.exclude(seen_at=None, told_at=None).exists()


@pytest.mark.parametrize("token", ["", "x", "a.b:c", "\ud800", "0" * 32 + ".1:forged", 7, None, ["x"]])
def test_a_forged_token_is_no_token(reader: User, token: object) -> None:
    [notice] = tell([reader])
    answer = Phone(csrf=False).post(f"/api/notices/{notice.pk}/receipts", {"state": "seen", "token": token})
    assert answer.status_code in {401, 403, 422}
    assert not Notice.objects.exclude(seen_at=None).exists()


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '{"state":"read"}', "[" * 100_000], ids=range(6))
def test_a_malformed_receipt_is_refused(reader: User, body: str) -> None:
    [notice] = tell([reader])
    assert Phone().post(f"/api/notices/{notice.pk}/receipts", body).status_code == 401
    assert Phone(reader).post(f"/api/notices/{notice.pk}/receipts", body).status_code in {400, 422}


def test_a_token_of_a_notice_long_gone_is_no_error(reader: User) -> None:
    [notice] = send(a_letter(reader.pk))
    token = receipt_tokens.sign(notice.pk, 1)
    Notice.objects.all().delete()
    assert Phone(csrf=False).post(f"/api/notices/{notice.pk}/receipts", {"state": "seen", "token": token}).status_code == 204
