"""The push harness itself, with a page of its own: if this fails, look here before looking at the app."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from py_vapid import Vapid02
from pywebpush import WebPushException, webpush

from tests.support.bidi import Tab
from tests.support.firefox import Firefox
from tests.support.processes import wait_until
from tests.support.push_rules import b64
from tests.support.push_service import PushService

pytestmark = pytest.mark.browser

PAGE = "<!doctype html><title>push</title><body>ready"
WORKER = """
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('push', event => event.waitUntil(
  self.registration.showNotification(event.data.json().title, { tag: event.data.json().title })))
"""
SUBSCRIBE = """
await navigator.serviceWorker.register('/sw.js')
const registration = await navigator.serviceWorker.ready
const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: '%s' })
return subscription.toJSON()
"""
SHOWN = "return (await (await navigator.serviceWorker.ready).getNotifications()).map(each => each.title)"
UNSUBSCRIBE = "return (await (await navigator.serviceWorker.ready).pushManager.getSubscription()).unsubscribe()"


class Pages(http.server.BaseHTTPRequestHandler):
    kinds: ClassVar = {"/": ("text/html", PAGE), "/sw.js": ("text/javascript", WORKER)}

    def do_GET(self) -> None:
        kind, text = self.kinds.get(self.path, ("text/plain", ""))
        self.send_response(200 if text else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def page_url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


class Sender:
    def __init__(self, tmp_path: Path) -> None:
        vapid = Vapid02()
        vapid.generate_keys()
        vapid.save_key(str(tmp_path / "key.pem"))
        self.key_file = str(tmp_path / "key.pem")
        numbers = vapid.public_key.public_numbers()
        self.key = b64(b"\x04" + numbers.x.to_bytes(32) + numbers.y.to_bytes(32))

    def send(self, subscription: dict[str, object], title: str, *, ttl: int = 60) -> int:
        claims: dict[str, str | int] = {"sub": "mailto:tests@example.org"}
        try:
            answer = webpush(subscription, json.dumps({"title": title}), vapid_private_key=self.key_file, vapid_claims=claims, ttl=ttl)
        except WebPushException as refused:
            return int(refused.response.status_code) if refused.response is not None else 0
        return int(answer.status_code)


def test_firefox_gets_pushes_with_the_page_open_and_closed(page_url: str, tmp_path: Path) -> None:
    sender = Sender(tmp_path)
    with PushService() as service, Firefox(push_url=service.browser_url) as firefox:
        tab = firefox.tab(page_url)
        subscription = tab.run(SUBSCRIBE % sender.key)
        assert sender.send(subscription, "open") == 201
        tab.wait(f"{SHOWN.replace('return ', 'const shown = ')}; return shown.includes('open')")

        tab.go("about:blank")
        assert sender.send(subscription, "closed") == 201
        wait_until(lambda: len(service.acks) == 2, what="Firefox acknowledges")
        assert {ack["code"] for ack in service.acks} == {100}
        tab.go(page_url)
        assert sorted(tab.run(SHOWN)) == ["closed", "open"]

        _unsubscribe(tab, service)
        assert sender.send(subscription, "gone") == 410
    assert service.refused == []


def _unsubscribe(tab: Tab, service: PushService) -> None:
    assert tab.run(UNSUBSCRIBE) is True
    wait_until(lambda: all(channel.gone for channel in service.channels.values()), what="Firefox unregisters")


def test_the_service_refuses_a_message_signed_by_another_key(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    sender, other = Sender(tmp_path), Sender(tmp_path / "other")
    with PushService() as service:
        phone = service.phone(sender.key)
        assert sender.send(phone.subscription, "mine") == 201
        assert other.send(phone.subscription, "not mine") == 403
        service.end(phone.endpoint)
        assert sender.send(phone.subscription, "late") == 410
    assert [payload["title"] for payload in phone.raw] == ["mine"]
