"""An album of a thousand posts on a phone: it is read in pages, keeps its reader's place, and nothing jumps."""

import datetime as dt
import re
import uuid

import pytest
from playwright.sync_api import Locator, Page, expect

from notifications.ids import uuid7
from tests.browser.conftest import NewPhone
from tests.browser.people import sign_in_as
from tests.support.databases import Store

pytestmark = pytest.mark.browser

MANY, A_PAGE = 1_000, 20
# What quality.md allows a whole screen.
LEAST_NOTICED = 0.02
NOTE_SHIFTS = """
  window.shifts = 0
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
"""
PAINTED = "img.pswp__img:not(.pswp__img--placeholder)"
AT_THE_TOP = "() => [...document.querySelectorAll('article')].findIndex(post => post.getBoundingClientRect().bottom > 100)"


@pytest.fixture
def long_album(store: Store) -> None:
    """Before all that the demo tells. Each has the files of one photo that there is."""
    [(home, author, photo)] = store.rows(
        "SELECT p.home_id, p.author_id, f.secret FROM moments_photo f JOIN moments_post p ON p.id = f.post_id"
        " WHERE f.marked AND NOT EXISTS (SELECT 1 FROM moments_tag t WHERE t.photo_id = f.id) ORDER BY p.home_id LIMIT 1"
    )
    facts = {"status": "ready", "refusal": "", "marked": True, "width": 1600, "height": 1200, "preview": "", "stale": False, "attempts": 0}
    last, album = dt.datetime(2026, 3, 4, tzinfo=dt.UTC), store.data / "media" / "moments"
    posts, photos = [], []
    for number in range(MANY):
        post, secret, at = uuid7().hex, uuid.uuid4().hex, last - dt.timedelta(hours=number)
        said = {"text": f"第 {number} 条", "therapy": "farm", "for_guests": False}
        posts.append({"id": post, "home_id": home, "author_id": author, "created_at": f"{at}", **said})
        photos.append({"id": uuid7().hex, "post_id": post, "position": 0, "secret": secret, **facts})
        (album / secret[:2]).mkdir(exist_ok=True)
        (album / secret[:2] / secret).symlink_to(album / photo[:2] / photo)
    store.insert("moments_post", posts)
    store.insert("moments_photo", photos)


@pytest.fixture
def page(new_phone: NewPhone, long_album: None) -> Page:
    """志强's mother, whose phone notes whatever jumps."""
    page = sign_in_as(new_phone().new_page(), "李秀珍")
    page.add_init_script(NOTE_SHIFTS)
    return page


def shifts(page: Page, shown: Locator) -> float:
    """Once it is there, and has had time to jump."""
    expect(shown.first).to_be_visible()
    page.wait_for_timeout(500)
    found: float = page.evaluate("shifts")
    return found


def read_down(page: Page, posts: int) -> None:
    """As fast as a thumb can."""
    while page.get_by_role("article").count() < posts:
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        page.wait_for_timeout(50)


def test_a_thousand_posts_are_read_in_pages_and_the_reader_comes_back_to_the_same_place(page: Page) -> None:
    posts, asked = page.get_by_role("article"), set[str]()
    page.on("request", lambda request: asked.add(request.url) if "/media/moments/" in request.url else None)
    page.goto("/moments")
    expect(posts).to_have_count(A_PAGE)
    assert shifts(page, posts) <= LEAST_NOTICED
    assert 0 < len(asked) <= A_PAGE
    read_down(page, 12 * A_PAGE)
    assert shifts(page, posts) <= LEAST_NOTICED
    assert set(page.locator("article button img").evaluate_all("all => all.map(each => each.loading)")) == {"lazy"}

    page.evaluate("scrollBy(0, -9000)")
    place = page.evaluate(AT_THE_TOP)
    assert A_PAGE < place < 12 * A_PAGE
    posts.nth(place + 1).get_by_role("button", name=re.compile("的照片")).click()
    expect(page.locator(PAINTED).first).to_be_visible()
    page.go_back()
    expect(page.get_by_role("dialog", name="看照片")).to_have_count(0)
    assert page.evaluate(AT_THE_TOP) == place
    page.get_by_role("link", name="日历").click()
    expect(page.locator("body")).to_contain_text("正在进行")
    page.go_back()
    expect(posts.nth(place)).to_be_in_viewport()
    assert page.evaluate(AT_THE_TOP) == place


def test_week_month_and_viewer_stand_still_while_they_load(page: Page) -> None:
    page.goto("/moments")
    page.get_by_role("button", name=re.compile("的照片")).first.click()
    expect(page.locator(PAINTED).first).to_be_visible()
    week, month = page.get_by_text("正在进行"), page.get_by_text(re.compile("计划 "))
    for address, sign in ((page.url, page.locator(PAINTED)), ("/calendar", week), ("/calendar?view=month", month)):
        page.goto(address)
        assert shifts(page, sign) <= LEAST_NOTICED, address
