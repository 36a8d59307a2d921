"""Bodies nobody asked for: refused while they come, at no cost to the others."""

import http.client
import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

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


def post(server: Server, size: int, *, kind: str = "application/json", chunked: bool = False) -> tuple[int, str]:
    """Sends all of it, whatever is said meanwhile; status and code."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    block = b"a=&a" * (MEGABYTE // 4)
    parts: Iterator[bytes] = (block for _ in range(size // MEGABYTE))
    headers = {"Content-Type": kind} | ({} if chunked else {"Content-Length": str(size)})
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


def test_photos_are_not_held_in_memory(server: Server) -> None:
    """Twelve of 20 MB at once; the door answers meanwhile."""
    assert server.child
    before = most = server.child.memory()
    with ThreadPoolExecutor(12) as phones:
        sent = [phones.submit(post, server, 20 * MEGABYTE, kind="image/jpeg") for _ in range(12)]
        while not all(each.done() for each in sent):
            began = time.monotonic()
            assert server.get("/livez") == (200, b"ok")
            assert time.monotonic() - began < 2
            most = max(most, server.child.memory())
    assert {each.result() for each in sent} == {(403, "csrf")}
    assert most - before <= 16 * MEGABYTE


def test_what_a_person_may_send_comes_through(server: Server) -> None:
    assert post(server, 2 * MEGABYTE) == (403, "csrf")
    assert post(server, 20 * MEGABYTE, kind="image/jpeg") == (403, "csrf")
