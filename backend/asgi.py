"""What the server runs: HTTP by Django, the live socket by notifications, both on the same database threads."""

import os
from collections.abc import Sequence
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - Django has to be set up first
from django.http import parse_cookie  # noqa: E402 - as above
from django.http.request import split_domain_port, validate_host  # noqa: E402 - as above

from backend.accounts.sessions import is_signed_in, session_people  # noqa: E402 - as above
from backend.process.asgi_handler import Handler, Receive, Scope, Send  # noqa: E402 - as above
from backend.process.db_threads import DatabaseThreads  # noqa: E402 - as above
from notifications.live.consumers import LiveSocket  # noqa: E402 - as above
from notifications.live.hub import hub  # noqa: E402 - as above
from notifications.sender import SignIn  # noqa: E402 - as above

SOCKET_PATH = "/ws"


def authenticate(scopes: Sequence[Scope]) -> list[SignIn | None]:
    """Who holds each session, as an HTTP request with the same cookie would find it."""
    keys = [session_key(_header(scope, b"cookie")) for scope in scopes]
    people = session_people(set(filter(None, keys)))
    return [SignIn(people[key], key) if key in people else None for key in keys]


def session_key(cookie: str) -> str:
    return parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME, "")


def own_origin(scope: Scope) -> bool:
    """Browsers send the cookie along wherever a page comes from; only our own pages may use it."""
    origin = _header(scope, b"origin")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    host = _header(scope, b"host")
    asked = urlsplit(origin)
    same = asked.netloc == host and asked.scheme == ("https" if settings.SECURE else "http")
    return same and validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _header(scope: Scope, name: bytes) -> str:
    """Empty unless it was sent once."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin1") if len(found) == 1 else ""


class Application:
    """`threads` and `live` are what the server's other parts share."""

    def __init__(self) -> None:
        self.threads = DatabaseThreads()
        self.live = LiveSocket(hub=hub, threads=self.threads, authenticate=authenticate)
        self.http = Handler(self.threads)

    async def sender(self, cookie: str) -> str:
        """The session that a file comes with, if somebody is signed in with it: asked before the file is read."""
        key = session_key(cookie)
        known = bool(key) and await self.threads.read(partial(is_signed_in, key))
        return key if known else ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self.http(scope, receive, send)
        elif scope["path"] == SOCKET_PATH and own_origin(scope):
            await self.live(scope, receive, send)
        else:
            await _refuse(receive, send)


async def _refuse(receive: Receive, send: Send) -> None:
    """Closed before it was accepted: the handshake answers 403."""
    await receive()
    await send({"type": "websocket.close"})


application: Any = Application()
