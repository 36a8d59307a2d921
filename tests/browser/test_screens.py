"""Every screen as people see it: no accessibility fault in light, dark and 关怀版, and a picture of each to look at."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import watch
from tests.browser.screen_steps import TODAY, Screen
from tests.browser.screens import ALL, BY_PERSON, NOBODY
from tests.browser.scripts import SIGN_IN
from tests.support import chromium
from tests.support.api_client import COORDINATOR, FATHER, MANAGER, MOTHER, VOLUNTEER
from tests.support.databases import ROOT
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser

SHOTS = ROOT / "var" / "shots"
PHONE = (390, 844)
# A viewport is what it was told to be a moment later.
FITS = """
async () => {
  const page = document.documentElement
  for (const end = Date.now() + 2000; page.scrollWidth > page.clientWidth; await new Promise(requestAnimationFrame))
    if (Date.now() > end) return false
  return true
}
"""
# Whoever is old or in a hurry hits a thumb's width; words that break into lines need air between them. A link inside a sentence is a word.
SIZES = """
([least, type]) => {
  const found = []
  const words = element => (element.innerText || element.getAttribute('aria-label') || element.value || '').trim().slice(0, 24)
  const shown = element => element.checkVisibility() && !element.closest('.sr-only')
  const style = getComputedStyle
  for (const element of document.querySelectorAll('button, a, input, select, summary')) {
    const target = element.closest('label') ?? element
    if (!shown(target) || (element.closest('.sr-only') && target === element) || style(target).display === 'inline') continue
    const { width, height } = target.getBoundingClientRect()
    if (width < least - 0.5 || height < least - 0.5) found.push(`${Math.round(width)}×${Math.round(height)}: ${words(target)}`)
  }
  const size = parseFloat(style(document.body).fontSize)
  if (size < type - 0.1) found.push(`the body's type is ${size} px`)
  for (const element of document.querySelectorAll('body *')) {
    const texts = [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim())
    if (!texts.length || !shown(element)) continue
    const range = document.createRange()
    range.setStartBefore(texts[0])
    range.setEndAfter(texts.at(-1))
    const lines = new Set([...range.getClientRects()].map(box => Math.round(box.bottom)))
    const { lineHeight, fontSize } = style(element)
    if (lines.size > 1 && parseFloat(lineHeight) < 1.395 * parseFloat(fontSize))
      found.push(`lines ${lineHeight} high for ${fontSize}: ${words(element)}`)
  }
  return found
}
"""


@pytest.fixture
def places(sign_in: SignIn) -> dict[str, Any]:
    """Ids for the paths. 沈志强 has not come yet; 周小芳 is there."""
    relative, other = (sign_in(phone).me()["relatives"][0] for phone in (MOTHER, FATHER))
    member, home = relative["member"]["id"], relative["home"]["id"]
    url = sign_in(MANAGER).post(f"/api/members/{member}/invitations", {"relation": "姑姑"}).json()["url"]
    day = f"{TODAY:%Y-%m-%d}"
    calendar = sign_in(MOTHER).get(f"/api/calendar?home={home}&from={day}&to={day}").json()
    posts = sign_in(MOTHER).get(f"/api/moments?home={home}").json()["items"]
    volunteer = sign_in(VOLUNTEER)
    certificate = volunteer.get("/api/certificates").json()[0]["id"]
    return {
        "moment": next(post["id"] for post in posts if len(post["photos"]) > 1),
        "certificate": certificate,
        "seal": volunteer.get(f"/api/certificates/{certificate}").json()["address"].rpartition("#")[2],
        "session": next(session["id"] for session in calendar["sessions"] if session["state"] == "now"),
        "member": member,
        "home": home,
        "thread": f"member:{member}:{home}",
        "arrived": f"member:{other['member']['id']}:{home}",
        "token": url.rpartition("/")[2],
        **service_places(sign_in),
    }


def service_places(sign_in: SignIn) -> dict[str, Any]:
    """徐明 comes to one visit and waits for another; 赵书记 holds places in the first."""
    volunteer, coordinator = sign_in(VOLUNTEER), sign_in(COORDINATOR)
    mine = {each["status"]: each for each in volunteer.get("/api/me/signups").json()["items"]}
    visit, organisation = mine["confirmed"]["event"]["id"], coordinator.me()["organisations"][0]["id"]
    booking = coordinator.get(f"/api/organisations/{organisation}/group-bookings").json()[0]["id"]
    links = [coordinator.get(path).json()["link"] for path in (f"/api/group-bookings/{booking}", f"/api/organisations/{organisation}")]
    year = volunteer.get(f"/api/service-records?year={TODAY.year}").json()["years"][0]["year"]
    record = volunteer.get(f"/api/service-records?year={year}").json()["items"][0]
    return {
        "record": record["id"],
        "past": record["event"],
        "visit": visit,
        "choir": mine["waitlisted"]["event"]["id"],
        "waiting": mine["waitlisted"]["id"],
        "organisation": organisation,
        "booking": booking,
        "seat": links[0].rpartition("/")[2],
        "join": links[1].rpartition("/")[2],
        "wish": volunteer.get("/api/wishes").json()[0]["id"],
        "proposal": coordinator.get("/api/proposals").json()[0]["id"],
        "door": f"{visit}.59403840.abcdefghijklmno-",
    }


def take_up(browser: Browser, server: Server, phone: str, *, wrong: list[str]) -> Page:
    """Somebody's phone; without a worker, which would fetch the whole app for each of them again."""
    context = chromium.phone(browser, server.url, reduced_motion="reduce", service_workers="block", device_scale_factor=1)
    context.add_init_script(path=chromium.AXE)
    watch(context, server.url, wrong)
    page = context.new_page()
    if phone:
        page.goto("/sign-in")
        page.evaluate(f"async () => {{ {SIGN_IN % phone} }}")
    return page


