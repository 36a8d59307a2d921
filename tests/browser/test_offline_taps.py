"""The Wi-Fi drops while the teacher keeps tapping."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.people import face, sign_in_as
from tests.support import chromium
from tests.support.api_client import TEACHER
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser

EVENTS = (
    "SELECT member_id, kind, occurred_at, recorded_at, device_seq"
    " FROM attendance_attendanceevent WHERE device IS NOT NULL"
    " ORDER BY device_seq"
)


@pytest.fixture
def tablet(server: Server) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright, chromium.installed(playwright, server.url) as context:
        yield context


@pytest.fixture
def door(tablet: BrowserContext) -> Page:
    page = sign_in_as(tablet.pages[0], "陆老师")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    expect(face(page, "沈志强")).to_be_visible()
    return page


def come_to_eleven(server: Server, sign_in: SignIn) -> list[str]:
    """Nobody of these eleven is here yet: what the demo tapped for them is taken back."""
    teacher = sign_in(TEACHER)
    home = teacher.me()["posts"][0]["home"]["id"]
    tiles = teacher.get(f"/api/attendance/board?home={home}").json()["members"]
    chosen = [tile for tile in tiles if tile["state"] in {"waiting", "present", "missing"}][:11]
    for tile in chosen:
        if tile["state"] == "present":
            assert teacher.tap(tile["id"], "void", corrects=tile["event"]).status == 201
    return [tile["name"] for tile in chosen]


def stored(server: Server) -> list[tuple[Any, ...]]:
    return server.store.rows(EVENTS)


def test_eleven_taps_without_a_network_arrive_once_each_in_order(
    server: Server, sign_in: SignIn, tablet: BrowserContext, door: Page
) -> None:
    names = come_to_eleven(server, sign_in)
    for name in names:
        expect(face(door, name)).to_contain_text(re.compile("待到|未到"))
    tablet.set_offline(True)
    for name in names[:6]:
        face(door, name).click()
    expect(door.locator("body")).to_contain_text("6 条记录已存在本机")

    chromium.kill_tab(door)
    door.close()
    again = tablet.new_page()
    again.goto("/door")
    for name in names[6:]:
        face(again, name).click()
    expect(again.locator("body")).to_contain_text("11 条记录已存在本机")
    assert stored(server) == []

    back = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"
    tablet.set_offline(False)
    wait_until(lambda: len(stored(server)) == 11, what="all eleven are stored")
    rows = stored(server)
    teacher = sign_in(TEACHER)
    home = teacher.me()["posts"][0]["home"]["id"]
    known = {tile["id"]: tile["name"] for tile in teacher.get(f"/api/attendance/board?home={home}").json()["members"]}
    assert [known[row[0]] for row in rows] == names
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    assert all(occurred < back < recorded for _, _, occurred, recorded, _ in rows)
    expect(again.locator("body")).not_to_contain_text("条记录已存在本机")
    expect(face(again, names[0])).to_contain_text(re.compile("已发|已送达"))


def test_a_tap_that_the_server_refuses_is_parked_and_shown(tablet: BrowserContext, door: Page, server: Server) -> None:
    poison = {"done": False}

    def spoil(route: Any) -> None:
        if route.request.method != "POST" or poison["done"]:
            route.continue_()
            return
        poison["done"] = True
        body = json.loads(route.request.post_data)
        route.continue_(post_data=json.dumps({**body, "kind": "void"}))

    tablet.route("**/api/attendance/events", spoil)
    face(door, "沈志强").click()
    expect(door.locator("body")).to_contain_text("1 条记录没能记上")
    face(door, "徐国平").click()
    expect(face(door, "徐国平")).to_contain_text(re.compile("已发|已送达"))
    door.get_by_role("button", name=re.compile("1 条记录没能记上")).click()
    expect(door.get_by_role("dialog")).to_contain_text("沈志强")
