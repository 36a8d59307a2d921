"""What the cast does on its phones, in words."""

import re

from playwright.sync_api import Locator, Page, expect

# Milliseconds: a page whose socket is closed looks by itself after half a minute.
LIVE = 25_000


def sign_in_as(page: Page, name: str) -> Page:
    page.goto("/sign-in")
    page.get_by_role("button", name=re.compile(name)).click()
    page.wait_for_url(lambda url: "/sign-in" not in url and not url.endswith(":0/"))
    expect(page.get_by_role("navigation")).to_be_visible()
    return page


def face(page: Page, name: str) -> Locator:
    """A member's tile at the door."""
    return page.get_by_role("button", name=re.compile(f"^{name}"))


def card(page: Page, name: str) -> Locator:
    """A relative's status card."""
    return page.get_by_role("article", name=name)
