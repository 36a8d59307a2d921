"""Many write at once: numbers stay gap-free, nobody is told of a deadlock, and no reader's cursor skips what commits late."""

import random
import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection, connections, transaction

from notifications import outbox
from notifications.delivery import queue
from notifications.inbox import notices
from notifications.models import Delivery, Inbox, Notice
from notifications.transactions import retrying
from tests.notifications.conftest import letter, make_people
from tests.notifications.phones import subscribe

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Each on a thread and a connection of its own."""

    def alone(job: Callable[[], object]) -> object:
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(alone, jobs))


def test_four_writers_to_overlapping_families_meet_no_deadlock_and_leave_no_gap() -> None:
    """Half of the inboxes do not exist yet, and each writer names its readers in an order of its own."""
    readers = [person.pk for person in make_people(12)]
    Inbox.objects.bulk_create(Inbox(user_id=reader) for reader in readers[:6])
    tries: list[int] = []

    def writer(seed: int) -> Callable[[], None]:
        chance = random.Random(seed)  # noqa: S311 - the same chance each time

        @retrying
        def arrive() -> None:
            tries.append(seed)
            outbox.publish(f"home:{chance.randrange(2)}", {})
            event = uuid.uuid4()
            outbox.notify([letter(reader, event=event) for reader in chance.sample(readers, 7)])

        def many() -> None:
            for _ in range(40):
                arrive()

        return many

    at_once(*(writer(seed) for seed in range(4)))
    assert len(tries) == 160
    for box in Inbox.objects.all():
        numbers = list(Notice.objects.filter(inbox=box).order_by("seq").values_list("seq", flat=True))
        assert numbers == list(range(1, box.latest + 1))
    assert Notice.objects.count() == 160 * 7
    assert outbox.rev("home:0") + outbox.rev("home:1") == 160


def test_a_commit_that_comes_late_is_not_skipped_by_a_cursor() -> None:
    """The slow writer took its number first; whoever wants the next one waits, so nothing above a gap is ever visible."""
    [reader] = [person.pk for person in make_people(1)]
    took_number, may_commit = threading.Event(), threading.Event()
    seen: list[list[int]] = []

    def slow() -> None:
        with transaction.atomic():
            outbox.notify([letter(reader)])
            took_number.set()
            assert may_commit.wait(10)

    def fast() -> None:
        assert took_number.wait(10)
        with transaction.atomic():
            outbox.notify([letter(reader)])

    def phone() -> None:
        assert took_number.wait(10)
        after = 0
        deadline = time.monotonic() + 10
        while after < 2 and time.monotonic() < deadline:
            page = notices.page(reader, after=after)
            if page.items:
                seen.append([item["seq"] for item in page.items])
                after = seen[-1][-1]
            if not may_commit.is_set() and time.monotonic() > deadline - 9.5:
                assert seen == []
                may_commit.set()

    at_once(slow, fast, phone)
    assert [number for numbers in seen for number in numbers] == [1, 2]


def test_two_dispatchers_share_the_queue_and_send_nothing_twice() -> None:
    [reader] = make_people(1)
    subscribe(reader)
    for _ in range(40):
        with transaction.atomic():
            outbox.notify([letter(reader.pk)])

    def take() -> list[int]:
        owner, got = uuid.uuid4(), []
        while attempts := queue.store_and_lease(owner=owner, results=[], limit=5):
            got += [attempt.delivery for attempt in attempts]
        return got

    taken = [pk for got in at_once(take, take, take) for pk in got]  # type: ignore[attr-defined]  # lists of ids
    assert sorted(taken) == sorted(Delivery.objects.values_list("pk", flat=True))


@pytest.mark.postgres
def test_a_deadlock_begins_the_verb_again() -> None:
    one, two = (person.pk for person in make_people(2))
    Inbox.objects.bulk_create([Inbox(user_id=one), Inbox(user_id=two)])
    both_hold_one = threading.Barrier(2, timeout=10)
    begun: list[int] = []

    def crossing(first: int, second: int) -> Callable[[], None]:
        @retrying
        def verb() -> None:
            begun.append(first)
            Inbox.objects.filter(pk=first).update(oldest=1)
            if len(begun) <= 2:
                both_hold_one.wait()
            Inbox.objects.filter(pk=second).update(oldest=1)

        return verb

    at_once(crossing(one, two), crossing(two, one))
    assert len(begun) == 3


def test_only_what_the_database_gave_up_for_another_is_tried_again() -> None:
    calls: list[int] = []

    @retrying
    def locked() -> None:
        calls.append(1)
        raise OperationalError("database is locked")

    with pytest.raises(OperationalError):
        locked()
    assert calls == [1]
    assert connection.vendor in {"sqlite", "postgresql"}


def test_after_three_tries_it_is_told() -> None:
    calls: list[int] = []

    class DeadlockError(Exception):
        sqlstate = "40P01"

    @retrying
    def verb() -> None:
        calls.append(1)
        raise OperationalError("deadlock detected") from DeadlockError()

    with pytest.raises(OperationalError):
        verb()
    assert calls == [1, 1, 1]
    with pytest.raises(OperationalError), transaction.atomic():
        verb()  # within a transaction only the outermost can begin again
    assert calls == [1, 1, 1, 1]
