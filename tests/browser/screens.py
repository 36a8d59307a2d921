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


NOBODY = [
    Screen("sign-in", "/sign-in"),
    Screen("sign-in-wrong", "/sign-in", then(press("登录"), sees("请输入短信里的 6 位验证码"))),
    Screen("privacy", "/privacy"),
    Screen("install", "/install"),
    Screen("invitation-signed-out", "/i/{token}"),
    Screen("verify-number", "/verify"),
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
        Screen("calendar-feed", "/calendar/feed", then(press("要一个订阅地址"), sees("复制地址"))),
        Screen("balance", "/calendar/members/{member}", sees("计划 ")),
        Screen("session", "/calendar/{session}", sees("正在进行")),
        Screen("session-cancelled", "/calendar/{session}", sees("原因"), told("**/sessions/*", state="cancelled", reason="下雨")),
        Screen("album-busy", "/moments", sees("人多排队中"), busy("**/api/moments?*")),
        Screen("album", "/moments", sees("有志强")),
        Screen("album-photo", "/moments", then(tap("的照片，第 1 张"), looked_at)),
        Screen("album-months", "/moments", then(tap("月份"), sees("照片留念"), sees(" 条"))),
        Screen("moment", "/moments/{moment}", then(press("评论"), sees("发送"))),
        Screen("conversation-empty", "/chat/{thread}"),
        Screen("me", "/me"),
        Screen("me-name", "/me", tap("李秀珍")),
        Screen("sign-out", "/me", tap("退出登录")),
        Screen("devices", "/me/devices"),
        Screen("devices-end", "/me/devices", tap("退出所有设备")),
        Screen("watchers", "/me/watchers/{member}"),
        Screen("watchers-end", "/me/watchers/{member}", tap("不再接收")),
        Screen("consent", "/consent/{member}", sees("公开")),
        Screen("keepsakes-none", "/keepsakes/{member}", sees("还没有照片"), instead("**/keepsakes?*", [])),
        Screen("keepsakes", "/keepsakes/{member}", sees("下载 12 张"), instead("**/keepsakes?*", [{"month": "2026-11", "photos": 12}])),
        Screen(
            "keepsakes-print",
            "/keepsakes/{member}/2026-11",
            sees("1 页 A4"),
            instead("**/moments?*", {"items": [POST | {"staff": False}], "next": None}),
        ),
        Screen("invitation-busy", "/i/{token}", sees("再试一次"), busy("**/token/*")),
        Screen("invitation", "/i/{token}"),
        Screen("invitation-dead", "/i/nonsense", sees("这个邀请用不了")),
        Screen("not-found", "/nowhere"),
        Screen("album-offline", "/moments", sees("连不上网络"), offline),
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
        Screen("staff-session-end", "/calendar/{session}", tap("以后都不办了")),
        Screen("plan", "/calendar/plan", sees("自己写一个")),
        Screen("plan-form", "/calendar/plan?of=blank", then(choose("每周"), choose("点名"), press("排好"), sees("请至少点一位"))),
        Screen("plan-met", "/calendar/plan?of=rehab.晨间早操", then(press("排好"), sees("撞在一起了")), instead("**/activities", MET)),
        Screen("plan-copy", "/calendar", tap("照抄上周")),
        Screen("session-change", "/calendar/{session}/change", sees("这场和以后的")),
        Screen("groups", "/calendar/groups", sees("合唱队")),
        Screen("group", "/calendar/groups", tap("合唱队")),
        Screen("consent-paper", "/consent/{member}", tap("记下监护人")),
        Screen("consent-ask", "/consent/{member}/ask", sees("给你家里人看吗")),
        Screen("consent-ask-tablet", "/consent/{member}/ask", sees("给你家里人看吗"), size=TABLET, care=False),
        Screen("consent-said", "/consent/{member}/ask", then(*[press("不给")] * 4, sees("谢谢你"))),
        Screen("consent-back", "/consent/{member}/ask", tap("交还老师")),
        Screen("consent-photo", "/consent/photos/any", then(press("给志强看 1 张"), sees("给家里人看吗")), instead("**/moments/any", POST)),
        Screen("moments", "/moments", sees("没能用"), lambda page: page.route("**/api/moments?*", refused_photo)),
        Screen("moment-menu", "/moments", tap("还能做什么")),
        Screen("moment-new", "/moments/new", sees("正在进行")),
        Screen("moment-who", "/moments/new", chosen),
        Screen("moment-circle", "/moments/new", then(tap("圈出小芳"), press("放一个圈"))),
        Screen("moment-leaving", "/moments/new", tap("取消")),
        Screen(
            "moment-unsent",
            "/moments/new",
            unsent,
            then(thrown_away, lambda page: page.route("**/api/moments", lambda route: route.abort())),
        ),
        Screen("moment-edit", "/moments/{moment}/edit", sees("里有谁")),
        Screen("remains-staff", "/service/{past}/afterwards", sees("志愿者说的")),
        Screen(
            "remains-thank", "/service/{past}/afterwards", then(tap("写感谢"), sees("不附照片")), told("**/api/**/afterwards", thanks=None)
        ),
        Screen("ask-members", "/service/{past}/ask", sees("你喜欢吗")),
        Screen("ask-members-tablet", "/service/{past}/ask", sees("你喜欢吗"), size=TABLET, care=False),
        Screen("ask-members-round", "/service/{past}/ask", then(gone_round, sees("没有说"))),
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
        Screen("visits-of-home", "/service/balance", sees("本季")),
        Screen("visit-cover", "/service/{visit}", then(pick("封面"), sees("不要有员工的脸"))),
        Screen("people-past", "/service/{past}/people", sees("按没来记")),
        Screen("visit-records", "/service/{past}/records", sees("表彰：暖心陪伴")),
        Screen("corrections", "/service/home/corrections", sees("申请改成")),
        Screen("corrections-no", "/service/home/corrections", tap("^不同意")),
        Screen(
            "corrections-none", "/service/home/corrections", sees("没有等答复的"), instead("**/api/homes/*/corrections", []), care=False
        ),
        Screen("verify-revoke", "/verify#{seal}", tap("作废这份证明"), care=False),
        Screen("staff-record", "/service/records/{record}", tap("记一个表彰")),
        Screen("door-code", "/service/{visit}/code", sees("秒后换一个")),
        Screen("door-code-tablet", "/service/{visit}/code", sees("秒后换一个"), size=TABLET, care=False),
    ],
    OFFICER: [
        Screen("overview-busy", "/overview", sees("人多排队中"), busy("**/overview/homes")),
        Screen("overview", "/overview"),
        Screen("overview-desk", "/overview", size=DESK, care=False),
        Screen("visit-balance", "/service/balance", sees("还没有人来过")),
        Screen("visit-balance-desk", "/service/balance", sees("谁来过"), size=DESK, care=False),
        Screen("officer-calendar", "/calendar", sees("正在进行")),
        Screen("service-rules-change", "/service/rules", then(press("改这些数字"), press("加一段"), press("存好，从现在起按这个算"))),
        Screen("service-area", "/service/area", sees("没有等核实的组织")),
        Screen("holidays", "/overview/holidays"),
        Screen("holiday", "/overview/holidays", tap("加一天")),
        Screen("overview-offline", "/overview", sees("连不上网络"), offline),
    ],
    VOLUNTEER: [
        Screen("nobody-bound", "/messages", sees("现在没有绑定家人"), nobody),
        Screen("visits-busy", "/events", sees("人多排队中"), busy("**/api/service-events?*")),
        Screen("visits", "/events", sees("还差")),
        Screen("visit", "/service/{visit}", then(pick("合唱伴奏"), sees("报名方式"))),
        Screen("visit-wait", "/service/{choir}", then(pick("合唱伴奏"), sees("看我的报名"))),
        Screen("visit-share", "/service/{visit}", then(tap("分享给大家"), sees("只发链接")), care=False),
        Screen("mine", "/service/mine", sees("候补第")),
        Screen("mine-leave", "/service/mine", tap("来不了")),
        Screen("mine-one", "/service/mine/{waiting}", sees("候补是怎么排的")),
        Screen("remains", "/service/{past}/afterwards", sees("您说过")),
        Screen("remains-say", "/service/{past}/afterwards", then(press("改一改"), sees("愿意再来吗"))),
        Screen("volunteer-facts", "/service/me", sees("我答应")),
        Screen("records-busy", "/service/records", sees("人多排队中"), busy("**/api/service-records?*")),
        Screen("records", "/service/records", sees("每一次")),
        Screen("record", "/service/records/{record}", sees("暖心陪伴")),
        Screen("record-ask", "/service/records/{record}", tap("时间不对")),
        Screen(
            "record-asked", "/service/records/{record}", sees("撤回申请"), told("**/service-records/*", correcting=True, corrections=ASKED)
        ),
        Screen("service-rules", "/service/rules", sees("至少要满计划时长的")),
        Screen("check-in", "/service/check-in", sees("打开相机扫码")),
        Screen("check-in-scanned", "/v/here/{door}", sees("我到了，签到"), care=False),
        Screen("wishes-all", "/service/wishes", sees("想学弹吉他"), care=False),
        Screen("wishes", "/service/wishes/{wish}", sees("等人认领")),
        Screen("verify", "/verify#{seal}", sees("证明有效")),
        Screen("certificates", "/certificates", sees("开过的证明")),
        Screen("certificate-issue", "/certificates", tap("开一份证明")),
        Screen("certificate", "/certificates/{certificate}", sees("出具单位")),
        Screen("album-nobody", "/moments", sees("还没有可以看的相册")),
        Screen("verify-offline", "/verify#{seal}", sees("撤销状态未查"), offline),
        Screen("mine-offline", "/service/mine", sees("连不上网络"), offline),
    ],
    COORDINATOR: [
        Screen("visit-hold", "/service/{visit}", then(pick("量血压"), pick("供电所党支部（团体）"), sees("最少要几个"))),
        Screen("booking", "/service/bookings/{booking}", sees("未填的 2 个")),
        Screen("booking-seat", "/service/bookings/{booking}", tap("加一个人")),
        Screen("organisation", "/service/organisations/{organisation}", sees("已填名")),
        Screen("organisation-visits", "/service/organisations/{organisation}/visits", sees("谢谢大家")),
        Screen("organisation-invite", "/service/organisations/{organisation}", tap("请大家加入"), care=False),
        Screen("proposals-all", "/service/proposals", sees("等家园答复"), care=False),
        Screen("proposals", "/service/proposals/{proposal}", sees("等家园答复")),
        Screen("proposals-new", "/service/proposals/{proposal}", tap("秋阳家园"), care=False),
        Screen("seat", "/v/seat/{seat}", sees("一起去")),
        Screen("join", "/v/join/{join}", sees("您已经加入了")),
    ],
    CHARLIE: [Screen("other-family", "/messages", sees("打电话"))],
}
ALL = [*NOBODY, *(screen for screens in BY_PERSON.values() for screen in screens)]
