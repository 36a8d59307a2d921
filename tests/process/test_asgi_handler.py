"""A request is one hop to a thread that keeps its connection; what writes takes its turn, and no queue grows without end."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection, connections
from pytest_django import Settings

from backend.accounts.models import CodeRequest
from backend.process import db_threads
from backend.process.asgi_handler import Handler
from backend.process.db_threads import DatabaseThreads
from tests.support import handler_urls

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def plain_site(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = "tests.support.handler_urls"
    settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
    handler_urls.gate.clear()
    yield
    handler_urls.gate.set()


class Site:
    def __init__(self) -> None:
        self.threads = DatabaseThreads()
        self.app = Handler(self.threads)

    async def ask(
        self, method: str, path: str, body: bytes = b"", kind: bytes = b"", *, cookie: bytes = b"sessionid=somebody"
    ) -> tuple[int, dict[str, str], bytes]:
        events = iter([{"type": "http.request", "body": body, "more_body": False}])
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return next(events, {"type": "http.disconnect"})

        async def send(event: Any) -> None:
            sent.append(event)

        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": b"",
            "headers": [
                (b"host", b"localhost"),
                (b"content-length", str(len(body)).encode()),
                (b"content-type", kind),
                (b"cookie", cookie),
            ],
        }
        await self.app(scope, receive, send)
        headers = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
        return sent[0]["status"], headers, b"".join(event.get("body", b"") for event in sent[1:])


def run(story: Callable[[Site], Awaitable[None]]) -> None:
    async def told() -> None:
        site = Site()
        try:
            await story(site)
        finally:
            handler_urls.gate.set()
            for thread in site.threads.every:
                await thread.run(connections.close_all)

    asyncio.run(told())


def test_a_request_is_served_on_a_database_thread() -> None:
    async def story(site: Site) -> None:
        status, headers, body = await site.ask("POST", "/where", b"hello")
        found = json.loads(body)
        assert (status, headers["Content-Type"]) == (200, "application/json")
        assert (found["body"], found["path"]) == ("hello", "/where")
        assert found["thread"].startswith("writer" if connection.vendor == "sqlite" else "database")

    run(story)


@pytest.mark.faults_sqlite_only
def test_on_sqlite_what_writes_has_one_thread_and_what_reads_has_others() -> None:
    async def story(site: Site) -> None:
        answers = await asyncio.gather(*(site.ask(method, "/where") for method in ("POST", "PUT", "DELETE", "GET", "HEAD", "GET") * 3))
        threads = [json.loads(body)["thread"].split("_")[0] for _, _, body in answers if body]
        assert set(threads) == {"writer", "reader-0", "reader-1", "reader-2"}
        waiting = asyncio.create_task(site.ask("GET", "/wait"))
        await asyncio.to_thread(handler_urls.entered.acquire)
        assert (await asyncio.wait_for(site.ask("POST", "/where"), 5))[0] == 200
        assert (await asyncio.wait_for(site.ask("GET", "/where"), 5))[0] == 200
        handler_urls.gate.set()
        assert (await waiting)[2] == b"waited"

    run(story)


def test_strangers_who_look_have_a_line_of_their_own_and_it_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_threads, "MAX_STRANGERS", 2)

    async def story(site: Site) -> None:
        looking = [asyncio.create_task(site.ask("GET", "/wait", cookie=b"theme=dark")) for _ in range(2)]
        await asyncio.to_thread(handler_urls.entered.acquire)
        assert (await site.ask("GET", "/where", cookie=b""))[0] == 503
        for method in ("GET", "POST"):
            assert (await asyncio.wait_for(site.ask(method, "/where"), 60))[0] == 200
        handler_urls.gate.set()
        assert [(await each)[2] for each in looking] == [b"waited"] * 2

    run(story)


def test_whoever_asks_how_we_are_stands_behind_nobody() -> None:
    async def story(site: Site) -> None:
        others = site.threads.every - {site.threads.probe}
        held = [asyncio.create_task(thread.run(lambda: handler_urls.gate.wait(60))) for thread in others]
        assert (await asyncio.wait_for(site.ask("GET", "/livez", cookie=b""), 60))[2] == b"ok"
        assert (await asyncio.wait_for(site.ask("GET", "/readyz", cookie=b""), 60))[2] == b"probe_0"
        handler_urls.gate.set()
        assert await asyncio.gather(*held)

    run(story)


def test_no_tap_waits_behind_a_file() -> None:
    async def story(site: Site) -> None:
        slow = asyncio.create_task(site.ask("PUT", "/wait", b"...", b"image/jpeg"))
        await asyncio.to_thread(handler_urls.entered.acquire)
        assert (await asyncio.wait_for(site.ask("POST", "/where"), 5))[0] == 200
        handler_urls.gate.set()
        assert (await slow)[2] == b"waited"

    run(story)


def test_sixty_writes_at_once_all_succeed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_threads, "WRITE_TIMEOUT", 120.0)

    async def story(site: Site) -> None:
        answers = await asyncio.gather(*(site.ask("POST", "/write") for _ in range(60)))
        assert {status for status, _, _ in answers} == {201}

    run(story)
    assert CodeRequest.objects.count() == 60


def test_a_stream_is_read_on_the_same_thread() -> None:
    async def story(site: Site) -> None:
        status, _, body = await site.ask("GET", "/stream")
        lines = body.decode().split("\n")[:-1]
        assert status == 200
        assert [line.split()[0] for line in lines] == ["0", "1", "2"]
        assert len({line.split()[1] for line in lines}) == 1
        assert not lines[0].endswith("MainThread")

    run(story)


def test_a_bug_is_an_answer_and_the_next_request_is_served(caplog: pytest.LogCaptureFixture) -> None:
    async def story(site: Site) -> None:
        assert (await site.ask("POST", "/stumble"))[0] == 500
        assert (await site.ask("POST", "/where"))[0] == 200
        assert (await site.ask("GET", "/nowhere"))[0] == 404

    run(story)
    assert "ZeroDivisionError" in caplog.text


def test_an_async_view_works_as_well() -> None:
    async def story(site: Site) -> None:
        assert json.loads((await site.ask("GET", "/later"))[2]) == {"async": True}

    run(story)


def test_whoever_comes_when_the_queue_is_full_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_threads, "MAX_QUEUED", 3)

    async def story(site: Site) -> None:
        site.threads._writers = site.threads._writers[:1]
        waiting = [asyncio.create_task(site.ask("POST", "/wait")) for _ in range(3)]
        await asyncio.to_thread(handler_urls.entered.acquire)
        status, headers, body = await site.ask("POST", "/where")
        assert (status, headers["Retry-After"], json.loads(body)["code"]) == (503, "2", "busy")
        with pytest.raises(OperationalError):
            await site.threads.write(lambda: None)
        handler_urls.gate.set()
        assert [(await each)[0] for each in waiting] == [200] * 3
        assert (await site.ask("POST", "/where"))[0] == 200

    run(story)


def test_whoever_has_waited_too_long_to_write_is_told_to_come_again_and_a_file_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_threads, "WRITE_TIMEOUT", 0.05)

    async def story(site: Site) -> None:
        site.threads._writers = site.threads._writers[:1]
        writer, files = site.threads._writers[0], site.threads.files
        held = [asyncio.create_task(thread.run(lambda: handler_urls.gate.wait(10))) for thread in (writer, files)]
        late, file = asyncio.create_task(site.ask("POST", "/write")), asyncio.create_task(site.ask("POST", "/where", b"...", b"image/jpeg"))
        while (writer.queued, files.queued) != (2, 2):  # noqa: ASYNC110 - a thread tells nobody
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        handler_urls.gate.set()
        status, headers, body = await late
        assert (status, headers["Retry-After"], json.loads(body)["code"]) == (503, "2", "busy")
        assert ((await file)[0], await asyncio.gather(*held)) == (200, [True, True])

    run(story)
    assert not CodeRequest.objects.exists()


@pytest.mark.parametrize(("method", "limit"), [("POST", "WRITE_TIMEOUT"), ("GET", "READ_TIMEOUT")])
def test_nobody_waits_for_the_thread_to_hear_that_it_is_not_free(monkeypatch: pytest.MonkeyPatch, method: str, limit: str) -> None:
    monkeypatch.setattr(db_threads, limit, 0.05)

    async def story(site: Site) -> None:
        site.threads._writers, site.threads._readers = site.threads._writers[:1], site.threads._readers[:1]
        thread = site.threads.least_busy(writes=method == "POST")
        held = asyncio.create_task(thread.run(lambda: handler_urls.gate.wait(60)))
        assert (await site.ask(method, "/write"))[0] == 503
        assert not held.done()
        handler_urls.gate.set()
        assert await held
        monkeypatch.undo()
        assert (await site.ask(method, "/where"))[0] == 200

    run(story)
    assert not CodeRequest.objects.exists()


@pytest.mark.parametrize("path", ["/many", pytest.param("/long", marks=pytest.mark.faults_sqlite_only)])
def test_what_takes_too_long_is_rolled_back_and_the_thread_is_free_again(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    """Many statements, or one."""
    monkeypatch.setattr(db_threads, "LONGEST_JOB", 0.2)

    async def story(site: Site) -> None:
        assert (await asyncio.wait_for(site.ask("POST", path), 60))[0] == 503
        assert (await site.ask("POST", "/write"))[0] == 201

    run(story)
    assert CodeRequest.objects.count() == 1


def test_a_client_that_leaves_before_its_body_is_whole_is_no_request() -> None:
    async def story(site: Site) -> None:
        sent: list[Any] = []

        async def gone() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        async def send(event: Any) -> None:
            sent.append(event)

        await site.app({"type": "http", "method": "POST", "path": "/where", "headers": [], "query_string": b""}, gone, send)
        assert sent == []

    run(story)
