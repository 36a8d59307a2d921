"""What only a real browser can show: where the focus goes, how wide things are, and that nothing is pushed off the screen."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Enter
from tests.browser.people import card, face, sign_in_as
from tests.support import chromium
from tests.support.server import Server

pytestmark = pytest.mark.browser

# A newer version has been fetched and waits, as the browser tells it.
WAITING = """
const old = Object.assign(new EventTarget(), {waiting: {postMessage() {}}, update: async () => {}})
Object.defineProperty(navigator.serviceWorker, 'controller', {value: {}})
navigator.serviceWorker.register = async () => old
"""


def size(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["width"], box["height"]


def test_the_focus_comes_back_to_the_face_whose_sheet_was_closed(enter: Enter) -> None:
    door = enter("陆老师")
    face(door, "周小芳").press("Enter")
    sheet = door.get_by_role("dialog")
    expect(sheet).to_contain_text("周小芳")
    sheet.get_by_role("button", name="关闭").click()
    expect(sheet).to_have_count(0)
    expect(face(door, "周小芳")).to_be_focused()


def test_a_card_has_equal_columns_and_an_update_takes_nothing_from_a_conversation(browser: Browser, server: Server) -> None:
    with chromium.phone(browser, server.url) as phone:
        phone.add_init_script(WAITING)
        mother = sign_in_as(phone.new_page(), "李秀珍")
        actions = card(mother, "沈志强").locator(".actions > *")
        expect(actions).to_have_count(3)
        assert len({round(size(each)[0]) for each in actions.all()}) == 1

        line = mother.get_by_role("button", name="有新版本，点此更新")
        assert size(line) >= (390, 48)
        mother.get_by_role("link", name="阳光家园 · 志强").click()
        expect(mother.get_by_role("region", name="消息记录")).to_be_visible()
        expect(line).to_be_visible()
        assert mother.evaluate("document.documentElement.scrollHeight <= innerHeight")
