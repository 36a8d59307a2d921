"""志强 says on the tablet who may see the photos, the mother says it on the phone; the no of 志强 wins."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter

pytestmark = pytest.mark.browser

DIGITS = "零一二三四五六七八九"


def say(page: Page, question: str, answer: str) -> None:
    expect(page.get_by_role("heading", level=2)).to_contain_text(question)
    for each in (page.get_by_role("button", name=re.compile(f"^{word}")) for word in ("给", "不给")):
        expect(each).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name=re.compile(f"^{answer}")).click()


def written(sheet: Locator) -> str:
    """四十七: 47."""
    found = re.search(r"请用数字写：(.)十(.)", sheet.inner_text())
    assert found is not None
    return f"{DIGITS.index(found[1])}{DIGITS.index(found[2])}"


def audience(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def test_the_members_own_no_wins_and_nothing_leads_off_their_page_but_a_teacher(enter: Enter) -> None:
    teacher, mother = enter("陆老师"), enter("李秀珍")
    teacher.get_by_role("link", name=re.compile("花名册")).click()
    teacher.get_by_role("link", name=re.compile("沈志强")).click()
    teacher.get_by_role("link", name=re.compile("照片同意")).click()
    teacher.get_by_role("link", name=re.compile("拿平板问")).click()
    teacher.evaluate("localStorage.setItem('care', '1'); dispatchEvent(new StorageEvent('storage'))")
    expect(teacher.get_by_role("heading", level=1)).to_have_text("志强，问你一件事")
    say(teacher, "你家里人", "给")
    say(teacher, "别人的家人", "不给")
    teacher.go_back()
    say(teacher, "志愿者", "给")
    say(teacher, "外面的人", "不给")
    expect(teacher.get_by_role("heading", name="记好了，谢谢你！")).to_be_visible()

    teacher.get_by_role("button", name="交还老师").click()
    sheet = teacher.get_by_role("dialog")
    sheet.get_by_role("textbox").fill(written(sheet))
    sheet.get_by_role("button", name="收回平板").click()
    expect(audience(teacher, "本家园其他家庭")).to_contain_text("不给看：志强自己说了不给")

    mother.get_by_role("link", name="我", exact=True).click()
    mother.get_by_role("link", name=re.compile("照片同意")).click()
    home = audience(mother, "本家园其他家庭")
    home.get_by_role("button", name="同意", exact=True).click()
    expect(home.get_by_role("button", name="同意", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(home).to_contain_text("不给看：志强自己说了不给，以志强的为准。")
    volunteers = audience(mother, "志愿者")
    volunteers.get_by_role("button", name="同意", exact=True).click()
    expect(volunteers).to_contain_text("给看。")
    volunteers.get_by_role("button", name="不同意").click()
    expect(volunteers).to_contain_text("不给看：监护人不同意。")
    expect(mother.get_by_role("main")).to_contain_text("今天 志强自己说不给：本家园其他家庭")
