"""What a teacher's phone sends on a bad day, who sees it, and how soon it is gone again."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from notifications.ids import uuid7
from tests.browser.conftest import Enter, NewPhone
from tests.browser.people import sign_in_as
from tests.support import chromium
from tests.support.api_client import CHARLIE, MOTHER, TEACHER, Person
from tests.support.processes import wait_until
from tests.support.running import SignIn

pytestmark = pytest.mark.browser

WORDS = "九张照片，一张不少。"
HUES = [25 * number for number in range(9)]
PHOTOS = "**/api/moments/*/photos/*"
KEPT_BY_THE_WORKER = """
async () => {
  const kept = []
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) kept.push(request.url)
  return kept
}
"""
# Whatever this browser still has, old or not.
FROM_THE_DISK = """
url => fetch(url, {cache: 'only-if-cached', mode: 'same-origin'}).then(answer => answer.ok ? 'the photo' : 'nothing', () => 'nothing')
"""
Dying = Callable[[Route], None]


def picture(hue: int, *, size: tuple[int, int] = (1600, 1200)) -> bytes:
    """A synthetic photo of one colour, lying on its side as phones write them."""
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.new("HSV", size, (hue, 200, 200)).convert("RGB").save(out, "JPEG", exif=exif)
    return out.getvalue()


def hue_of(image: bytes) -> int:
    """The colour of a photo, and that it stands upright."""
    with Image.open(io.BytesIO(image)) as opened:
        assert opened.height > opened.width
        hue = opened.convert("HSV").resize((1, 1)).tobytes()[0]
        return round(hue / 25) * 25


def choose(page: Page, hues: list[int]) -> None:
    files: Any = [{"name": f"{hue}.jpg", "mimeType": "image/jpeg", "buffer": picture(hue)} for hue in hues]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_role("button", name=re.compile("^第 . 张照片"))).to_have_count(len(hues))


def dying(*deaths: Dying | None) -> Dying:
    """A connection: how each request on it ends; None and all that come after: as it should."""
    left = list(deaths)

    def on_the_way(route: Route) -> None:
        death = left.pop(0) if route.request.method in {"PUT", "POST"} and left else None
        if death:
            death(route)
        else:
            route.continue_()

    return on_the_way


def before_it_arrives(route: Route) -> None:
    route.abort("connectionreset")


def before_it_is_answered(route: Route) -> None:
    route.fetch()
    route.abort("connectionreset")


def moments_of(person: Person, **asked: Any) -> list[Any]:
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    items: list[Any] = person.get(f"/api/moments?{query}").json()["items"]
    return items


def write(phone: BrowserContext) -> Page:
    """Nine photos and a word to them; then the phone dies, and a new page takes them up again."""
    page = sign_in_as(phone.new_page(), "陆老师")
    page.goto("/moments/new")
    choose(page, HUES)
    page.get_by_label("想说的话").fill(WORDS)
    expect(page.get_by_text("（正在进行）")).to_have_attribute("aria-pressed", "true")
    chromium.kill_tab(page)
    page.close()
    again = phone.new_page()
    again.goto("/moments/new")
    expect(again.get_by_label("想说的话")).to_have_value(WORDS)
    expect(again.get_by_role("button", name=re.compile("^第 . 张照片"))).to_have_count(9)
    return again


def mark_and_send(page: Page) -> None:
    page.get_by_role("button", name="全部…").click()
    page.get_by_role("button", name="沈志强").click()
    page.get_by_role("button", name="没标的 8 张也是这些人").click()
    page.get_by_role("button", name="发布").click()
    expect(page.get_by_role("article").first).to_contain_text(WORDS)


def look_through(mother: Page) -> None:
    mother.get_by_role("link", name="相册").click()
    album = mother.get_by_role("article").filter(has_text=WORDS)
    expect(album.get_by_role("button", name=re.compile("的照片，第 . 张，共 9 张"))).to_have_count(9)
    expect(album).to_contain_text("有志强")
    album.get_by_role("button", name=re.compile("第 2 张")).click()
    viewer = mother.get_by_role("dialog", name="看照片")
    expect(viewer).to_contain_text("2 / 9")
    viewer.get_by_role("button", name="下一张").click()
    expect(viewer).to_contain_text("3 / 9")
    mother.go_back()
    expect(viewer).to_have_count(0)
    expect(album).to_be_visible()


def find_nothing(charlie: Page) -> None:
    charlie.goto("/moments")
    expect(charlie.get_by_role("heading", level=1)).to_be_visible()
    expect(charlie.locator(".skeleton")).to_have_count(0)
    expect(charlie.locator("body")).not_to_contain_text(WORDS)


def test_nine_photos_over_a_connection_that_dies_twice_arrive_once_and_in_order(new_phone: NewPhone, enter: Enter, sign_in: SignIn) -> None:
    phone, teacher = new_phone(), sign_in(TEACHER)
    home = teacher.me()["posts"][0]["home"]["id"]
    page = write(phone)
    phone.route("**/api/moments", dying(before_it_is_answered))
    phone.route(PHOTOS, dying(None, None, before_it_arrives, None, before_it_is_answered))
    mark_and_send(page)

    def arrived() -> list[Any]:
        page.evaluate("dispatchEvent(new Event('online'))")
        return [post for post in moments_of(teacher, home=home) if post["text"] == WORDS]

    def whole() -> bool:
        return [[photo["status"] for photo in post["photos"]] for post in arrived()] == [["ready"] * 9]

    wait_until(whole, what="all nine are there")
    [post] = arrived()
    assert [hue_of(teacher.get(photo["src"]["320"]).body) for photo in post["photos"]] == HUES
    look_through(enter("李秀珍"))
    find_nothing(enter("金凤英"))
    stranger = sign_in(CHARLIE)
    assert stranger.get(f"/api/moments/{post['id']}").status == stranger.get(post["photos"][0]["src"]["320"]).status == 404


def consent(person: Person, member: int, key: str, *, yes: bool) -> None:
    asked = next(each for each in person.get(f"/api/members/{member}/consent").json()["audiences"] if each["audience"] == "home")
    answer = {"key": key, "audience": "home", "yes": yes, "wording": asked["own" if key == "self" else key]["wording"]}
    assert person.post(f"/api/members/{member}/consent", answer).status == 201


def test_a_photo_whose_consent_was_withdrawn_is_gone_from_other_phones(enter: Enter, sign_in: SignIn) -> None:
    teacher, mother = sign_in(TEACHER), sign_in(MOTHER)
    member, home = mother.me()["relatives"][0]["member"]["id"], teacher.me()["posts"][0]["home"]["id"]
    consent(teacher, member, "self", yes=True)
    consent(mother, member, "guardian", yes=True)
    post, photo = str(uuid7()), str(uuid7())
    body = {"id": post, "home": home, "text": WORDS, "photos": [{"id": photo, "tags": [{"member": member}]}]}
    assert teacher.post("/api/moments", body).status == 201
    sent = teacher.request("PUT", f"/api/moments/{post}/photos/{photo}", picture(50), headers={"Content-Type": "image/jpeg"})
    assert sent.status == 202

    father = enter("周建华")
    father.evaluate("navigator.serviceWorker.ready.then(() => true)")
    father.reload()
    father.get_by_role("link", name="相册").click()
    shown = father.get_by_role("article").filter(has_text=WORDS)

    def looked() -> bool:
        father.get_by_role("button", name="刷新").click()
        return shown.get_by_role("button", name=re.compile("的照片")).count() == 1

    wait_until(looked, what="the father sees it")
    image = shown.locator("button img")
    wait_until(lambda: image.evaluate("each => each.complete && each.naturalWidth > 0"), what="it is painted")
    address = image.get_attribute("src") or ""

    shown.get_by_role("button", name=re.compile("的照片")).click()
    viewer = father.get_by_role("dialog", name="看照片")
    expect(viewer).to_be_visible()

    consent(mother, member, "guardian", yes=False)
    father.evaluate("dispatchEvent(new Event('focus'))")
    expect(viewer).to_have_count(0)
    expect(shown).to_have_count(0)
    assert father.evaluate("url => fetch(url).then(answer => answer.status)", address) == 404
    worker = chromium.worker(father)
    assert worker.evaluate("url => fetch(url).then(answer => answer.status)", address) == 404
    assert father.evaluate(FROM_THE_DISK, address) == worker.evaluate(FROM_THE_DISK, address) == "nothing"
    kept = father.evaluate(KEPT_BY_THE_WORKER)
    assert kept
    assert [url for url in kept if "/media/" in url or "/api/" in url] == []
