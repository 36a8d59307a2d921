"""Clients that talk nonsense, and clients that never listen."""

import json
import os
import random
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest

from tests.support.api_client import MOTHER, TEACHER, Person
from tests.support.processes import wait_until
from tests.support.raw_socket import RawSocket, frame
from tests.support.running import demo_template
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = pytest.mark.faults

MALFORMED, ONE_TOO_MANY = 4400, 4409
MEGABYTE = 1 << 20
TEXTS = [
    "",
    "hello",
    "null",
    "[]",
    '"x"',
    "{}",
    "{",
    "[" * 3000,
    '{"type": 5}',
    '{"type": "nonsense"}',
    '{"type": "hello"}',
    '{"type": "hello", "after": -1}',
    '{"type": "hello", "after": "1"}',
    '{"type": "hello", "after": true}',
    '{"type": "hello", "after": 1e400}',
    '{"type": "hello", "after": 9223372036854775808}',
    '{"type": "hello", "after": 0, "epoch": {"a": []}}',
    '{"type": "hello", "after": 0, "epoch": "\\ud800"}',
    '{"type": "ping", "got": -5}',
    '{"type": "ping", "got": NaN}',
    '{"type": "receipt", "id": "nonsense", "state": "seen"}',
    '{"type": "receipt", "id": "01890a5d-ac96-774b-bcce-b302099a8057", "state": "told"}',
    '{"type": "receipt", "id": null}',
    '{"type": "seen", "upto": []}',
    '{"type": "seen", "upto": 1, "thread": "\\u0000"}',
]
WIRE = {
    "65 KiB": frame(json.dumps({"type": "seen", "upto": 1, "thread": "x" * 65 * 1024}).encode()),
    "binary": frame(b'{"type":"ping","got":0}', first=0x82),
    "not UTF-8": frame(b"\xff\xfe\xfd"),
    "not masked": frame(b"{}", masked=False),
    "reserved opcode": frame(b"{}", first=0x83),
    "reserved bit": frame(b"{}", first=0xC1),
    "fragmented ping": frame(b"", first=0x09),
    "long ping": frame(b"x" * 126, first=0x89),
    "a length of four exabytes": frame(b"x", claimed=1 << 62),
    "continuation of nothing": frame(b"{}", first=0x80),
    "close code 1": frame(b"\x00\x01", first=0x88),
}
PROTOCOL_ERRORS = {1000, 1002, 1003, 1006, 1007, 1009}


def open_files(server: Server) -> int:
    assert server.child
    return len(os.listdir(f"/proc/{server.child.pid}/fd"))  # noqa: PTH208 - a count


def memory(server: Server) -> int:
    assert server.child
    return server.child.memory()


@pytest.fixture(scope="module")
def hardy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all of it: whatever came before must not have hurt it."""
    store = demo_template().copy(tmp_path_factory.mktemp("hardy") / "data")
    one = Server(store)
    try:
        yield one.start()
    finally:
        one.kill()
        store.drop()


@pytest.fixture(scope="module")
def mother(hardy: Server) -> Iterator[Person]:
    with Person(hardy.url) as person:
        yield person.sign_in(MOTHER)


@pytest.fixture
def teacher(hardy: Server) -> Iterator[Tablet]:
    with Person(hardy.url) as person:
        yield Tablet(person.sign_in(TEACHER))


def code_after(person: Person, raw: bytes) -> int:
    one = RawSocket(person)
    try:
        assert one.status == 101
        one.send(raw)
        return one.close_code()
    finally:
        one.close()


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_a_malformed_message_closes_with_4400(hardy: Server, mother: Person, text: str) -> None:
    assert code_after(mother, frame(text.encode("utf-8", "surrogatepass"))) == MALFORMED


@pytest.mark.parametrize("name", WIRE)
def test_a_malformed_frame_is_closed(hardy: Server, mother: Person, name: str) -> None:
    assert code_after(mother, WIRE[name]) in PROTOCOL_ERRORS | {MALFORMED}


def test_ten_thousand_malformed_frames_crash_nothing(hardy: Server, mother: Person) -> None:
    chance = random.Random(10_000)  # noqa: S311 - the same nonsense every time
    kinds = [*(frame(text.encode()) for text in TEXTS), *WIRE.values()]
    before = 0
    for number in range(1100):
        if number == 100:  # ten megabytes are the allocator's, and stay ten however many come
            before = memory(hardy)
        noise = [frame(chance.randbytes(chance.randrange(200)), first=chance.choice((0x81, 0x82))) for _ in range(2)]
        raw = b"".join([*chance.choices(kinds, k=8), *noise])
        assert code_after(mother, raw) in PROTOCOL_ERRORS | {MALFORMED}
    assert hardy.get("/readyz")[0] == 200
    # None of it is a socket's: test_sockets_come_and_go.py.
    assert memory(hardy) - before <= 16 * MEGABYTE
    assert "Traceback" not in hardy.log.read_text()


@pytest.fixture
def colleagues(hardy: Server, teacher: Tablet) -> Iterator[list[Person]]:
    """Five more at work at the teacher's Home: one person has twelve sockets at most."""
    home = teacher.person.me()["posts"][0]["home"]["id"]
    with ExitStack() as stack:
        people = [stack.enter_context(Person(hardy.url)).sign_in(f"1390000000{number}") for number in range(5)]
        post = {"home_id": home, "role": "carer", "title": "老师", "pin": "", "pin_tries": 0, "starts_on": "2026-01-01"}
        hardy.store.insert("homes_staffpost", [{"user_id": person.me()["id"], **post} for person in people])
        yield people


def test_fifty_clients_that_never_read_are_closed(hardy: Server, teacher: Tablet, colleagues: list[Person]) -> None:
    before, files = memory(hardy), open_files(hardy)
    deaf = [RawSocket(person, receive_buffer=2048) for person in colleagues * 10]
    for one in deaf:
        one.send(frame(b'{"type":"hello","after":0}'))
    wait_until(lambda: open_files(hardy) >= files + 50, what="all are in")
    members = [tile["id"] for tile in teacher.board()["members"]]
    for turn in range(3):
        for member in members:
            teacher.send(teacher.tap(member, "departed" if turn % 2 else "arrived"))
    wait_until(lambda: open_files(hardy) <= files + 5, what="the deaf are closed", every=0.2)
    assert memory(hardy) - before <= 16 * MEGABYTE
    for one in deaf:
        one.close()


def test_one_person_with_a_hundred_talkative_sockets_has_twelve_and_stops_no_tap(mother: Person, teacher: Tablet) -> None:
    member = teacher.board()["members"][0]["id"]
    talk = frame(b'{"type":"hello","after":0}') + frame(b'{"type":"seen","upto":0}') * 100
    many = []
    for _ in range(100):
        many.append(RawSocket(mother))
        with suppress(ConnectionError):
            many[-1].send(talk)
    assert teacher.person.tap(member).status == 201
    assert {one.close_code() for one in many[:88]} == {ONE_TOO_MANY}
    for one in many:
        one.close()


def test_a_stranger_is_let_in_nowhere(hardy: Server, mother: Person) -> None:
    with Person(hardy.url) as nobody:
        one = RawSocket(nobody)
        assert (one.status, one.close_code()) == (101, 4401)
        one.close()
    foreign = RawSocket(mother, origin="http://evil.example")
    assert foreign.status == 403
    foreign.close()
