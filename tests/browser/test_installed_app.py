"""The app on a phone's home screen: it can be installed, gets pushes, opens where a notice points, and works without a network."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.people import card, sign_in_as
from tests.support import chromium
from tests.support.api_client import MOTHER, TEACHER
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(server: Server) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright, chromium.installed(playwright, server.url, permissions=["notifications"]) as context:
        yield context


@pytest.fixture
def mother(phone: BrowserContext) -> Page:
    """Signed in, and the service worker in control."""
    page = sign_in_as(phone.pages[0], "李秀珍")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def thread_of(sign_in: SignIn) -> str:
    relative = sign_in(MOTHER).me()["relatives"][0]
    return f"member:{relative['member']['id']}:{relative['home']['id']}"


def pushed(thread: str, tag: str = "door-1") -> dict[str, object]:
    """The declarative shape that notifications sends."""
    data = {"id": "01890a5d-ac96-774b-bcce-b302099a8057", "seq": 1, "thread": thread, "unread": 1}
    words = {"title": "志强已到阳光家园", "body": "08:12，陆老师在门口接到。", "navigate": f"/chat/{thread}", "tag": tag, "data": data}
    return {"web_push": 8030, "notification": words}


def test_nothing_stands_in_the_way_of_installing(mother: Page) -> None:
    assert chromium.installability_errors(mother) == []


def test_a_push_is_shown_and_its_click_opens_the_conversation(mother: Page, sign_in: SignIn) -> None:
    thread = thread_of(sign_in)
    chromium.deliver_push(mother, pushed(thread))
    assert chromium.shown_notifications(mother) == [{"title": "志强已到阳光家园", "body": "08:12，陆老师在门口接到。", "tag": "door-1"}]
    assert chromium.click_notification(mother, tag="door-1")
    mother.wait_for_url(f"**/chat/{thread}")
    assert chromium.shown_notifications(mother) == []


def test_what_was_shown_goes_when_the_conversation_is_read_and_when_the_person_signs_out(mother: Page, sign_in: SignIn) -> None:
    thread = thread_of(sign_in)
    chromium.deliver_push(mother, pushed(thread))
    chromium.deliver_push(mother, pushed("system", "system-1"))
    mother.goto(f"/chat/{thread}")
    wait_until(lambda: len(chromium.shown_notifications(mother)) == 1, what="what was read is taken away")
    mother.goto("/me")
    mother.get_by_role("button", name="退出登录").click()
    mother.get_by_role("dialog").get_by_role("button", name="退出登录").click()
    mother.wait_for_url("**/sign-in")
    assert chromium.shown_notifications(mother) == []


def test_the_same_thing_said_again_is_shown_once(mother: Page, sign_in: SignIn) -> None:
    for _ in range(2):
        chromium.deliver_push(mother, pushed(thread_of(sign_in)))
    assert len(chromium.shown_notifications(mother)) == 1


def test_without_a_network_a_deep_link_shows_the_last_state_and_its_age(mother: Page, sign_in: SignIn) -> None:
    teacher, thread = sign_in(TEACHER), thread_of(sign_in)
    teacher.tap(int(thread.split(":")[1]))
    expect(card(mother, "沈志强")).to_contain_text("已到家园")
    mother.goto(f"/chat/{thread}")
    expect(mother.get_by_role("main")).to_contain_text("志强已到阳光家园")
    mother.context.set_offline(True)
    mother.reload()
    expect(mother.get_by_role("main")).to_contain_text("志强已到阳光家园")
    expect(mother.locator("body")).to_contain_text("这是刚刚的消息")
    mother.goto("/messages")
    expect(card(mother, "沈志强")).to_contain_text("已到家园")
    mother.context.set_offline(False)
