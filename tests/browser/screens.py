"""Every screen, who sees it, and in which states it is looked at."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Route, expect

from tests.browser.people import face
from tests.support.api_client import CHARLIE, COORDINATOR, FATHER, MANAGER, MOTHER, OFFICER, TEACHER, VOLUNTEER

Step = Callable[[Page], object]
TODAY = dt.datetime.now(ZoneInfo("Asia/Shanghai"))
YESTERDAY = TODAY - dt.timedelta(days=1)
UNSIGNED = {
    "member": {"id": 1, "name": "沈志强", "short_name": "志强", "avatar": {"text": "志", "colour": 0, "photo": None}},
    "date": f"{YESTERDAY:%Y-%m-%d}",
    "since": f"{YESTERDAY:%Y-%m-%d}T01:00:00Z",
    "event": None,
}
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


def sees(words: str) -> Step:
    return lambda page: expect(page.locator("body")).to_contain_text(words)


def pick(words: str) -> Step:
    return lambda page: page.get_by_text(words, exact=True).first.click()


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


def nobody(page: Page) -> None:
    """Somebody who has just come: no relative, no volunteer yet."""
    told("**/api/me", volunteer=False)(page)
    told("**/api/notices?*", items=[])(page)


NOBODY = [
    Screen("sign-in", "/sign-in"),
    Screen("sign-in-wrong", "/sign-in", then(press("登录"), sees("请输入短信里的 6 位验证码"))),
    Screen("privacy", "/privacy"),
    Screen("install", "/install"),
    Screen("invitation-signed-out", "/i/{token}"),
    Screen("seat-signed-out", "/v/seat/{seat}"),
]
# What is busy comes first, while the phone remembers nothing yet; what is offline last, when it does.
BY_PERSON: dict[str, list[Screen]] = {
    MOTHER: [
        Screen("family-busy", "/messages", sees("人多排队中"), busy("**/day")),
        Screen("family", "/messages", sees("还没到")),
        Screen("family-leave", "/messages", tap("请假")),
        Screen("calendar-busy", "/calendar", sees("人多排队中"), busy("**/api/calendar?*")),
        Screen("calendar", "/calendar", sees("正在进行")),
        Screen("calendar-month", "/calendar?view=month", sees("计划 "), care=False),
        Screen("calendar-festival", "/calendar?day=2026-09-25&view=month", sees("中秋节"), care=False),
        Screen("calendar-feed", "/calendar", tap("订阅到手机日历")),
        Screen("calendar-feed-made", "/calendar", then(tap("订阅到手机日历"), press("要一个订阅地址"), sees("复制地址"))),
        Screen("session", "/calendar/{session}", sees("正在进行")),
        Screen("session-cancelled", "/calendar/{session}", sees("原因"), told("**/sessions/*", state="cancelled", reason="下雨")),
        Screen("conversation-empty", "/chat/{thread}"),
        Screen("me", "/me"),
        Screen("me-name", "/me", tap("李秀珍")),
        Screen("sign-out", "/me", tap("退出登录")),
        Screen("devices", "/me/devices"),
        Screen("devices-end", "/me/devices", tap("退出所有设备")),
        Screen("watchers", "/me/watchers/{member}"),
        Screen("watchers-end", "/me/watchers/{member}", tap("不再接收")),
        Screen("invitation-busy", "/i/{token}", sees("再试一次"), busy("**/token/*")),
        Screen("invitation", "/i/{token}"),
        Screen("invitation-dead", "/i/nonsense", sees("这个邀请用不了")),
        Screen("not-found", "/nowhere"),
        Screen("calendar-offline", "/calendar", sees("连不上网络"), offline),
        Screen("family-offline", "/messages", sees("网络恢复后更新"), offline),
        Screen("held", "/held", sees("等待确认"), told("**/api/me", held=True)),
    ],
    FATHER: [
        Screen("family-arrived", "/messages", sees("已到家园")),
        Screen("conversation", "/chat/{arrived}"),
        Screen("conversation-offline", "/chat/{arrived}", sees("连不上网络"), offline),
    ],
    TEACHER: [
        Screen("door-busy", "/door", sees("人多排队中"), busy("**/board?*")),
        Screen("door", "/door"),
        Screen("door-tablet", "/door", whole_home, size=TABLET, care=False),
        Screen("door-member", "/door", then(lambda page: face(page, "周小芳").click(), sees("记离开"))),
        Screen("door-leaving", "/door", leaving),
        Screen("door-keeper", "/door", tap("门口老师")),
        Screen("door-pin", "/door", then(tap("门口老师"), tap("王院长"), sees("门口密码"))),
        Screen("door-unsigned", "/door", tap("没有签离"), told("**/board?*", unsigned=[UNSIGNED])),
        Screen("door-unsigned-one", "/door", then(tap("没有签离"), tap("没有记离开")), told("**/board?*", unsigned=[UNSIGNED])),
        Screen("door-calls", "/door/calls"),
        Screen("staff-calendar", "/calendar", sees("正在进行")),
        Screen("staff-session", "/calendar/{session}", sees("全部参加")),
        Screen("staff-session-mark", "/calendar/{session}", tap("周小芳")),
        Screen("staff-session-result", "/calendar/{session}", tap("记成绩")),
        Screen("staff-session-cancel", "/calendar/{session}", tap("取消今天这一场")),
        Screen("staff-session-off", "/calendar/{session}", sees("恢复今天这一场"), told("**/sessions/*", state="cancelled")),
        Screen("staff-messages", "/messages"),
        Screen("staff-conversation", "/chat/home:{home}"),
        Screen("roster", "/members"),
        Screen("member", "/members/{member}"),
        Screen("member-invite", "/members/{member}", tap("邀请家属")),
        Screen("member-relative", "/members/{member}", tap("李秀珍")),
        Screen("member-unbind", "/members/{member}", then(tap("李秀珍"), press("解除绑定"))),
        Screen("member-pending", "/members/{member}", tap("姑姑")),
        Screen("pin", "/me/pin"),
        Screen("pin-wrong", "/me/pin", then(press("保存"), sees("请用 4 到 6 位数字"))),
        Screen("staff-me", "/me"),
        Screen("staff-messages-offline", "/messages", sees("没连上"), offline),
        Screen("door-offline", "/door", sees("网络断开"), offline),
        Screen(
            "door-parked",
            "/door",
            then(lambda page: face(page, "沈志强").click(), tap("没能记上")),
            answering("**/attendance/events", 422, "这条记录的时间不对，请在门口重新点一次。"),
        ),
    ],
    MANAGER: [
        Screen("import", "/members/import"),
        Screen("home-visits", "/service/home", sees("周六义诊与陪伴日")),
        Screen("home-requests", "/service/home", then(pick("心愿、来访"), sees("写一个微心愿"))),
        Screen("home-quiet", "/service/home", then(pick("清静"), sees("一个星期最多来几次")), care=False),
        Screen("plan", "/service/home/new", press("加一个岗位")),
        Screen("plan-again", "/service/{visit}/plan", sees("要求和时间"), care=False),
        Screen("staff-visit", "/service/{visit}", sees("照上次再办一次")),
        Screen("people", "/service/{visit}/people", sees("徐明")),
        Screen("door-code", "/service/{visit}/code", sees("秒后换一个")),
        Screen("door-code-tablet", "/service/{visit}/code", sees("秒后换一个"), size=TABLET, care=False),
    ],
    OFFICER: [
        Screen("overview-busy", "/overview", sees("人多排队中"), busy("**/overview/homes")),
        Screen("overview", "/overview"),
        Screen("overview-desk", "/overview", size=DESK, care=False),
        Screen("officer-calendar", "/calendar", sees("正在进行")),
        Screen("holidays", "/overview/holidays"),
        Screen("holiday", "/overview/holidays", tap("加一天")),
        Screen("overview-offline", "/overview", sees("连不上网络"), offline),
    ],
    VOLUNTEER: [
        Screen("nobody-bound", "/messages", sees("现在没有绑定家人"), nobody),
        Screen("visits-busy", "/events", sees("人多排队中"), busy("**/api/service-events?*")),
        Screen("visits", "/events", sees("还差")),
        Screen("visit", "/service/{visit}", then(pick("陪伴散步"), sees("报名方式"))),
        Screen("visit-wait", "/service/{choir}", then(pick("合唱伴奏"), sees("看我的报名"))),
        Screen("visit-share", "/service/{visit}", then(tap("分享给大家"), sees("只发链接")), care=False),
        Screen("mine", "/service/mine", sees("候补第")),
        Screen("mine-leave", "/service/mine", tap("来不了")),
        Screen("mine-one", "/service/mine/{waiting}", sees("候补是怎么排的")),
        Screen("volunteer-facts", "/service/me", sees("我答应")),
        Screen("check-in", "/service/check-in", sees("打开相机扫码")),
        Screen("check-in-scanned", "/v/here/{door}", sees("我到了，签到"), care=False),
        Screen("wishes", "/service/wishes/{wish}", sees("等人认领")),
        Screen("mine-offline", "/service/mine", sees("连不上网络"), offline),
    ],
    COORDINATOR: [
        Screen("visit-hold", "/service/{visit}", then(pick("量血压"), pick("供电所党支部（团体）"), sees("最少要几个"))),
        Screen("booking", "/service/bookings/{booking}", sees("未填的 2 个")),
        Screen("booking-seat", "/service/bookings/{booking}", tap("加一个人")),
        Screen("organisation", "/service/organisations/{organisation}", sees("已填名")),
        Screen("organisation-invite", "/service/organisations/{organisation}", tap("请大家加入"), care=False),
        Screen("proposals", "/service/proposals/{proposal}", sees("等家园答复")),
        Screen("proposals-new", "/service/proposals/{proposal}", tap("秋阳家园"), care=False),
        Screen("seat", "/v/seat/{seat}", sees("一起去")),
        Screen("join", "/v/join/{join}", sees("您已经加入了")),
    ],
    CHARLIE: [Screen("other-family", "/messages", sees("打电话"))],
}
ALL = [*NOBODY, *(screen for screens in BY_PERSON.values() for screen in screens)]
