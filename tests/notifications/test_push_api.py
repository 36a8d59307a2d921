"""A phone subscribes to pushes, is moved with its person, tests itself and is told the truth."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine

from backend.accounts.models import User
from notifications.inbox import push_test
from notifications.models import Delivery, Notice, PushSubscription
from notifications.wire import receipt_tokens, vapid
from tests.notifications.conftest import tell
from tests.support.phone import Phone
from tests.support.push_phone import Phone as PushPhone

People = Callable[[int], list[User]]
ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc"


def body(endpoint: str = ENDPOINT, **keys: Any) -> dict[str, Any]:
    subscription = PushPhone(endpoint=endpoint).subscription
    return {"endpoint": endpoint, "keys": subscription["keys"] | keys}


def test_a_phone_subscribes_once(reader: User) -> None:
    phone = Phone(reader)
    given = body()
    first = phone.post("/api/push/subscriptions", given)
    again = phone.post("/api/push/subscriptions", given)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert first.json()["this_device"] is True
    push = phone.get("/api/push").json()
    assert push == {"key": vapid.key().public, "subscriptions": [first.json()]}
    listed = Phone(reader).get("/api/push/subscriptions").json()
    assert listed == {"key": vapid.key().public, "items": [{**first.json(), "this_device": False}], "next": None}


def test_another_person_on_the_same_phone_takes_it_over(people: People) -> None:
    mother, sister = people(2)
    given = body()
    Phone(mother).post("/api/push/subscriptions", given)
    tell([mother])
    Phone(sister).post("/api/push/subscriptions", given)
    assert PushSubscription.objects.get().user == sister
    assert Phone(mother).get("/api/push").json()["subscriptions"] == []
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.error) == ("gone", "moved")


def test_an_ended_phone_may_come_back(reader: User) -> None:
    phone = Phone(reader)
    given = body()
    row = phone.post("/api/push/subscriptions", given).json()
    assert phone.delete(f"/api/push/subscriptions/{row['id']}").status_code == 204
    assert phone.delete(f"/api/push/subscriptions/{row['id']}").status_code == 404
    assert phone.get("/api/push").json()["subscriptions"] == []
    assert phone.post("/api/push/subscriptions", given).json()["id"] == row["id"]
    assert PushSubscription.objects.get().ended_at is None


def test_nobody_ends_anothers_phone(people: People) -> None:
    mother, stranger = people(2)
    row = Phone(mother).post("/api/push/subscriptions", body()).json()
    assert Phone(stranger).delete(f"/api/push/subscriptions/{row['id']}").status_code == 404
    assert PushSubscription.objects.get().ended_at is None


def test_the_oldest_of_too_many_phones_is_forgotten_and_those_that_ended_first(reader: User) -> None:
    phone = Phone(reader)
    rows = [phone.post("/api/push/subscriptions", body(f"{ENDPOINT}{number}")).json() for number in range(20)]
    phone.delete(f"/api/push/subscriptions/{rows[5]['id']}")
    kept = {row["id"] for row in rows}
    for number, forgotten in ((20, 5), (21, 0)):
        kept |= {phone.post("/api/push/subscriptions", body(f"{ENDPOINT}{number}")).json()["id"]}
        kept -= {rows[forgotten]["id"]}
        assert set(PushSubscription.objects.values_list("pk", flat=True)) == kept


@pytest.mark.parametrize("endpoint", ["https://evil.example/x", "http://127.0.0.1:1/x", "https://169.254.169.254/x", ""])
def test_an_endpoint_elsewhere_is_refused(reader: User, endpoint: str) -> None:
    answer = Phone(reader).post("/api/push/subscriptions", body(endpoint))
    assert (answer.status_code, answer.json()["code"]) == (422, "push_service")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "keys", [{"p256dh": "AAAA"}, {"p256dh": ""}, {"p256dh": "é"}, {"auth": "AAAA"}, {"auth": ""}, {"p256dh": "B" + "A" * 86}]
)
def test_keys_nothing_can_be_encrypted_for_are_refused(reader: User, keys: dict[str, str]) -> None:
    answer = Phone(reader).post("/api/push/subscriptions", body(**keys))
    assert (answer.status_code, answer.json()["code"]) == (422, "push_keys")


def test_a_test_notice_goes_to_myself_and_says_honestly_what_became_of_it(reader: User) -> None:
    phone = Phone(reader)
    row = phone.post("/api/push/subscriptions", body()).json()
    made = phone.post("/api/push/test")
    assert made.status_code == 201
    [notice] = Notice.objects.all()
    assert made.json() == {"id": str(notice.pk)}
    assert (notice.kind, notice.thread, notice.urgent, notice.climb_at) == ("test", "system", True, None)
    path = f"/api/push/test/{notice.pk}"
    assert phone.get(path).json() == {"state": "waiting", "why": ""}
    Delivery.objects.update(error="503")
    assert phone.get(path).json() == {"state": "waiting", "why": "503"}
    Delivery.objects.update(state="sent", error="")
    phone.post(f"/api/notices/{notice.pk}/receipts", {"state": "delivered"})  # what the open app shows proves nothing
    assert phone.get(path).json() == {"state": "sent", "why": ""}
    token = {"state": "delivered", "token": receipt_tokens.sign(notice.pk, row["id"])}
    Phone(csrf=False).post(f"/api/notices/{notice.pk}/receipts", token)
    assert phone.get(path).json() == {"state": "delivered", "why": ""}
    phone.post(f"/api/notices/{notice.pk}/receipts", {"state": "seen"})
    assert phone.get(path).json() == {"state": "seen", "why": ""}


def test_a_phone_without_subscription_hears_that_it_has_none(reader: User) -> None:
    phone = Phone(reader)
    notice = phone.post("/api/push/test").json()["id"]
    assert phone.get(f"/api/push/test/{notice}").json() == {"state": "failed", "why": "no_device"}


def test_a_refused_push_is_told_as_such(people: People) -> None:
    reader, stranger = people(2)
    phone = Phone(reader)
    phone.post("/api/push/subscriptions", body())
    notice = phone.post("/api/push/test").json()["id"]
    Delivery.objects.update(state="gone", error="410")
    assert phone.get(f"/api/push/test/{notice}").json() == {"state": "failed", "why": "410"}
    assert Phone(stranger).get(f"/api/push/test/{notice}").status_code == 404


def test_tapping_test_again_at_once_sends_one(reader: User, morning: time_machine.Traveller) -> None:
    phone = Phone(reader)
    first = phone.post("/api/push/test").json()
    assert phone.post("/api/push/test").json() == first
    assert Notice.objects.count() == 1
    phone.post(f"/api/notices/{first['id']}/receipts", {"state": "delivered"})
    refused = phone.post("/api/push/test")
    assert (refused.status_code, refused.headers["Retry-After"], refused.json()["code"]) == (429, "4", "too_many")
    morning.shift(3)
    assert phone.post("/api/push/test").json() != first


def test_twenty_tests_an_hour_are_enough(reader: User, morning: time_machine.Traveller) -> None:
    for _ in range(20):
        push_test.send(user_id=reader.pk)
        morning.shift(4)
    refused = Phone(reader).post("/api/push/test")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, str(3600 - 80 + 1))
    morning.shift(3600 - 80)
    assert Phone(reader).post("/api/push/test").status_code == 201
