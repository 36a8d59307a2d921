"""What is due is sent, once if it can be, and nobody waits for somebody else's broken push service."""

import datetime as dt
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from backend.accounts.models import User
from notifications import conf, outbox
from notifications.delivery import concurrency, queue
from notifications.delivery.dispatcher import back_off
from notifications.delivery.queue import Result
from notifications.delivery.worker_lock import WorkerLock
from notifications.models import Announcement, Delivery, Notice, PushSubscription
from notifications.wire import vapid, webpush
from notifications.wire.outcome import Outcome
from tests.notifications.conftest import letter, make_people, minutes, send, tell
from tests.notifications.phones import subscribe
from tests.notifications.runtime import Running, until
from tests.support import post_sender
from tests.support.push_service import PushService

OWNER = uuid.uuid4()
People = Callable[[int], list[User]]
in_the_database = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[PushService]:
    with PushService() as running:
        given = {"PUSH_TEST_ORIGINS": [running.origin], "VAPID_KEY_FILE": tmp_path / "vapid.pem"}
        settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, **given}
        yield running


def with_phones(service: PushService, count: int) -> list[User]:
    people = make_people(count)
    for person in people:
        subscribe(person, service.phone(vapid.key().public))
    return people


def states() -> list[str]:
    return sorted(Delivery.objects.values_list("state", flat=True))


# -- a real loop, a real push service --------------------------------------------------------------


@in_the_database
def test_a_letter_is_at_every_phone_soon_after_the_commit(service: PushService) -> None:
    people = with_phones(service, 3)
    with Running():
        tell(people)
        until(lambda: states() == ["sent"] * 3)
    assert service.refused == []
    assert len(service.messages) == 3
    assert PushSubscription.objects.filter(last_ok_at=None).count() == 0
    assert set(Delivery.objects.values_list("attempts", "lease_owner")) == {(1, None)}


@in_the_database
def test_a_phone_that_is_gone_is_forgotten_and_the_others_are_not(service: PushService) -> None:
    one, two = with_phones(service, 2)
    gone = one.push_subscriptions.get()
    service.end(gone.endpoint)
    with Running():
        tell([one, two])
        until(lambda: states() == ["gone", "sent"])
    gone.refresh_from_db()
    assert gone.ended_at is not None
    assert two.push_subscriptions.get().ended_at is None


