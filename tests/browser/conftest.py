"""Real browsers against the real server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.browser.people import sign_in_as
from tests.support import chromium
from tests.support.databases import ROOT
from tests.support.running import push, pytest_runtest_makereport, server, sign_in, store
from tests.support.server import Server

__all__ = ["push", "pytest_runtest_makereport", "server", "sign_in", "store"]

# The browser's own word about an answer or a network that is away, or a worker that it was told to do without: tests are about those.
EXPECTED = ("Failed to load resource", "Service Worker registration blocked")
# For what has no time of its own to keep: a slow machine is not a fault.
expect.set_options(timeout=60_000)
Enter = Callable[[str], Page]
NewPhone = Callable[[], BrowserContext]


@pytest.fixture(autouse=True, scope="session")
def built() -> None:
    if not (ROOT / "pwa" / "dist" / "index.html").is_file():
        pytest.fail("The phone app is not built: ./dev test builds it, or run `npm run build` in pwa/.")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium.chromium() as one:
        yield one


@pytest.fixture
def new_phone(browser: Browser, server: Server) -> Iterator[Callable[[], BrowserContext]]:
    """A phone without anything on it. Whatever its pages complain about, or ask of others than us, fails the test."""
    wrong: list[str] = []
    with ExitStack() as phones:

        def one() -> BrowserContext:
            context = chromium.phone(browser, server.url)
            phones.callback(context.close)
            watch(context, server.url, wrong)
            return context

        yield one
    assert wrong == []


def watch(context: BrowserContext, origin: str, wrong: list[str]) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((f"{origin}/", "data:", "blob:")):
            wrong.append(f"asked {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(EXPECTED):
            wrong.append(f"said {message.text}")

    context.on("request", asked)
    context.on("console", said)
    context.on("weberror", lambda error: wrong.append(f"threw {error.error}"))


@pytest.fixture
def enter(new_phone: Callable[[], BrowserContext]) -> Enter:
    """A new phone, signed in by one tap on the person's name."""
    return lambda name: sign_in_as(new_phone().new_page(), name)
