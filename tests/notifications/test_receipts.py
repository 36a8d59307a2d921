"""Who received what is marked once, and the sender hears when it changes how an event fares."""

import uuid
from collections.abc import Callable

from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from notifications import outbox
from notifications.inbox import receipts
from notifications.inbox.receipts import Mark
from notifications.models import Notice, Reply
from notifications.sender import Progress
from tests.notifications.conftest import TOPIC, letter, send, tell
from tests.support import post_sender

People = Callable[[int], list[User]]


def progress(event: uuid.UUID, fate: outbox.Fate) -> Progress:
    return Progress(topic=TOPIC, event=event, fate=fate)


def test_the_best_of_the_readers_counts_and_each_change_is_told_once(people: People) -> None:
    mother, sister = people(2)
    to_mother, to_sister = tell([mother, sister])
    assert outbox.fate([to_mother.event]) == {to_mother.event: "sent"}
    receipts.store([Mark(to_mother.pk, mother.pk, "delivered")])
    receipts.store([Mark(to_sister.pk, sister.pk, "delivered")])
    receipts.store([Mark(to_sister.pk, sister.pk, "seen")])
    receipts.store([Mark(to_mother.pk, mother.pk, "seen")])
    assert post_sender.progress == [progress(to_mother.event, "delivered"), progress(to_mother.event, "seen")]
    assert outbox.fate([to_mother.event, uuid.uuid4()]) == {to_mother.event: "seen"}


def test_the_first_receipt_stays(reader: User) -> None:
    [notice] = tell([reader])
    receipts.store([Mark(notice.pk, reader.pk, "delivered", via="webpush")])
    notice.refresh_from_db()
    first = notice.delivered_at
    receipts.store([Mark(notice.pk, reader.pk, "delivered", via="live"), Mark(notice.pk, reader.pk, "seen")])
    notice.refresh_from_db()
    assert (notice.delivered_at, notice.delivered_via) == (first, "webpush")
    assert notice.seen_at is not None


def test_what_was_seen_was_delivered(reader: User) -> None:
    [notice] = tell([reader])
    receipts.store([Mark(notice.pk, reader.pk, "seen", via="app")])
    notice.refresh_from_db()
    assert notice.delivered_at == notice.seen_at
    assert notice.delivered_via == "app"


def test_somebody_elses_unknown_and_withheld_notices_are_passed_over(people: People) -> None:
    mother, stranger = people(2)
    [notice] = tell([mother])
    receipts.store([Mark(notice.pk, stranger.pk, "seen"), Mark(uuid.uuid4(), stranger.pk, "seen")])
    outbox.withhold(user_id=mother.pk, thread=notice.thread)
    receipts.store([Mark(notice.pk, mother.pk, "seen")])
    notice.refresh_from_db()
    assert (notice.seen_at, notice.delivered_at) == (None, None)
    assert post_sender.progress == []


def test_a_batch_is_told_together_in_the_order_of_topics(reader: User, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    notices = [send(letter(reader.pk, topic=topic))[0] for topic in ("home:2", "home:1", "home:3")]
    with django_assert_num_queries(4):  # two of them the savepoint of the test's own transaction
        receipts.store(Mark(notice.pk, reader.pk, "delivered") for notice in notices)
    assert [change.topic for change in post_sender.progress] == ["home:1", "home:2", "home:3"]


def test_seen_up_to_here_marks_one_conversation_or_all(reader: User) -> None:
    for thread in ("member:1:1", "home:1", "member:1:1", "home:1"):
        send(letter(reader.pk, thread=thread))
    receipts.mark_seen(user_id=reader.pk, upto=3, thread="member:1:1")
    assert list(Notice.objects.filter(seen_at=None).order_by("seq").values_list("seq", flat=True)) == [2, 4]
    receipts.mark_seen(user_id=reader.pk, upto=3)
    assert list(Notice.objects.filter(seen_at=None).values_list("seq", flat=True)) == [4]


def test_an_answer_is_kept_once_counts_as_seen_and_is_told(reader: User) -> None:
    [notice] = tell([reader], data={"member": 7})
    assert receipts.reply(notice=notice, kind="late") is True
    assert receipts.reply(notice=notice, kind="late") is False
    assert receipts.reply(notice=notice, kind="ack") is True
    assert list(Reply.objects.order_by("pk").values_list("kind", flat=True)) == ["late", "ack"]
    assert post_sender.replies == [(notice.event, "late", reader.pk), (notice.event, "ack", reader.pk)]
    assert post_sender.progress == [progress(notice.event, "seen")]
    ack, late = outbox.replies(topic=TOPIC)
    assert (ack.kind, late.kind, late.user_id, late.data) == ("ack", "late", reader.pk, {"member": 7})


def test_whoever_was_told_is_known_by_event_and_by_tag(people: People) -> None:
    mother, sister = people(2)
    [notice, _] = tell([mother, sister], tag="arrival-1")
    outbox.withhold(user_id=sister.pk, thread=notice.thread)
    assert outbox.recipients([notice.event], topic=TOPIC) == outbox.Recipients(tag="arrival-1", readers=frozenset({mother.pk}))
    assert outbox.readers("arrival-1") == {mother.pk}
    for events, topic in (([uuid.uuid4()], TOPIC), ([notice.event], "another")):
        assert outbox.recipients(events, topic=topic) == outbox.Recipients(tag="", readers=frozenset())