@in_the_database
def test_a_service_that_is_down_is_tried_until_it_is_back(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.delivery.dispatcher.FIRST_BACK_OFF", 0.05)
    rough: list[tuple[int, dict[str, str]] | str] = [(503, {}), (500, {}), "reset"]
    answers = iter(rough)
    service.misbehave = lambda _token: next(answers, None)
    people = with_phones(service, 1)
    with Running():
        tell(people)
        until(lambda: states() == ["sent"])
    assert Delivery.objects.get().attempts == 4


@in_the_database
def test_a_service_says_when_to_come_again(service: PushService) -> None:
    service.misbehave = lambda _token: (429, {"Retry-After": "300"})
    people = with_phones(service, 1)
    with Running():
        tell(people)
        until(lambda: Delivery.objects.get().error == "429")
    wait = Delivery.objects.get().due_at - timezone.now()
    assert minutes(4.9) < wait < minutes(5.1)
    assert len(service.messages) == 1


@in_the_database
def test_a_refused_key_alarms_and_keeps_everything(service: PushService, caplog: pytest.LogCaptureFixture) -> None:
    [person] = make_people(1)
    subscribe(person, service.phone("BAnotherKey"))
    with Running():
        tell([person])
        until(lambda: Delivery.objects.get().error == "403")
    assert f"push service {service.origin} refuses our key: 403" in caplog.text
    assert Delivery.objects.get().state == "waiting"
    assert person.push_subscriptions.get().ended_at is None
    assert outbox.dispatcher_health() == "ok, 1 refused with our key"


@in_the_database
@pytest.mark.parametrize("slow", [10, 60])
def test_endpoints_that_hang_delay_nobody_else(service: PushService, monkeypatch: pytest.MonkeyPatch, slow: int) -> None:
    """A tenth of 400 hang for ever; the others have their notice at most five seconds later than if none did.

    With limits as narrow in proportion. Whoever waits for one that hangs waits ten seconds at least.
    """
    monkeypatch.setattr(concurrency, "FAST", 20)
    monkeypatch.setattr(concurrency, "SLOW", slow)
    people = with_phones(service, 400)
    hanging = {person.push_subscriptions.get().endpoint.rpartition("/")[2] for person in people[::10]}
    with Running():
        usual = p95(service, people, sent=400)
        service.misbehave = lambda token: "hang" if token in hanging else None
        assert p95(service, people, sent=360) < usual + 5
    assert Delivery.objects.filter(state="waiting").count() == 40


def p95(service: PushService, people: Sequence[User], *, sent: int) -> float:
    """Seconds from the commit until 95 of 100 of those who get it have it."""
    before, heard, began = states().count("sent"), len(service.messages), time.monotonic()
    tell(people[:200])
    tell(people[200:])
    until(lambda: states().count("sent") == before + sent, seconds=60)
    waits = sorted(message.at - began for message in service.messages[heard:] if message.status == 201)
    return waits[int(len(waits) * 0.95)]


@in_the_database
def test_a_service_whose_every_send_hangs_is_probed_by_few(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webpush, "DEADLINE", 0.3)
    monkeypatch.setattr(concurrency, "HUNG_AFTER", 4)
    monkeypatch.setattr(concurrency, "PROBES", 1)
    service.misbehave = lambda _token: "hang"
    people = with_phones(service, 4)
    with Running():
        tell(people)
        until(lambda: Delivery.objects.filter(error="timeout").count() == 4)
        more = with_phones(service, 10)
        tell(more)
        until(lambda: Delivery.objects.filter(error="hung").count() >= 9)
    assert Delivery.objects.filter(state="waiting").count() == 14


@in_the_database
def test_an_announcement_is_written_when_it_is_due_in_chunks(db: None) -> None:
    people = make_people(60)
    event = uuid.uuid4()
    post_sender.letters["unsigned"] = [letter(person.pk, event=event, urgent=False) for person in people]
    stumbling = uuid.uuid4()
    post_sender.stumbles.add(stumbling)
    with Running():
        now = timezone.now()
        with transaction.atomic():
            outbox.announce(topic="home:1", kind="unsigned", due_at=now - minutes(1), event=stumbling)
            outbox.announce(topic="home:1", kind="unsigned", due_at=now, event=event)
            outbox.announce(topic="home:1", kind="unsigned", due_at=now + minutes(60), event=uuid.uuid4())
        until(lambda: Announcement.objects.filter(done_at=None).count() == 2)
    assert Notice.objects.filter(event=event).count() == 60
    assert set(Notice.objects.values_list("seq", flat=True)) == {1}
    assert Announcement.objects.get(event=event).expanded_upto == people[-1].pk
    assert Announcement.objects.get(event=stumbling).due_at > now


@in_the_database
def test_the_call_list_is_filled_by_the_running_dispatcher(settings: Settings) -> None:
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "LADDER": (("webpush", 0), ("calls", 1))}
    people = make_people(1)
    with Running():
        tell(people)
        until(lambda: outbox.unreached("home:1"))
    assert [change.fate for change in post_sender.progress] == ["unreached"]


@in_the_database
def test_what_a_dead_dispatcher_with_the_same_lock_held_is_sent_at_once(service: PushService) -> None:
    people = with_phones(service, 2)
    tell(people)
    with WorkerLock(conf.vapid_key_file().parent) as lock:
        dead = lock.owner
    Delivery.objects.update(lease_owner=dead, lease_until=timezone.now() + dt.timedelta(seconds=30), attempts=1)
    with Running():
        until(lambda: states() == ["sent"] * 2, seconds=3)


@in_the_database
def test_a_stopped_dispatcher_gives_back_what_it_could_not_finish(service: PushService) -> None:
    service.misbehave = lambda _token: "hang"
    people = with_phones(service, 3)
    with Running():
        tell(people)
        until(lambda: Delivery.objects.exclude(lease_owner=None).count() == 3)
    assert set(Delivery.objects.values_list("state", "lease_owner", "lease_until")) == {("waiting", None, None)}


# -- leases, one step at a time --------------------------------------------------------------------


def lease(owner: uuid.UUID = OWNER, limit: int = 10) -> list[int]:
    return [attempt.delivery for attempt in queue.store_and_lease(owner=owner, results=[], limit=limit)]


def test_what_one_holds_no_other_takes_until_the_lease_ends(reader: User, morning: time_machine.Traveller) -> None:
    subscribe(reader)
    tell([reader])
    [delivery] = lease()
    assert lease(uuid.uuid4()) == []
    morning.shift(dt.timedelta(seconds=31))
    assert lease(uuid.uuid4()) == [delivery]
    assert Delivery.objects.get().attempts == 2


def test_only_the_newest_of_a_tag_is_sent(reader: User) -> None:
    subscribe(reader)
    send(letter(reader.pk, tag="arrival"))
    send(letter(reader.pk, tag="departure"))
    [newest] = send(letter(reader.pk, tag="arrival"))
    sent = set(Delivery.objects.filter(pk__in=lease()).values_list("notice__seq", flat=True))
    assert sent == {2, newest.seq}
    assert list(Delivery.objects.filter(state="superseded").values_list("notice__seq", "error")) == [(1, "newer")]


def test_another_readers_newer_notice_supersedes_nothing(db: None) -> None:
    one, two = make_people(2)
    subscribe(one)
    send(letter(one.pk, tag="arrival"))
    send(letter(two.pk, tag="arrival"))
    assert len(lease()) == 1


