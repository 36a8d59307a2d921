"""Letters are numbered without gaps and stored with what they need to go out, in the sender's own transaction."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from backend.accounts.models import User
from notifications import outbox
from notifications.live.hub import hub
from notifications.models import Delivery, Inbox, Notice, Preference
from tests.notifications.conftest import letter, make_people, minutes, send, tell
from tests.notifications.phones import subscribe

People = Callable[[int], list[User]]


def test_numbers_follow_each_other_in_each_inbox(people: People) -> None:
    one, two = people(2)
    send(letter(one.pk), letter(two.pk))
    with transaction.atomic():
        assert outbox.notify([letter(one.pk), letter(one.pk), letter(two.pk)]) == {one.pk: 3, two.pk: 2}
    assert list(Notice.objects.filter(inbox=one.pk).order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert list(Notice.objects.filter(inbox=two.pk).order_by("seq").values_list("seq", flat=True)) == [1, 2]
    assert dict(Inbox.objects.values_list("user", "latest")) == {one.pk: 3, two.pk: 2}


def test_a_transaction_that_fails_leaves_no_gap(reader: User) -> None:
    send(letter(reader.pk))
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.notify([letter(reader.pk)])
        raise ZeroDivisionError
    [notice] = send(letter(reader.pk))
    assert notice.seq == 2


def test_a_second_notify_in_a_transaction_is_refused(people: People) -> None:
    one, two = people(2)
    with pytest.raises(RuntimeError, match="after notify"), transaction.atomic():
        outbox.notify([letter(one.pk)])
        outbox.notify([letter(two.pk)])
    assert Notice.objects.count() == 0


def test_a_notify_rolled_back_to_a_savepoint_does_not_count(reader: User) -> None:
    with transaction.atomic():
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            outbox.notify([letter(reader.pk)])
            raise ZeroDivisionError
        assert outbox.notify([letter(reader.pk)]) == {reader.pk: 1}


@pytest.mark.django_db(transaction=True)
def test_a_second_notify_is_refused_outside_of_a_test_transaction_as_well() -> None:
    one, two = make_people(2)
    with pytest.raises(RuntimeError, match="after notify"), transaction.atomic():
        outbox.notify([letter(one.pk)])
        with transaction.atomic():
            outbox.notify([letter(two.pk)])
    send(letter(one.pk))
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_a_transaction_it_is_refused() -> None:
    [one] = make_people(1)
    with pytest.raises(RuntimeError, match="transaction"):
        outbox.notify([letter(one.pk)])
    with pytest.raises(RuntimeError, match="transaction"):
        outbox.publish("home:1", {"type": "board"})


def test_no_letters_are_no_notify(reader: User) -> None:
    with transaction.atomic():
        assert outbox.notify([]) == {}
        assert outbox.notify([letter(reader.pk)]) == {reader.pk: 1}


def test_each_live_phone_gets_a_delivery_and_an_ended_one_none(people: People) -> None:
    one, two = people(2)
    first, second, ended = subscribe(one), subscribe(one), subscribe(one)
    outbox.end_subscriptions(user_id=one.pk, device=ended.device)
    subscribe(two)
    tell([one])
    assert set(Delivery.objects.values_list("subscription", "rung", "state")) == {
        (first.pk, "webpush", "waiting"),
        (second.pk, "webpush", "waiting"),
    }


def test_a_kind_somebody_does_not_want_pushed_still_arrives_in_the_inbox(people: People) -> None:
    one, two = people(2)
    subscribe(one)
    theirs = subscribe(two)
    Preference.objects.create(user=one, kind="arrived", push=False)
    Preference.objects.create(user=two, kind="leave", push=False)
    assert len(tell([one, two])) == 2
    assert list(Delivery.objects.values_list("subscription", flat=True)) == [theirs.pk]


def test_only_urgent_letters_with_a_topic_climb(reader: User) -> None:
    [urgent] = send(letter(reader.pk))
    [calm] = send(letter(reader.pk, urgent=False))
    [private] = send(letter(reader.pk, topic=""))
    assert urgent.climb_at == urgent.created_at + minutes(3)
    assert (calm.climb_at, private.climb_at) == (None, None)


# SQLite takes 999 values in one statement, which is 43 notices; a use-case writes to a family, announcements go in chunks.
@pytest.mark.parametrize("count", [3, 40])
def test_the_number_of_queries_does_not_depend_on_the_number_of_letters(
    people: People, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    readers = people(count)
    for reader in readers:
        subscribe(reader)
    tell(readers)
    with transaction.atomic(), django_assert_num_queries(5):
        outbox.notify([letter(reader.pk) for reader in readers])


def test_frames_go_out_on_commit_and_not_before(
    reader: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    posted: list[Any] = []
    monkeypatch.setattr(hub, "pass_on", posted.extend)
    with django_capture_on_commit_callbacks(execute=True):
        [notice] = send(letter(reader.pk, data={"member": 7}))
        assert posted == []
    (kind, key, text), wake = posted
    frame = json.loads(text)
    assert (kind, key, frame["type"], frame["seq"]) == ("user", reader.pk, "notice", 1)
    assert frame["notice"]["id"] == str(notice.pk)
    assert frame["notice"]["title"] == "志强 08:12 已到阳光家园"
    assert frame["notice"]["data"] == {"member": 7}
    assert wake[0] == "wake"
