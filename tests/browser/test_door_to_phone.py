"""A tap at the door, and who knows: the mother by the open socket, the mother of another Home nothing at all."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.people import LIVE, card, face
from tests.support.api_client import CHARLIE, TEACHER, Person
from tests.support.live_client import Live
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser


def test_the_mother_sees_the_arrival_tapped_at_the_door(enter: Enter) -> None:
    mother, teacher, charlie = enter("李秀珍"), enter("陆老师"), enter("金凤英")
    expect(card(mother, "沈志强")).to_contain_text("还没到")
    heard: list[str] = []
    charlie.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    charlie.reload()
    wait_until(lambda: charlie.evaluate("1") and [frame for frame in heard if '"ready"' in frame], what="that socket is greeted")
    expect(charlie.get_by_role("article").first).to_be_visible()

    face(teacher, "沈志强").click()
    expect(card(mother, "沈志强")).to_contain_text("已到家园", timeout=LIVE)
    expect(card(mother, "沈志强")).to_contain_text("陆老师在门口接到")
    expect(face(teacher, "沈志强")).to_contain_text("已送达", timeout=LIVE)

    assert "沈志强" not in charlie.inner_text("body")
    charlie.evaluate("1")  # what came meanwhile is told now
    assert [frame for frame in heard if "志强" in frame] == []


def test_the_conversation_opens_and_the_reply_reaches_the_teacher(enter: Enter) -> None:
    mother, teacher = enter("李秀珍"), enter("陆老师")
    face(teacher, "沈志强").click()
    expect(face(teacher, "沈志强")).to_contain_text("已送达", timeout=LIVE)
    mother.get_by_role("link", name="志强").first.click()
    mother.get_by_role("button", name="收到").click()
    expect(face(teacher, "沈志强")).to_contain_text("收到", timeout=LIVE)


def test_charlie_gets_404_on_every_id_of_the_other_home(server: Server, sign_in: SignIn) -> None:
    teacher, charlie = sign_in(TEACHER), sign_in(CHARLIE)
    home = teacher.me()["posts"][0]["home"]["id"]
    members = teacher.get(f"/api/homes/{home}/members?limit=200").json()["items"]
    tiles = teacher.get(f"/api/attendance/board?home={home}").json()["members"]
    with Live(charlie) as socket:
        first = next(tile["id"] for tile in tiles if tile["state"] == "waiting")
        assert teacher.tap(first).status == 201
        socket.settle()
        assert [frame for frame in socket.drain() if "阳光家园" in str(frame) or frame["type"] == "board"] == []
    paths = [f"/api/homes/{home}", f"/api/homes/{home}/members", f"/api/homes/{home}/posts", f"/api/homes/{home}/roster.xlsx"]
    paths += [f"/api/attendance/board?home={home}", f"/api/overview/unreached?home={home}", f"/api/overview/answers?home={home}"]
    for member in members:
        paths += [f"/api/members/{member['id']}{more}" for more in ("", "/day", "/watchers")]
    assert {charlie.get(path).status for path in paths} == {404}
    assert {charlie.tap(member["id"]).status for member in members} == {404}
    assert len(members) == 34
    own = json.dumps(charlie.me(), ensure_ascii=False) + json.dumps(charlie.notices(), ensure_ascii=False)
    assert [member["name"] for member in members if member["name"] in own] == []


def test_two_tablets_show_the_same(enter: Enter) -> None:
    one, two = enter("陆老师"), enter("王院长")
    face(one, "徐国平").click()
    expect(face(two, "徐国平")).to_contain_text("已到", timeout=LIVE)
    face(two, "潘伟民").click()
    expect(face(one, "潘伟民")).to_contain_text("已到", timeout=LIVE)


def test_who_is_not_signed_in_sees_the_way_in(server: Server) -> None:
    with Person(server.url) as nobody:
        assert nobody.get("/api/me").status == 401
        assert nobody.get("/").status == 200
