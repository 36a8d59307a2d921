"""When rights end, what was on its way stops and what was shown is shown no more."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.accounts.models import User
from notifications import outbox
from notifications.inbox import notices
from notifications.live.hub import hub
from notifications.models import Delivery, Inbox, PushSubscription
from tests.notifications.conftest import letter, send
from tests.notifications.phones import subscribe

People = Callable[[int], list[User]]


def test_withheld_notices_keep_their_numbers_and_nothing_else(
    people: People, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    posted: list[Any] = []
    monkeypatch.setattr(hub, "pass_on", posted.extend)
    mother, other = people(2)
    subscribe(mother)
    subscribe(other)
    for reader in (mother, other):
        send(letter(reader.pk, thread="member:1:1"), letter(reader.pk, thread="member:2:1"))
    epoch = Inbox.objects.get(user=mother).epoch
    posted.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert outbox.withhold(user_id=mother.pk, thread="member:1:1") == 1
    mothers, others = notices.page(mother.pk), notices.page(other.pk)
    assert mothers.items[0] == {"seq": 1, "withheld": True}
    assert (mothers.items[1]["seq"], mothers.items[1]["thread"]) == (2, "member:2:1")
    assert [item["seq"] for item in others.items if "withheld" not in item] == [1, 2]
    assert mothers.epoch != epoch
    assert posted == [("close", mother.pk, 4401)]
    ended = Delivery.objects.get(notice__inbox=mother.pk, notice__thread="member:1:1")
    assert (ended.state, ended.error) == ("gone", "withheld")
    assert Delivery.objects.filter(state="waiting").count() == 3
    assert outbox.withhold(user_id=mother.pk, thread="member:1:1") == 0


def test_signing_out_ends_that_phones_subscription_or_all(reader: User) -> None:
    here, there = subscribe(reader, device="here"), subscribe(reader, device="there")
    assert outbox.end_subscriptions(user_id=reader.pk, device="here") == 1
    assert list(PushSubscription.objects.filter(ended_at=None)) == [there]
    assert outbox.end_subscriptions(user_id=reader.pk) == 1
    assert outbox.end_subscriptions(user_id=reader.pk, device=here.device) == 0


def test_after_a_restore_every_phone_reads_afresh(people: People) -> None:
    for reader in people(2):
        send(letter(reader.pk))
    before = dict(Inbox.objects.values_list("user", "epoch"))
    outbox.renew_epochs()
    after = dict(Inbox.objects.values_list("user", "epoch"))
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())
