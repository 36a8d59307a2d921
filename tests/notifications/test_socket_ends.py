"""A socket is closed, with a code that says why, when it does not keep to the protocol or its person may no longer listen."""

import asyncio
import json
import random
import string
import uuid
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, transaction

from notifications import outbox
from notifications.live import consumers, messages
from notifications.live.consumers import LiveSocket
from notifications.live.hub import hub
from notifications.models import Notice
from notifications.sender import SignIn
from notifications.threads import Background
from tests.notifications.conftest import make_people, tell
from tests.notifications.sockets import House, run

pytestmark = pytest.mark.django_db(transaction=True)


def hang_up(user_id: int) -> None:
    with transaction.atomic():
        outbox.disconnect(user_id)


def test_who_is_not_signed_in_is_accepted_and_closed_so_that_a_browser_sees_why() -> None:
    async def story(here: House) -> None:
        assert await here.client(None).closed() == 4401

    run(story)


def test_signing_out_closes_that_persons_sockets_only() -> None:
    mother, other = make_people(2)

    async def story(here: House) -> None:
        phone, tablet, stranger = await here.greeted(mother.pk), await here.greeted(mother.pk), await here.greeted(other.pk)
        early = here.client(mother.pk)
        await here.do(partial(hang_up, mother.pk))
        assert [await each.closed() for each in (phone, tablet, early)] == [4401] * 3
        assert stranger.code is None

    run(story)


MALFORMED = [
    "",
    "x",
    "[]",
    "null",
    "7",
    '"hello"',
    "{}",
    b"\x00\x01",
    {"type": "hullo"},
    {"type": "hello"},
    {"type": "hello", "after": -1},
    {"type": "hello", "after": 1.5},
    {"type": "hello", "after": True},
    {"type": "hello", "after": "1"},
    {"type": "hello", "after": 2**63},
    {"type": "hello", "after": 0, "epoch": 1},
    {"type": "hello", "after": 0, "epoch": "\x00"},
    {"type": "hello", "after": 0, "epoch": "\ud800"},
    {"type": "hello", "after": 0, "epoch": "x" * 81},
    {"type": "ping", "got": 0},
    '{"type":"hello","after":0',
    '{"type":"hello","after":1e400}',
    "[" * 20_000,
    '{"type":["hello"],"after":0}',
]
MALFORMED_LATER = [
    {"type": "hello", "after": 0},
    {"type": "ping"},
    {"type": "ping", "got": -1},
    {"type": "ping", "got": 99},
    {"type": "receipt", "id": "x", "state": "seen"},
    {"type": "receipt", "id": 7, "state": "seen"},
    {"type": "receipt", "id": str(uuid.UUID(int=7)), "state": "told"},
    {"type": "receipt", "id": str(uuid.UUID(int=7)), "state": ["seen"]},
    {"type": "seen", "upto": None},
    {"type": "seen", "upto": 1, "thread": None},
    {"type": "seen", "upto": 1, "thread": "a\x00"},
    {"type": "restart"},
    {"type": "notice"},
]


def test_anything_malformed_closes_with_4400_and_nothing_else_happens() -> None:
    [mother] = make_people(1)
    tell([mother])

    async def story(here: House) -> None:
        for early in MALFORMED:
            client = here.client(mother.pk)
            client.say(early)
            assert await client.closed() == 4400, early
            assert client.frames == []
        for message in MALFORMED_LATER:
            client = await here.greeted(mother.pk)
            client.say(message)
            client.say({"type": "seen", "upto": 1})
            assert await client.closed() == 4400, message
        assert await here.do(Notice.objects.filter(seen_at=None, delivered_at=None).count) == 1

    run(story)


def test_a_message_of_more_than_64_kib_closes_with_1009() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        for message in ("x" * (64 * 1024 + 1), b"x" * (64 * 1024 + 1)):
            client = here.client(mother.pk)
            client.say(message)
            assert await client.closed() == 1009

    run(story)


def test_who_says_more_than_any_phone_has_to_say_is_closed() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        for _ in range(700):
            client.say({"type": "receipt", "id": str(uuid.uuid4()), "state": "seen"})
        assert await client.closed() == 4429

    run(story)


