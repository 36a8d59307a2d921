"""Coming into a family by a QR code, and leaving it: within five seconds, open pages too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter, NewPhone
from tests.browser.people import LIVE, card, face
from tests.support.api_client import FATHER, MOTHER, TEACHER
from tests.support.live_client import Live
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser

# Everything that this phone remembers of the person.
KEPT = """await new Promise(done => {
  const opening = indexedDB.open('yizhan')
  opening.onsuccess = () => {
    const kept = opening.result.transaction(['states', 'notices'])
    const all = ['states', 'notices'].map(name => kept.objectStore(name).getAll())
    kept.oncomplete = () => { opening.result.close(); done(JSON.stringify(all.map(({result}) => result))) }
  }
})"""


def test_an_aunt_scans_the_code_and_gets_the_news(server: Server, sign_in: SignIn, new_phone: NewPhone, enter: Enter) -> None:
    teacher = sign_in(TEACHER)
    member = sign_in(MOTHER).me()["relatives"][0]["member"]["id"]
    url = teacher.post(f"/api/members/{member}/invitations", {"relation": "姑姑"}).json()["url"]
    assert url.startswith(f"{server.url}/i/")

    aunt = new_phone().new_page()
    aunt.goto(url)
    aunt.get_by_role("button", name="用手机号登录").click()
    aunt.get_by_label("手机号").fill("13900000099")
    aunt.get_by_role("button", name="获取验证码").click()
    expect(aunt.get_by_role("button", name="秒后重发")).to_be_visible()
    aunt.get_by_label("验证码").fill("246810")
    aunt.get_by_role("button", name="登录").click()
    expect(aunt.get_by_role("main")).to_contain_text("姑姑")
    aunt.get_by_label("您的姓名").fill("沈美凤")
    aunt.get_by_role("button", name="是，这是我家的").click()
    expect(card(aunt, "沈志强")).to_contain_text("还没到")

    door = enter("陆老师")
    face(door, "沈志强").click()
    expect(card(aunt, "沈志强")).to_contain_text("已到家园", timeout=LIVE)
    late = new_phone().new_page()
    late.goto(url)
    late.get_by_role("button", name="用手机号登录").click()
    late.get_by_role("button", name=re.compile("徐明")).click()
    expect(late.get_by_role("main")).to_contain_text("这个邀请用不了")


def test_who_is_unbound_sees_and_hears_nothing_within_five_seconds(sign_in: SignIn, enter: Enter) -> None:
    teacher, father = sign_in(TEACHER), sign_in(FATHER)
    child = father.me()["relatives"][0]
    page = enter("周建华")
    expect(card(page, child["member"]["name"])).to_be_visible()
    with Live(father) as socket:
        socket.settle()
        assert teacher.request("DELETE", f"/api/relatives/{child['id']}").status == 204
        assert socket.close_code(seconds=20) == 4401
    expect(card(page, child["member"]["name"])).to_have_count(0, timeout=LIVE)
    expect(page.locator("body")).not_to_contain_text(child["member"]["short_name"])
    teacher.tap(child["member"]["id"], "departed")
    assert father.get(f"/api/members/{child['member']['id']}/day").status == 404
    assert all(item.get("withheld") for item in father.notices() if item.get("thread", "member").startswith("member"))
    page.wait_for_timeout(1000)
    expect(page.locator("body")).not_to_contain_text(child["member"]["short_name"])


def test_a_phone_without_a_network_forgets_the_conversation_at_its_next_contact(sign_in: SignIn, enter: Enter) -> None:
    teacher, father = sign_in(TEACHER), sign_in(FATHER)
    child = father.me()["relatives"][0]
    word = child["member"]["short_name"]
    teacher.tap(child["member"]["id"])
    page = enter("周建华")
    page.goto(f"/chat/member:{child['member']['id']}:{child['home']['id']}")
    expect(page.get_by_role("main")).to_contain_text(f"{word}已到")
    page.wait_for_function(f"async () => ({KEPT}).includes('{word}')")

    page.context.set_offline(True)
    assert teacher.request("DELETE", f"/api/relatives/{child['id']}").status == 204
    page.context.set_offline(False)
    expect(page.locator("body")).not_to_contain_text(word)
    page.wait_for_function(f"async () => !({KEPT}).includes('{word}')")
