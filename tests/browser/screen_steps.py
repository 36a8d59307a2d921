"""What stands between a screen and the server, and what is tapped there, before it is looked at."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route, expect

from tests.browser.people import face
from tests.support.databases import ROOT

Step = Callable[[Page], object]
TODAY = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
YESTERDAY = TODAY - dt.timedelta(days=1)
UNSIGNED = {
    "member": {"id": 1, "name": "沈志强", "short_name": "志强", "avatar": {"text": "志", "colour": 0, "photo": None}},
    "date": f"{YESTERDAY:%Y-%m-%d}",
    "since": f"{YESTERDAY:%Y-%m-%d}T01:00:00Z",
    "event": None,
}
MONTH = {"month": "2026-11", "photos": 12}
MET = {"activity": "", "sessions": [1], "conflicts": ["11月27日 08:40，院子里还有“广播体操”。", "11月27日 08:40，陆老师还要带“广播体操”。"]}
ASK = {"pairs": [{"start": "2026-11-14T01:00:00Z", "end": "2026-11-14T03:00:00Z"}], "asked_by": "徐明", "mine": True, "minutes_before": 117}
ASKED = [
    {**ASK, "id": "a", "state": "refused", "reason": "走得晚", "answer": "那天十一点准时走的", "asked_at": "2026-11-15T01:00:00Z"},
    {**ASK, "id": "b", "state": "waiting", "reason": "忘了签退，十一点走的", "answer": "", "asked_at": "2026-11-16T01:00:00Z"},
]
PHOTO = {"id": "any", "status": "ready", "declined": None, "width": 180, "height": 180, "src": {"1080": "/apple-touch-icon.png"}}
POST = {
    "id": "any",
    "staff": True,
    "text": "今天的青菜大丰收",
    "session": None,
    "created_at": f"{TODAY:%Y-%m-%d}T02:41:00Z",
    "photos": [{**PHOTO, "tags": [{"member": 1, "short_name": "志强", "box": None}]}],
}
PICTURE = ROOT / "pwa" / "public" / "icon-512.png"
TABLET, DESK = (1180, 820), (1280, 800)


@dataclass(frozen=True)
class Screen:
    """A place, what stands between it and the server, and what is tapped there before it is looked at."""

    name: str
    path: str
    step: Step | None = None
    before: Step | None = None
    size: tuple[int, int] | None = None
    care: bool = True


def tap(name: str) -> Step:
    """Opens a sheet."""

    def step(page: Page) -> None:
        page.get_by_role("button", name=re.compile(name)).first.click()
        expect(page.get_by_role("dialog")).to_be_visible()

    return step


def then(*steps: Step) -> Step:
    return lambda page: [step(page) for step in steps]


def press(name: str) -> Step:
    return lambda page: page.get_by_role("button", name=name, exact=True).last.click()


def choose(name: str) -> Step:
    """Its word is what is tapped; the radio itself nobody sees."""
    return lambda page: page.get_by_text(name, exact=True).click()


def sees(words: str) -> Step:
    return lambda page: expect(page.locator("body")).to_contain_text(words)


def pick(words: str) -> Step:
    return lambda page: page.get_by_text(words, exact=True).first.click()


def gone_round(page: Page) -> None:
    """Whoever has not said anything yet is passed over."""
    skip = page.get_by_role("button", name="跳过")
    expect(skip).to_be_visible()
    while skip.count():
        skip.click()


def leaving(page: Page) -> None:
    page.get_by_text("离开", exact=True).first.click()
    face(page, "周小芳").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def whole_home(page: Page) -> None:
    """34 faces, and none below what can be seen."""
    expect(page.locator(".tile")).to_have_count(34)
    edge = page.get_by_role("navigation").evaluate("bar => bar.getBoundingClientRect().top")
    bottoms = page.locator(".tile").evaluate_all("tiles => tiles.map(tile => tile.getBoundingClientRect().bottom)")
    assert max(bottoms) <= edge


def offline(page: Page) -> None:
    page.route("**/api/**", lambda route: route.abort())


def answering(address: str, status: int, message: str) -> Step:
    refusal = {"code": "refused", "message": message, "fields": {}}

    def answer(route: Route) -> None:
        if status == 503 or route.request.method == "POST":
            route.fulfill(status=status, json=refusal)
        else:
            route.continue_()

    return lambda page: page.route(address, answer)


def busy(address: str) -> Step:
    return answering(address, 503, "人多排队中，请过一会儿再试。")


def told(address: str, **more: Any) -> Step:
    """The server's answer with something besides."""

    def answer(route: Route) -> None:
        found = route.fetch()
        route.fulfill(response=found, json={**found.json(), **more})

    return lambda page: page.route(address, answer)


def instead(address: str, answer: Any) -> Step:
    return lambda page: page.route(address, lambda route: route.fulfill(json=answer))


def looked_at(page: Page) -> None:
    expect(page.locator("img.pswp__img:not(.pswp__img--placeholder)").first).to_be_visible()


def chosen(page: Page) -> None:
    """Two photos, 周小芳 in the first."""
    page.locator("input[type=file]").set_input_files([PICTURE, PICTURE])
    expect(page.get_by_role("button", name=re.compile("^第 . 张照片"))).to_have_count(2)
    page.get_by_role("button", name="周小芳").click()
    expect(page.locator("body")).to_contain_text("请用手指圈出小芳")


def thrown_away(page: Page) -> None:
    """What the screen before left on the phone."""
    page.goto("/moments/new")
    expect(page.get_by_role("button", name=re.compile("^第 1 张照片"))).to_be_visible()
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="不要了").click()
    page.wait_for_url(lambda url: not url.endswith("/new"))


def emptied(page: Page) -> None:
    """All its photos are to go."""
    photos = page.get_by_role("button", name=re.compile("^第 . 张照片"))
    expect(photos.first).to_be_visible()
    while photos.count():
        page.get_by_role("button", name=re.compile("^去掉")).click()


def unsent(page: Page) -> None:
    chosen(page)
    page.get_by_role("button", name="发布").click()
    expect(page.locator("body")).to_contain_text("恢复后自动发出")


def refused_photo(route: Route) -> None:
    """The first photo is none."""
    found = route.fetch()
    page = found.json()
    page["items"][0]["photos"][0] |= {"status": "refused", "refusal": "这个文件不是照片，请换一张。", "src": {}, "preview": ""}
    route.fulfill(response=found, json=page)


def nobody(page: Page) -> None:
    """Somebody who has just come: no relative, no volunteer yet."""
    told("**/api/me", volunteer=False)(page)
    told("**/api/notices?*", items=[])(page)