WORDS = ["hello", "ping", "receipt", "seen", "restart", "type", "after", "got", "id", "state", "upto", "thread", "delivered"]


def nonsense(chance: random.Random, depth: int = 0) -> Any:
    text = "".join(chance.choices(string.printable, k=9))
    kinds: list[Any] = [chance.choice(WORDS), chance.randint(-5, 2**70), chance.random(), None, True, text]
    if depth < 2:
        kinds += [[nonsense(chance, depth + 1)], {chance.choice(WORDS): nonsense(chance, depth + 1) for _ in range(4)}]
    return chance.choice(kinds)


def near_miss(chance: random.Random) -> Any:
    return {"type": chance.choice(WORDS)} | {word: nonsense(chance) for word in chance.sample(WORDS, 4)}


def test_ten_thousand_random_messages_are_understood_or_malformed() -> None:
    chance = random.Random(7)  # noqa: S311 - the same nonsense each time
    for _ in range(10_000):
        text = json.dumps(near_miss(chance) if chance.random() < 0.7 else nonsense(chance))
        for each in (text, text[: chance.randrange(len(text) + 1)]):
            with suppress(messages.MalformedError):
                messages.parse(each)


def test_random_messages_break_nothing() -> None:
    [mother] = make_people(1)
    chance = random.Random(8)  # noqa: S311 - as above

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        for _ in range(500):
            if client.code is not None:
                client = await here.greeted(mother.pk)
            client.say(near_miss(chance))
            await asyncio.sleep(0)
        last = await here.greeted(mother.pk)
        assert last.code is None

    run(story)


def test_who_never_reads_is_closed_when_64_frames_are_under_way() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        silent, reading = await here.greeted(mother.pk), await here.greeted(mother.pk)
        for number in range(65):
            hub.arrive([("user", mother.pk, f'{{"type":"notice","seq":{number}}}')])
            await asyncio.sleep(0)
            if number % 20 == 0:
                reading.say({"type": "ping", "got": len(reading.frames)})
                await reading.until(lambda: reading.frames[-1]["type"] == "pong")
        assert await silent.closed() == 4408
        assert reading.code is None

    run(story)


def test_few_but_large_frames_fill_the_window_as_well() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        client = await here.greeted(mother.pk)
        for _ in range(3):
            hub.arrive([("user", mother.pk, '{"type":"notice","x":"' + "x" * 50_000 + '"}')])
        assert await client.closed() == 4408

    run(story)


def test_who_never_says_hello_is_not_kept_a_store_for() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        client = here.client(mother.pk)
        await here.until(lambda: hub.users)
        for number in range(65):
            hub.arrive([("user", mother.pk, f'{{"type":"notice","seq":{number}}}')])
        assert await client.closed() == 4408

    run(story)


def test_who_was_silent_for_a_minute_is_swept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "SILENT", 0.2)
    monkeypatch.setattr(consumers, "SWEEP", 0.05)
    [mother] = make_people(1)

    async def story(here: House) -> None:
        stop = asyncio.Event()
        sweeper = asyncio.create_task(here.live.sweep(Background("sweep", here.threads, stop)))
        silent, living = await here.greeted(mother.pk), await here.greeted(mother.pk)
        for _ in range(8):
            living.say({"type": "ping", "got": len(living.frames)})
            await asyncio.sleep(0.05)
        assert await silent.closed() == 4408
        assert living.code is None
        stop.set()
        await sweeper

    run(story)


def test_before_a_restart_everybody_is_told_when_to_come_back() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        clients = [await here.greeted(mother.pk) for _ in range(3)]
        waits = iter([0.1, 2.5, 9.9])
        await here.live.restart(within=10, pick=lambda _low, _high: next(waits))
        assert [await client.closed() for client in clients] == [1012] * 3
        assert sorted(client.of_type("restart")[0]["after_ms"] for client in clients) == [100, 2500, 9900]

    run(story)


def test_a_busy_database_tells_the_phone_to_come_later() -> None:
    [mother] = make_people(1)

    async def story(here: House) -> None:
        def away(_scopes: Any) -> list[SignIn | None]:
            raise OperationalError("locked")

        here.live = LiveSocket(hub=hub, threads=here.threads, authenticate=away)
        assert await here.client(mother.pk).closed() == 1013

    run(story)
