"""Real web push, end to end: Firefox, a push service, our own dispatcher; and back to the board from the receipt."""

import pytest

from tests.browser.scripts import CLICK, SHOWN, SIGN_IN
from tests.support.api_client import MOTHER, TEACHER, Person
from tests.support.bidi import Tab
from tests.support.firefox import Firefox
from tests.support.processes import wait_until
from tests.support.push_service import PushService
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser


def subscribed(firefox: Firefox, server: Server) -> Tab:
    """The mother signs in and taps 打开通知."""
    tab = firefox.tab(f"{server.url}/sign-in")
    tab.run(SIGN_IN % MOTHER)
    tab.go(f"{server.url}/me")
    tab.wait(CLICK % "打开通知")
    tab.wait("return document.body.innerText.includes('能收到通知')", seconds=20)
    return tab


def fate(teacher: Person, home: int, member: int) -> str:
    tiles = teacher.get(f"/api/attendance/board?home={home}").json()["members"]
    return str(next(tile["notice"] for tile in tiles if tile["id"] == member))


def test_firefox_is_told_with_the_page_open_and_closed_until_it_is_turned_off(server: Server, push: PushService, sign_in: SignIn) -> None:
    teacher = sign_in(TEACHER)
    with sign_in(MOTHER) as mother:
        link = mother.me()["relatives"][0]
    home, member = link["home"]["id"], link["member"]["id"]
    with Firefox(push_url=push.browser_url) as firefox:
        tab = subscribed(firefox, server)
        assert teacher.tap(member).json()["effect"] == "recorded"
        tab.wait(f"{SHOWN}; return shown.some(title => title.includes('志强已到'))")
        wait_until(lambda: fate(teacher, home, member) in {"delivered", "seen"}, what="the board shows the arrival as received")

        tab.go("about:blank")
        wait_until(lambda: push.acks, what="Firefox confirms to its push service")
        acknowledged = len(push.acks)
        teacher.tap(member, "departed")
        wait_until(lambda: len(push.acks) > acknowledged, what="Firefox got the second push")
        wait_until(lambda: fate(teacher, home, member) == "delivered", what="the board shows 已送达 from the worker's receipt")
        tab.go(f"{server.url}/install")
        assert any("志强已离开" in title for title in tab.run(f"{SHOWN}; return shown"))

        tab.go(f"{server.url}/me")
        tab.wait(CLICK % "关掉这部手机的通知")
        tab.wait("return document.body.innerText.includes('还没有打开通知')", seconds=10)
        with sign_in(MOTHER) as mother:
            assert mother.get("/api/push").json()["subscriptions"] == []
    assert push.refused == []
    assert {message.headers["Urgency"] for message in push.messages} == {"high"}


def test_the_test_notice_says_honestly_that_it_came(server: Server, push: PushService) -> None:
    with Firefox(push_url=push.browser_url) as firefox:
        tab = subscribed(firefox, server)
        tab.wait(CLICK % "发一条测试通知")
        tab.wait("return document.body.innerText.includes('这部手机收得到通知')", seconds=20)
        for channel in push.channels.values():
            channel.gone = True
        # Too soon after the first, one is only told to wait.
        again = f"const again = () => {{ {CLICK % '发一条测试通知'} }}"
        tab.wait(f"{again}; return document.body.innerText.includes('没有发成功') || (again(), false)", seconds=30)
