"""An open app hears at once, and catches up after a gap."""

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, transaction

from notifications import outbox
from notifications.live import backlog
from notifications.live.backlog import Backlog, Greeting
from notifications.live.frames import Frame
from notifications.models import Inbox, Notice
from tests.notifications.conftest import letter, make_people, send, tell
from tests.notifications.sockets import House, run
from tests.support import post_sender

pytestmark = pytest.mark.django_db(transaction=True)


def publish(topic: str, **payload: Any) -> None:
    with transaction.atomic():
        outbox.publish(topic, {"type": "board", **payload})


def test_what_was_missed_comes_first_then_what_happens() -> None:
    mother, other = make_people(2)
    for _ in range(3):
        tell([mother, other])
    epoch = Inbox.objects.get(user=mother).epoch

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk, after=1)
        assert client.seqs() == [2, 3]
        assert client.of_type("ready") == [{"type": "ready", "epoch": epoch, "latest": 3, "revs": {}}]
        await here.do(partial(tell, [other]))
        await here.do(partial(tell, [mother]))
        await client.until(lambda: client.seqs() == [2, 3, 4])
        assert client.frames[-1]["notice"]["title"] == "志强 08:12 已到阳光家园"

    run(story)


def test_what_is_committed_while_the_backlog_is_read_comes_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    [mother] = make_people(1)
    tell([mother])
    read = backlog.read

    def slow(greetings: Sequence[Greeting]) -> list[Backlog]:
        found = read(greetings)
        tell([mother])  # committed after the backlog was read, before it was sent
        return found

    monkeypatch.setattr(backlog, "read", slow)

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        await client.until(lambda: len(client.seqs()) == 2)
        assert [frame["type"] for frame in client.frames] == ["notice", "ready", "notice"]
        assert client.seqs() == [1, 2]

    run(story)


def test_a_change_of_a_topic_while_the_backlog_is_read_is_not_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    [teacher] = make_people(1)
    post_sender.topics[teacher.pk] = ["home:1"]
    read = backlog.read

    def slow(greetings: Sequence[Greeting]) -> list[Backlog]:
        found = read(greetings)
        publish("home:1")  # before the socket listens: no frame brings it
        return found

    monkeypatch.setattr(backlog, "read", slow)

    async def story(here: House) -> None:
        client = await here.greeted(teacher.pk)
        assert (await client.ready())["revs"] == {"home:1": 1}

    run(story)


@pytest.mark.parametrize(("after", "epoch"), [(0, "another"), (9, ""), (0, "")])
def test_who_cannot_go_on_is_told_to_read_afresh(after: int, epoch: str) -> None:
    [mother] = make_people(1)
    tell([mother])
    Inbox.objects.update(oldest=1 if epoch or after else 2, latest=5)

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk, after, **({"epoch": epoch} if epoch else {}))
        assert [frame["type"] for frame in client.frames] == ["reread", "ready"]

    run(story)


def test_two_hundred_missed_are_sent_and_more_are_not() -> None:
    [mother] = make_people(1)
    for _ in range(201):
        send(letter(mother.pk))

    async def story(here: House) -> None:
        whole = await here.greeted(mother.pk, after=1)
        assert whole.seqs() == list(range(2, 202))
        whole.say({"type": "ping", "got": 201})
        await whole.until(lambda: whole.of_type("pong"))
        too_far = await here.greeted(mother.pk, after=0)
        assert [frame["type"] for frame in too_far.frames] == ["reread", "ready"]

    run(story)


def test_a_withheld_notice_is_a_number() -> None:
    [mother] = make_people(1)
    tell([mother])
    outbox.withhold(user_id=mother.pk, thread="member:1:1")

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        assert client.of_type("notice") == [{"type": "notice", "seq": 1, "withheld": True}]

    run(story)


def test_staff_hear_the_topics_they_may_and_where_those_stand() -> None:
    teacher, stranger = make_people(2)
    post_sender.topics[teacher.pk] = ["home:1"]
    publish("home:1")

    async def story(here: House) -> None:
        of_teacher, of_stranger = await here.greeted(teacher.pk), await here.greeted(stranger.pk)
        assert (await of_teacher.ready())["revs"] == {"home:1": 1}
        assert (await of_stranger.ready())["revs"] == {}
        await here.do(partial(publish, "home:1", home=1))
        await here.do(partial(publish, "home:2", home=2))
        await of_teacher.until(lambda: of_teacher.of_type("board"))
        assert of_teacher.of_type("board") == [{"type": "board", "home": 1, "rev": 2}]
        assert of_stranger.of_type("board") == []

    run(story)


