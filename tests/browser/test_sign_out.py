"""A teacher goes home before the tablet could send everything: nothing of anybody stays on it, and the tap is not lost."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone
from tests.browser.people import face, sign_in_as
from tests.support.processes import wait_until
from tests.support.server import Server

pytestmark = pytest.mark.browser

EVENTS = "**/api/attendance/events"
# Only the page sends here: a worker's requests cannot be held back.
NO_SYNC = "if (globalThis.ServiceWorkerRegistration) delete ServiceWorkerRegistration.prototype.sync"
ALL_THAT_IS_KEPT = """
async () => {
  const asked = request => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => failed(request.error)
  })
  const kept = {local: {...localStorage}}
  for (const {name} of await indexedDB.databases()) {
    const db = await asked(indexedDB.open(name))
    for (const store of db.objectStoreNames) kept[store] = await asked(db.transaction(store).objectStore(store).getAll())
    db.close()
  }
  return kept
}
"""


def take_over(page: Page, title: str, pin: str) -> None:
    page.get_by_role("button", name="门口老师").click()
    page.get_by_role("dialog").get_by_role("button", name=title).click()
    for digit in pin:
        page.get_by_role("dialog").get_by_role("button", name=digit, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="确定换人").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def leave(page: Page, name: str) -> None:
    page.get_by_text("离开", exact=True).first.click()
    face(page, name).click()
    page.get_by_role("dialog").get_by_text("自己回家").click()
    page.get_by_role("dialog").locator("[type=submit]").click()


def sign_out(page: Page) -> None:
    page.goto("/me")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_role("dialog")).to_contain_text("还有 1 条未上传")
    page.get_by_role("dialog").get_by_role("button", name="退出登录", exact=True).click()
    page.wait_for_url("**/sign-in*")


def test_signing_out_leaves_nothing_but_the_tap_that_was_not_sent(server: Server, new_phone: NewPhone) -> None:
    tablet = new_phone()
    tablet.add_init_script(NO_SYNC)
    page = sign_in_as(tablet.new_page(), "陆老师")
    take_over(page, "周老师", "0010")
    tablet.route(EVENTS, lambda route: route.abort())
    leave(page, "周小芳")
    expect(page.locator("body")).to_contain_text("1 条记录已存在本机")
    sign_out(page)

    kept: dict[str, Any] = page.evaluate(ALL_THAT_IS_KEPT)
    assert (kept["states"], kept["notices"]) == ([], [])
    assert set(kept["local"]) <= {"care"}
    [tap] = kept["taps"]
    assert "小芳" not in json.dumps(kept, ensure_ascii=False)

    tablet.unroute(EVENTS)
    sign_in_as(page, "王院长")
    uploads = "SELECT device_seq, taken_by_id FROM attendance_attendanceevent WHERE device IS NOT NULL"
    wait_until(lambda: server.store.rows(uploads), what="it went up")
    assert server.store.rows(uploads) == [(tap["device_seq"], tap["taken_by"])]
    posts = "SELECT id FROM homes_staffpost WHERE title = '周老师'"
    assert server.store.rows(posts) == [(tap["taken_by"],)]
    wait_until(lambda: page.evaluate(ALL_THAT_IS_KEPT)["taps"] == [], what="the phone put it away")
