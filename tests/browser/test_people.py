"""王院长's work on the roster, on the manager's own screen: a relative joins by the QR code and goes again; a sheet becomes members."""

import io
import re
from collections.abc import Callable

import pytest
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Enter, NewPhone
from tests.browser.people import LIVE, card, face
from tests.support.server import Server

pytestmark = pytest.mark.browser

CODE = "246810"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Row = tuple[str, ...]


def open_member(page: Page, name: str) -> None:
    """The way a manager goes there: 门口 → 花名册 → the name."""
    page.get_by_role("link", name=re.compile("花名册")).click()
    page.get_by_role("link", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def invite(page: Page, relation: str) -> str:
    """The address in the QR code, which then stands on the screen."""
    page.get_by_role("button", name="邀请家属").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name=relation, exact=True).click()
    with page.expect_response(re.compile("/invitations$")) as made:
        sheet.get_by_role("button", name="出二维码").click()
    expect(sheet.get_by_role("img", name=f"邀请{relation}的二维码")).to_be_visible()
    return str(made.value.json()["url"])


def scan(phone: BrowserContext, url: str, *, number: str) -> Page:
    """A phone number nobody has seen before."""
    page = phone.new_page()
    page.goto(url)
    page.get_by_role("button", name="用手机号登录").click()
    page.get_by_label("手机号").fill(number)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("验证码").fill(CODE)
    page.get_by_role("button", name="登录").click()
    return page


def test_a_sister_comes_in_by_the_code_and_is_gone_within_five_seconds(new_phone: NewPhone, enter: Enter, server: Server) -> None:
    manager, mother = enter("王院长"), enter("李秀珍")
    open_member(manager, "沈志强")
    sister = scan(new_phone(), invite(manager, "妹妹"), number="13900000011")
    expect(sister.get_by_role("main")).to_contain_text("作为志强的妹妹")
    sister.get_by_role("button", name="是，这是我家的").click()
    expect(sister.get_by_role("alert")).to_contain_text("请填写您的姓名")
    sister.get_by_label("您的姓名").fill("沈志兰")
    sister.get_by_role("button", name="是，这是我家的").click()

    expect(card(sister, "沈志强")).to_be_visible()
    # At night it would wait for seven o'clock.
    server.store.change("UPDATE notifications_announcement SET due_at = '2026-01-01 00:00:00'")
    expect(mother.get_by_role("main")).to_contain_text("志强的妹妹加入了", timeout=LIVE)
    sheet = manager.get_by_role("dialog")
    expect(sheet).to_contain_text("妹妹加入了")
    sheet.get_by_role("button", name="好了").click()

    manager.get_by_role("button", name=re.compile("沈志兰")).click()
    sheet.get_by_role("button", name="解除绑定").click()
    sheet.get_by_role("button", name="解除妹妹的绑定").click()
    expect(card(sister, "沈志强")).to_have_count(0, timeout=LIVE)
    expect(sister.get_by_role("main")).to_contain_text("现在没有绑定家人")
    expect(sister.locator("body")).not_to_contain_text("志强")
    expect(manager.get_by_role("button", name=re.compile("沈志兰"))).to_have_count(0)
    expect(card(mother, "沈志强")).to_be_visible()


def test_a_code_that_was_taken_back_binds_nobody(new_phone: NewPhone, enter: Enter) -> None:
    manager = enter("王院长")
    open_member(manager, "沈志强")
    url = invite(manager, "弟弟")
    manager.get_by_role("dialog").get_by_role("button", name="撤回这个邀请").click()
    expect(manager.get_by_role("dialog")).to_be_hidden()

    stranger = scan(new_phone(), url, number="13900000012")
    expect(stranger.get_by_role("main")).to_contain_text("这个邀请用不了")
    expect(stranger.get_by_role("main")).not_to_contain_text("志强")
    stranger.get_by_role("button", name="回首页").click()
    expect(stranger.get_by_role("main")).to_contain_text("您是家属？")


@pytest.fixture
def fill(enter: Enter) -> Callable[..., Page]:
    """The manager downloads the template, writes into it and chooses it."""
    page = enter("王院长")
    page.goto("/members/import")
    with page.expect_download() as template:
        page.get_by_role("link", name=re.compile("下载模板")).click()
    blank = template.value.path().read_bytes()

    def written(*rows: Row) -> Page:
        book, out = load_workbook(io.BytesIO(blank)), io.BytesIO()
        for number, row in enumerate(rows, 2):
            for column, value in enumerate(row, 1):
                book.worksheets[0].cell(row=number, column=column, value=value)
        book.save(out)
        page.locator("input[type=file]").set_input_files({"name": "名单.xlsx", "mimeType": SHEET, "buffer": out.getvalue()})
        return page

    return written


def test_a_sheet_is_looked_through_before_anything_goes_in(fill: Callable[..., Page], enter: Enter) -> None:
    everyday = "一二三四五六日"
    page = fill(("钱小米", "米米", "一三八"), ("沈志强",), ("欧阳志明", "", everyday, "9:00", "15:30"))
    problems = page.get_by_role("table").get_by_role("row")
    expect(problems.nth(1)).to_contain_text("2星期")
    expect(problems.nth(2)).to_contain_text("3姓名")
    expect(page.get_by_role("button", name=re.compile("^导入"))).to_have_count(0)
    door = enter("陆老师")
    expect(face(door, "沈志强")).to_be_visible()
    expect(face(door, "欧阳志明")).to_have_count(0)

    fill(("钱小米", "米米", everyday, "9:00", "15:30"), ("欧阳志明", "", everyday, "9:00", "15:30"))
    page.get_by_role("button", name="导入这 2 人").click()
    expect(page.get_by_role("main")).to_contain_text("导入好了，新增 2 人")
    page.get_by_role("button", name="去邀请家属").click()
    expect(page.get_by_role("link", name=re.compile("钱小米"))).to_contain_text("还没有家属加入")
    door.reload()
    face(door, "钱小米").click()
    expect(face(door, "钱小米")).to_contain_text("已到")
