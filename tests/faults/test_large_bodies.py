"""Bodies nobody asked for: refused while they come, at no cost to the others."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.support.api_client import TEACHER, Person
from tests.support.processes import wait_until
from tests.support.running import demo_template
from tests.support.server import Server

pytestmark = pytest.mark.faults

MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    store = demo_template().copy(tmp_path_factory.mktemp("broad") / "data")
    one = Server(store)
    try:
        yield one.start()
    finally:
        one.kill()
        store.drop()


@pytest.fixture(scope="module")
def teacher(server: Server) -> Iterator[str]:
    """The teacher's cookies."""
    with Person(server.url) as browser:
        yield browser.sign_in(TEACHER).cookie_header


def post(server: Server, size: int, *, kind: str = "application/json", chunked: bool = False, cookie: str = "") -> tuple[int, str]:
    """Sends all of it, whatever is said meanwhile; status and code."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    block = b"a=&a" * (MEGABYTE // 4)
    parts: Iterator[bytes] = (block for _ in range(size // MEGABYTE))
    headers = {"Content-Type": kind, "Cookie": cookie} | ({} if chunked else {"Content-Length": str(size)})
    try:
        connection.request("POST", "/api/notices/seen", parts, headers, encode_chunked=chunked)
        answer = connection.getresponse()
        body = json.loads(answer.read())
    finally:
        connection.close()
    return answer.status, body["code"]


@pytest.mark.parametrize(
    ("size", "kind", "chunked"),
    [
        (300, "application/json", False),
        (300, "application/json", True),
        (300, "image/jpeg", False),
        (20, "application/x-www-form-urlencoded", False),
    ],
    ids=["long", "chunked", "photo", "form"],
)
def test_a_body_without_end_is_refused_and_nobody_waits_for_it(server: Server, size: int, kind: str, chunked: bool) -> None:
    assert server.child
    before = most = server.child.memory()
    answers: list[tuple[int, str]] = []
    sender = threading.Thread(target=lambda: answers.append(post(server, size * MEGABYTE, kind=kind, chunked=chunked)))
    sender.start()
    while sender.is_alive():
        assert server.get("/livez") == (200, b"ok")
        most = max(most, server.child.memory())
    assert answers == [(413, "too_large")]
    assert most - before <= 16 * MEGABYTE


def test_photos_are_not_held_in_memory(server: Server, teacher: str) -> None:
    """Six of 20 MB at once, and six of nobody's; the door answers meanwhile."""
    assert server.child
    before = most = server.child.memory()
    with ThreadPoolExecutor(12) as phones:
        sent = [phones.submit(post, server, 20 * MEGABYTE, kind="image/jpeg", cookie=cookie) for cookie in [teacher, ""] * 6]
        while not all(each.done() for each in sent):
            began = time.monotonic()
            assert server.get("/livez") == (200, b"ok")
            assert time.monotonic() - began < 2
            most = max(most, server.child.memory())
    assert [each.result() for each in sent] == [(403, "csrf"), (401, "signed_out")] * 6
    assert most - before <= 16 * MEGABYTE


def test_what_a_person_may_send_comes_through(server: Server, teacher: str) -> None:
    assert post(server, 2 * MEGABYTE) == (403, "csrf")
    assert post(server, 20 * MEGABYTE, kind="image/jpeg", cookie=teacher) == (403, "csrf")


class Sender:
    """Begins a photo of 20 MB and does not end it."""

    def __init__(self, server: Server, *, cookie: str = "", kind: str = "image/jpeg") -> None:
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        head = f"PUT /api/moments/x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Type: {kind}\r\nCookie: {cookie}\r\n"
        self.socket.sendall(f"{head}Content-Length: {20 * MEGABYTE}\r\n\r\n".encode())
        self.go_on()

    def go_on(self) -> None:
        self.socket.sendall(b"x" * MEGABYTE)

    def answer(self) -> int:
        return int(self.socket.recv(65536).split(b" ", 2)[1])

    def close(self) -> None:
        self.socket.close()


@pytest.fixture
def begin(server: Server) -> Iterator[Callable[..., Sender]]:
    with ExitStack() as begun:
        yield lambda **more: begun.enter_context(closing(Sender(server, **more)))


def on_the_disk(server: Server) -> int:
    """Bytes in files that only the server still holds."""
    assert server.child
    size, media = 0, str(server.store.data / "media")
    for file in Path(f"/proc/{server.child.pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            size += file.stat().st_size if str(file.readlink()).startswith(media) else 0
    return size


@pytest.mark.parametrize("cookie", ["", "sessionid=0123456789abcdefghijklmnopqrstuv"], ids=["nobody", "forged"])
@pytest.mark.parametrize("kind", ["image/jpeg", "application/octet-stream"])
def test_nobodys_photo_is_refused_before_it_is_read(server: Server, begin: Callable[..., Sender], cookie: str, kind: str) -> None:
    senders = [begin(cookie=cookie, kind=kind) for _ in range(12)]
    assert [sender.answer() for sender in senders] == [401] * 12
    for sender in senders:
        sender.go_on()
    assert on_the_disk(server) == 0


def test_of_one_person_no_more_than_six_are_taken_in_at_once(server: Server, begin: Callable[..., Sender], teacher: str) -> None:
    def under_way(photos: int) -> None:
        wait_until(lambda: on_the_disk(server) == photos * MEGABYTE, what=f"{photos} photos are under way")

    senders = [begin(cookie=teacher) for _ in range(6)]
    under_way(6)
    assert begin(cookie=teacher).answer() == 429
    senders[0].close()
    under_way(5)
    begin(cookie=teacher)
    under_way(6)