@pytest.mark.parametrize("why", ["ended", "moved", "withheld", "confirmed", "seen", "expired"])
def test_what_need_not_be_sent_is_not(reader: User, morning: time_machine.Traveller, why: str) -> None:
    phone = subscribe(reader)
    [notice] = tell([reader])
    if why == "ended":
        outbox.end_subscriptions(user_id=reader.pk)
    elif why == "moved":
        PushSubscription.objects.update(user=make_people(1)[0])
    elif why == "withheld":
        Notice.objects.update(withheld_at=timezone.now())
    elif why == "confirmed":
        Delivery.objects.update(confirmed_at=timezone.now())
    elif why == "seen":
        Notice.objects.update(seen_at=timezone.now())
    else:
        morning.shift(minutes(4 * 60))
    assert lease() == []
    row = Delivery.objects.get(notice=notice, subscription=phone)
    assert (row.state, row.error) == {
        "ended": ("gone", "ended"),
        "moved": ("gone", "ended"),
        "withheld": ("gone", "withheld"),
        "confirmed": ("sent", ""),
        "seen": ("superseded", "seen"),
        "expired": ("failed", "expired"),
    }[why]


def test_the_badge_counts_what_was_not_looked_at(reader: User) -> None:
    subscribe(reader)
    for _ in range(3):
        tell([reader])
    Notice.objects.filter(seq=1).update(seen_at=timezone.now())
    attempts = queue.store_and_lease(owner=OWNER, results=[], limit=10)
    assert [attempt.unread for attempt in attempts] == [2, 2]


def test_results_are_written_together_with_the_next_lease(reader: User, django_assert_num_queries: object) -> None:
    subscribe(reader)
    for _ in range(4):
        tell([reader])
    attempts = queue.store_and_lease(owner=OWNER, results=[], limit=3)
    later = timezone.now() + minutes(1)
    outcomes = [Outcome(state="sent"), Outcome(state="failed", error="400"), Outcome(state="retry", error="503")]
    results = [Result(attempt=attempt, outcome=outcome, due_at=later) for attempt, outcome in zip(attempts, outcomes, strict=True)]
    assert len(queue.store_and_lease(owner=OWNER, results=results, limit=3)) == 1
    written = dict(Delivery.objects.values_list("pk", "state"))
    assert [written[attempt.delivery] for attempt in attempts] == ["sent", "failed", "waiting"]
    again = Delivery.objects.get(pk=attempts[2].delivery)
    assert (again.due_at, again.error, again.lease_owner) == (later, "503", None)


def test_pauses_grow_and_are_spread() -> None:
    assert all(1.5 <= back_off(1) <= 2.5 for _ in range(50))
    assert all(12 <= back_off(4) <= 20 for _ in range(50))
    assert all(450 <= back_off(40_000) <= 750 for _ in range(50))
    assert len({back_off(1) for _ in range(50)}) > 40


def test_each_process_on_a_machine_has_its_own_lock(tmp_path: Path) -> None:
    with WorkerLock(tmp_path) as one:
        with WorkerLock(tmp_path) as two:
            assert one.owner != two.owner
        with WorkerLock(tmp_path) as again:
            assert again.owner == two.owner


# -- what an operator sees -------------------------------------------------------------------------


def test_health_notices_that_nobody_sends(reader: User, morning: time_machine.Traveller) -> None:
    subscribe(reader)
    tell([reader])
    assert outbox.dispatcher_health() == "ok"
    morning.shift(dt.timedelta(seconds=61))
    assert outbox.dispatcher_health() == "nothing sent for 61 s, 1 waiting"
    assert outbox.health() == outbox.Health(sending=False, waiting=1, oldest_due_seconds=61, key_refused=0, key_broken=False)
    lease()
    assert outbox.dispatcher_health() == "ok"


def test_one_persons_odd_subscriptions_are_told_and_make_nothing_unready(reader: User) -> None:
    for _ in range(4):
        subscribe(reader)
    tell([reader])
    Delivery.objects.update(error="403")
    assert outbox.dispatcher_health() == "ok, 4 refused with our key"


def test_a_key_that_several_people_are_refused_with_is_broken_until_one_is_taken(morning: time_machine.Traveller, people: People) -> None:
    readers = people(4)
    phones = [subscribe(person) for person in readers]
    PushSubscription.objects.update(last_ok_at=timezone.now())
    morning.shift(10)
    tell(readers[:3])
    Delivery.objects.update(error="401")
    assert outbox.dispatcher_health() == "push services refuse our key: 3 waiting"
    morning.shift(10)
    PushSubscription.objects.filter(pk=phones[3].pk).update(last_ok_at=timezone.now())
    assert outbox.dispatcher_health() == "ok, 3 refused with our key"
