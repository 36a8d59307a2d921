"""Debian's Chromium through Playwright: several people side by side, and what only DevTools can do."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page, Playwright, Worker, sync_playwright

from tests.support.databases import ROOT
from tests.support.processes import PATIENCE, wait_until

EXECUTABLE = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: Any = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
AXE = ROOT / "pwa" / "node_modules" / "axe-core" / "axe.min.js"

# A NotificationEvent made by a script may not extend its own life, so the test waits in its stead.
CLICK = """
async ({tag, action}) => {
  const [notification] = await self.registration.getNotifications(tag ? {tag} : {})
  if (!notification) return false
  const event = new NotificationEvent('notificationclick', {notification, action})
  const work = []
  Object.defineProperty(event, 'waitUntil', {value: promise => work.push(promise)})
  self.dispatchEvent(event)
  await Promise.all(work)
  return true
}
"""
# Chromium forgets a notification that it is asked for while it is being shown, so nobody asks before it stands.
COUNT_SHOWN = """
() => {
  if (self.shown !== undefined) return
  self.shown = 0
  const show = self.registration.showNotification.bind(self.registration)
  self.registration.showNotification = async (...what) => {
    await show(...what)
    self.shown += 1
  }
}
"""
SHOWN = "async () => (await self.registration.getNotifications()).map(({title, body, tag}) => ({title, body, tag}))"


def filming(film: Path) -> tuple[str, ...]:
    """For a browser whose camera sees what lies in this .mjpeg when it is opened."""
    return "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=EXECUTABLE, args=[*ARGS, *more])
        try:
            yield browser
        finally:
            browser.close()


def phone(browser: Browser, url: str, **more: Any) -> BrowserContext:
    """A phone of its own: nothing is shared with another context."""
    context = browser.new_context(base_url=url, **{**PHONE, **more})
    context.set_default_timeout(PATIENCE * 1000)
    return context


@contextmanager
def installed(playwright: Playwright, url: str, **more: Any) -> Iterator[BrowserContext]:
    """A profile on disk: only there do installability and a surviving tab mean anything."""
    with tempfile.TemporaryDirectory(prefix="chromium-") as profile:
        options = {**PHONE, "executable_path": EXECUTABLE, "args": ARGS, "base_url": url, **more}
        context = playwright.chromium.launch_persistent_context(profile, **options)
        context.set_default_timeout(PATIENCE * 1000)
        try:
            yield context
        finally:
            context.close()


def devtools(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def installability_errors(page: Page) -> list[str]:
    return [error["errorId"] for error in devtools(page).send("Page.getInstallabilityErrors")["installabilityErrors"]]


def worker(page: Page) -> Worker:
    """The page's service worker, once it is in control."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page.context.service_workers[0]


def deliver_push(page: Page, payload: object) -> None:
    """A push message straight to the page's service worker; returns once the worker has shown it."""
    listening = worker(page)
    listening.evaluate(COUNT_SHOWN)
    before = listening.evaluate("self.shown")
    session = devtools(page)
    registrations: list[dict[str, Any]] = []
    session.on("ServiceWorker.workerRegistrationUpdated", lambda event: registrations.extend(event["registrations"]))
    session.send("ServiceWorker.enable")
    for _ in range(100):
        if registrations:
            break
        page.wait_for_timeout(20)
    origin = page.evaluate("location.origin")
    wanted = [each["registrationId"] for each in registrations if each["scopeURL"].startswith(origin) and not each["isDeleted"]]
    session.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": wanted[-1], "data": json.dumps(payload)})
    wait_until(lambda: listening.evaluate("self.shown") > before, what="the worker shows it")


def shown_notifications(page: Page) -> list[dict[str, str]]:
    found: list[dict[str, str]] = worker(page).evaluate(SHOWN)
    return found


def click_notification(page: Page, *, tag: str = "", action: str = "") -> bool:
    return bool(worker(page).evaluate(CLICK, {"tag": tag, "action": action}))


def kill_tab(page: Page) -> None:
    """The renderer dies at once, as when the phone takes back its memory."""
    with page.expect_event("crash"), suppress(Error):
        page.goto("chrome://crash")


def axe(page: Page, *, only: Sequence[str] = ()) -> list[str]:
    """Every violation, in words; empty is what is wanted. `only` names rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}, **({"runOnly": list(only)} if only else {})}
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", options)
    return [f"{each['id']}: {each['help']} — {'; '.join(node['html'][:160] for node in each['nodes'][:3])}" for each in found]
