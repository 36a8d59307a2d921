"""A teacher plans on a phone, and the families see it."""

import datetime as dt
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.screen_steps import TODAY

pytestmark = pytest.mark.browser

DAYS = "home => fetch(`/api/calendar?home=${home}&from=%s&to=%s`).then(answer => answer.json())"


class Finger:
    """Counts what it costs."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, target: Locator) -> None:
        target.click()
        self.taps += 1


def two_open_weekdays(page: Page) -> tuple[dt.date, dt.date]:
    """A day ahead on which the Home opens, and opens again a week later."""
    first, last = TODAY.date() + dt.timedelta(days=1), TODAY.date() + dt.timedelta(days=45)
    home = page.evaluate("() => fetch('/api/me').then(answer => answer.json()).then(me => me.posts[0].home.id)")
    days = {day["date"]: day["open"] for day in page.evaluate(DAYS % (first, last), home)["days"]}
    for number in range(38):
        day, later = first + dt.timedelta(days=number), first + dt.timedelta(days=number + 7)
        if days[f"{day}"] and days[f"{later}"]:
            return day, later
    pytest.fail("The Home is closed for weeks.")


def test_a_plan_in_three_taps_a_week_in_two_more_and_the_mother_sees_it(enter: Enter) -> None:
    teacher, mother, finger = enter("陆老师"), enter("李秀珍"), Finger()
    day, later = two_open_weekdays(teacher)
    teacher.goto(f"/calendar?day={day}")
    finger.tap(teacher.get_by_role("link", name="在这天排活动"))
    finger.tap(teacher.get_by_role("button", name=re.compile("广播体操")))
    finger.tap(teacher.get_by_role("button", name="排好"))
    assert finger.taps == 3
    # The morning exercise of every workday is at the same time in the same yard: said, and not forbidden.
    expect(teacher.get_by_role("main")).to_contain_text("院子里还有“晨间早操”")
    teacher.get_by_role("button", name="知道了，看日历").click()
    expect(teacher.get_by_role("link", name=re.compile("广播体操"))).to_be_visible()

    teacher.get_by_role("button", name="下一周").click()
    finger.tap(teacher.get_by_role("button", name=re.compile("照抄上周")))
    sheet = teacher.get_by_role("dialog")
    finger.tap(sheet.get_by_role("button", name="照抄到这一周"))
    assert finger.taps == 5
    expect(sheet).to_contain_text("新排了 1 场")
    sheet.get_by_role("button", name=re.compile("撤销")).click()
    expect(sheet).to_contain_text("刚才排的 1 场都没有了")
    sheet.get_by_role("button", name="好了").click()
    expect(teacher.get_by_role("link", name=re.compile("广播体操"))).to_have_count(0)

    teacher.get_by_role("button", name=re.compile("照抄上周")).click()
    sheet.get_by_role("button", name="照抄到这一周").click()
    expect(sheet).to_contain_text("新排了 1 场")
    sheet.get_by_role("button", name="好了").click()
    mother.goto(f"/calendar?day={later}")
    expect(mother.get_by_role("link", name=re.compile("广播体操.*志强参加"))).to_contain_text("08:40")
    expect(mother.get_by_role("main")).not_to_contain_text("排活动")

    teacher.get_by_role("link", name=re.compile("广播体操")).click()
    teacher.get_by_role("link", name=re.compile("改时间")).click()
    teacher.get_by_label("几点开始").fill("07:30")
    teacher.get_by_role("button", name="改好").click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text("活动")
    expect(teacher.get_by_role("main")).to_contain_text("07:30–07:50")
    mother.reload()
    expect(mother.get_by_role("link", name=re.compile("广播体操"))).to_contain_text("07:30")
