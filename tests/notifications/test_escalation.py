"""Who has not confirmed in time is put on the call list, until a phone or a person has."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from backend.accounts.models import User
from notifications import outbox
from notifications.channels import CHANNELS
from notifications.delivery import escalation
from notifications.inbox import receipts
from notifications.inbox.receipts import Mark
from notifications.models import Delivery, Notice
from notifications.sender import Progress
from tests.notifications.conftest import TOPIC, letter, minutes, send, tell
from tests.notifications.phones import subscribe
from tests.support import post_sender

People = Callable[[int], list[User]]


def climb_all() -> None:
    escalation.escalate(escalation.due_events())


def test_after_three_minutes_without_a_receipt_the_event_is_on_the_list(people: People, morning: time_machine.Traveller) -> None:
    mother, sister = people(2)
    to_mother, _ = tell([mother, sister], data={"member": 7})
    morning.shift(minutes(3) - dt.timedelta(seconds=1))
    assert escalation.due_events() == []
    morning.shift(1)
    climb_all()
    assert post_sender.progress == [Progress(topic=TOPIC, event=to_mother.event, fate="unreached")]
    [entry] = outbox.unreached(TOPIC)
    assert (entry.event, entry.title, entry.data, entry.told_at) == (to_mother.event, to_mother.title, {"member": 7}, None)
    assert [(reader.user_id, reader.why) for reader in entry.readers] == [(mother.pk, "no_device"), (sister.pk, "no_device")]
    assert outbox.fate([to_mother.event]) == {to_mother.event: "unreached"}
    assert escalation.due_events() == []
    assert outbox.unreached("home:2") == []


def test_one_readers_receipt_ends_the_climb_for_all(people: People, morning: time_machine.Traveller) -> None:
    mother, sister = people(2)
    to_mother, _ = tell([mother, sister])
    receipts.store([Mark(to_mother.pk, mother.pk, "delivered")])
    morning.shift(minutes(4))
    climb_all()
    assert outbox.unreached(TOPIC) == []
    assert set(Notice.objects.values_list("rung", "climb_at")) == {("", None)}


def test_a_receipt_that_comes_late_takes_the_event_off_the_list(people: People, morning: time_machine.Traveller) -> None:
    mother, sister = people(2)
    to_mother, to_sister = tell([mother, sister])
    morning.shift(minutes(4))
    climb_all()
    receipts.store([Mark(to_sister.pk, sister.pk, "delivered")])
    assert outbox.unreached(TOPIC) == []
    assert [change.fate for change in post_sender.progress] == ["unreached", "delivered"]
    assert outbox.fate([to_mother.event]) == {to_mother.event: "delivered"}


def test_who_was_told_stays_listed_as_told_for_the_shift(people: People, morning: time_machine.Traveller) -> None:
    mother, teacher = people(2)
    [notice] = tell([mother])
    morning.shift(minutes(4))
    climb_all()
    assert outbox.mark_told(event=notice.event, topic=TOPIC, by=teacher.pk) == 1
    assert outbox.mark_told(event=notice.event, topic=TOPIC, by=teacher.pk) == 0
    [entry] = outbox.unreached(TOPIC)
    assert entry.told_by_id == teacher.pk
    assert entry.told_at is not None
    assert [change.fate for change in post_sender.progress] == ["unreached", "told"]
    morning.shift(dt.timedelta(hours=12, seconds=1))
    assert outbox.unreached(TOPIC) == []


def test_what_a_newer_notice_of_the_same_tag_says_better_does_not_climb(reader: User, morning: time_machine.Traveller) -> None:
    tell([reader], tag="arrival")
    morning.shift(minutes(1))
    [correction] = tell([reader], tag="arrival")
    morning.shift(minutes(2))
    climb_all()
    assert post_sender.progress == []
    morning.shift(minutes(1))
    climb_all()
    assert [entry.event for entry in outbox.unreached(TOPIC)] == [correction.event]


def test_a_newer_notice_takes_the_older_off_the_list(reader: User, morning: time_machine.Traveller) -> None:
    tell([reader], tag="arrival")
    morning.shift(minutes(4))
    climb_all()
    assert len(outbox.unreached(TOPIC)) == 1
    tell([reader], tag="arrival")
    assert outbox.unreached(TOPIC) == []


def test_a_reader_without_rights_is_nobody_to_ring(people: People, morning: time_machine.Traveller) -> None:
    mother, sister = people(2)
    tell([mother, sister])
    outbox.withhold(user_id=mother.pk, thread="member:1:1")
    morning.shift(minutes(4))
    climb_all()
    [entry] = outbox.unreached(TOPIC)
    assert [reader.user_id for reader in entry.readers] == [sister.pk]


@pytest.mark.parametrize(
    ("state", "why"), [("waiting", "not_delivered"), ("sent", "not_delivered"), ("failed", "push_failed"), ("gone", "no_device")]
)
def test_the_list_says_why(reader: User, morning: time_machine.Traveller, state: str, why: str) -> None:
    subscribe(reader)
    tell([reader])
    Delivery.objects.update(state=state)
    morning.shift(minutes(4))
    climb_all()
    [entry] = outbox.unreached(TOPIC)
    assert [each.why for each in entry.readers] == [why]


@pytest.mark.parametrize("count", [1, 34])
def test_the_list_costs_the_same_for_one_family_and_for_all(
    people: People, morning: time_machine.Traveller, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for mother in people(count):
        tell([mother])
    morning.shift(minutes(4))
    climb_all()
    with django_assert_num_queries(3):
        assert len(outbox.unreached(TOPIC)) == count


def test_an_event_the_sender_stumbles_over_does_not_stop_the_others(people: People, morning: time_machine.Traveller) -> None:
    mother, sister = people(2)
    [bad], [good] = tell([mother]), tell([sister])
    post_sender.stumbles.add(bad.event)
    morning.shift(minutes(4))
    with pytest.raises(LookupError):
        climb_all()
    escalation.postpone(bad.event)
    climb_all()
    assert [entry.event for entry in outbox.unreached(TOPIC)] == [good.event]
    assert escalation.due_events() == []
    morning.shift(minutes(1))
    assert escalation.due_events() == [bad.event]


def test_a_rung_between_is_tried_before_people_are_asked(
    reader: User, morning: time_machine.Traveller, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Later rungs are data: here a second push before the call list."""
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "LADDER": (("live", 0), ("webpush", 60), ("calls", 300), ("manager", 600))}
    monkeypatch.setitem(CHANNELS, "live", CHANNELS["calls"])
    monkeypatch.setitem(CHANNELS, "manager", CHANNELS["calls"])
    phone = subscribe(reader)
    [notice] = send(letter(reader.pk, event=uuid.uuid4()))
    assert Delivery.objects.count() == 0
    steps = []
    for _ in range(3):
        morning.move_to(Notice.objects.get().climb_at or notice.created_at)
        climb_all()
        current = Notice.objects.get()
        steps.append((current.rung, current.climb_at and current.climb_at - notice.created_at))
    assert steps == [("webpush", minutes(5)), ("calls", minutes(10)), ("manager", None)]
    assert list(Delivery.objects.values_list("subscription", flat=True)) == [phone.pk]