def show(page: Page, screen: Screen, places: dict[str, Any]) -> None:
    page.unroute_all(behavior="ignoreErrors")
    if screen.before:
        screen.before(page)
    width, height = screen.size or PHONE
    page.set_viewport_size({"width": width, "height": height})
    page.goto(screen.path.format(**places))
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator(".skeleton")).to_have_count(0)
    if screen.step:
        screen.step(page)


def shoot(page: Page, way: str, screen: Screen) -> None:
    folder = SHOTS / way
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{screen.name}.png", full_page=page.get_by_role("dialog").count() == 0, scale="css")


def faults_in_the_dark(page: Page, screen: Screen) -> list[str]:
    """Nothing but the colours differs."""
    page.emulate_media(color_scheme="dark")
    shoot(page, "dark", screen)
    found = [f"dark: {each}" for each in chromium.axe(page, only=["color-contrast"])]
    page.emulate_media(color_scheme="light")
    return found


def faults_of_size(page: Page, least: list[int]) -> list[str]:
    """By the ruler, with the reader's own large type, and on the narrowest phone."""
    found: list[str] = page.evaluate(SIZES, least)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if not page.evaluate(FITS):
        found.append("scrolls sideways with type of 200 %")
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.set_viewport_size({"width": 320, "height": 640})
    if not page.evaluate(FITS):
        found.append("scrolls sideways at 320 px")
    return found


def in_large_type(page: Page, screen: Screen, places: dict[str, Any], *, signed_in: bool) -> None:
    """Chosen in another window of this phone; who is not signed in opens the page again."""
    page.evaluate("localStorage.setItem('care', '1'); dispatchEvent(new StorageEvent('storage'))")
    if signed_in:
        width, height = screen.size or PHONE
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("html.care")).to_have_count(1)
        expect(page.locator(".skeleton")).to_have_count(0)
    else:
        show(page, screen, places)


def faults(page: Page, screen: Screen, places: dict[str, Any], *, signed_in: bool) -> list[str]:
    show(page, screen, places)
    shoot(page, "light", screen)
    found = chromium.axe(page) + faults_in_the_dark(page, screen) + faults_of_size(page, [48, 17])
    if screen.care:
        in_large_type(page, screen, places, signed_in=signed_in)
        shoot(page, "care", screen)
        found += [f"care: {each}" for each in chromium.axe(page) + faults_of_size(page, [60, 24])]
        page.evaluate("localStorage.removeItem('care')")
    return found


@pytest.mark.parametrize("phone", ["", *BY_PERSON])
def test_every_screen_is_accessible(browser: Browser, server: Server, places: dict[str, Any], phone: str) -> None:
    found: dict[str, list[str]] = {"everywhere": []}
    page = take_up(browser, server, phone, wrong=found["everywhere"])
    for screen in BY_PERSON[phone] if phone else NOBODY:
        found[screen.name] = faults(page, screen, places, signed_in=bool(phone))
    page.context.close()
    assert {name: each for name, each in found.items() if each} == {}


def test_no_picture_lies_over_another() -> None:
    names = [screen.name for screen in ALL]
    assert sorted(names) == sorted(set(names))


def test_no_address_of_the_app_is_forgotten() -> None:
    source = ROOT / "pwa" / "src"
    texts = [
        path.read_text(encoding="utf-8")
        for path in (source / "app" / "router.ts", *source.glob("features/*/firstRoutes.ts"), *source.glob("features/*/routes.ts"))
    ]
    addresses = {address for text in texts for address in re.findall(r'path: "([^"]+)"', text)} - {"/"}
    patterns = {address: re.sub(r":\w+(\([^)]*\))?\*?", "[^/]+", address) for address in addresses}
    assert [address for address, one in patterns.items() if not any(re.fullmatch(one, screen.path) for screen in ALL)] == []