def test_receipts_and_seen_are_stored_and_shared() -> None:
    [mother] = make_people(1)
    [first], [second] = tell([mother]), tell([mother])

    async def story(here: House) -> None:
        phone, tablet = await here.greeted(mother.pk), await here.greeted(mother.pk)
        phone.say({"type": "receipt", "id": str(first.pk), "state": "delivered"})
        phone.say({"type": "receipt", "id": str(uuid.uuid4()), "state": "seen"})
        await here.until(Notice.objects.filter(pk=first.pk, delivered_via="live").exists)
        phone.say({"type": "seen", "upto": 2, "thread": "member:1:1"})
        await tablet.until(lambda: tablet.of_type("seen"))
        assert tablet.of_type("seen") == [{"type": "seen", "upto": 2, "thread": "member:1:1"}]
        assert await here.do(Notice.objects.filter(seen_at=None).count) == 0
        assert second.seq == 2

    run(story)


def test_a_thousand_receipts_cost_few_commits(monkeypatch: pytest.MonkeyPatch) -> None:
    [mother] = make_people(1)
    tell([mother])

    async def story(here: House) -> None:
        phones = [await here.greeted(mother.pk) for _ in range(2)]
        writes = 0
        write = here.threads.write

        async def counted(job: Any) -> Any:
            nonlocal writes
            writes += 1
            return await write(job)

        monkeypatch.setattr(here.threads, "write", counted)
        for phone in phones:
            for _ in range(500):
                phone.say({"type": "receipt", "id": str(uuid.uuid4()), "state": "delivered"})
            phone.say({"type": "ping", "got": 2})
            await phone.until(partial(phone.of_type, "pong"))
        assert here.live._receipts is not None
        await here.live._receipts.flush()
        assert writes <= 6

    run(story)


def test_seen_said_again_and_again_is_stored_once(monkeypatch: pytest.MonkeyPatch) -> None:
    [mother] = make_people(1)
    tell([mother])

    async def story(here: House) -> None:
        phone, tablet = await here.greeted(mother.pk), await here.greeted(mother.pk)
        for _ in range(500):
            phone.say({"type": "seen", "upto": 1})
        await tablet.until(lambda: tablet.of_type("seen"))
        assert here.live._receipts is not None
        await here.live._receipts.flush()
        assert len(tablet.of_type("seen")) <= 3
        assert await here.do(Notice.objects.exclude(seen_at=None).count) == 1

    run(story)


def test_a_database_that_is_away_loses_no_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.live.receipt_buffer.AGAIN_AFTER", 0.05)
    [mother] = make_people(1)
    [notice] = tell([mother])

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        write, faults = here.threads.write, [OperationalError("locked"), OperationalError("locked")]

        async def rough(job: Any) -> Any:
            if faults:
                raise faults.pop()
            return await write(job)

        monkeypatch.setattr(here.threads, "write", rough)
        client.say({"type": "receipt", "id": str(notice.pk), "state": "seen"})
        await here.until(lambda: not faults)
        monkeypatch.undo()
        await here.until(Notice.objects.exclude(seen_at=None).exists)

    run(story)


def test_a_server_that_lends_its_wire_gets_frames_ready_made() -> None:
    [mother] = make_people(1)
    tell([mother])
    wired: list[Frame] = []

    async def story(here: House) -> None:
        client = here.client(mother.pk, wired.append)
        client.hello()
        await here.until(lambda: len(wired) == 2)
        assert client.frames == []

    run(story)
    notice = wired[0]
    assert notice.wire[:2] == b"\x81\x7e"
    assert int.from_bytes(notice.wire[2:4], "big") == len(notice.wire) - 4 == notice.size
    assert notice.wire[4:].decode() == notice.text


@pytest.mark.parametrize(
    ("size", "header"), [(125, b"\x81\x7d"), (126, b"\x81\x7e\x00\x7e"), (65536, b"\x81\x7f" + (65536).to_bytes(8, "big"))]
)
def test_frames_have_the_header_of_their_length(size: int, header: bytes) -> None:
    assert Frame("x" * size).wire == header + b"x" * size
