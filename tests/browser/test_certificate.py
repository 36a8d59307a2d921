"""A certificate on a stranger's phone: it holds, one changed digit is noticed, it is verified without a network, and revoked it says so."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.api_client import MANAGER, VOLUNTEER
from tests.support.running import SignIn

pytestmark = pytest.mark.browser


def verdict(page: Page, words: str) -> None:
    expect(page.get_by_role("status").get_by_role("heading")).to_have_text(words)


def with_one_digit_changed(seal: str) -> str:
    payload, signature = seal.split(".")
    said = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    changed = base64.urlsafe_b64encode(said.replace(b",117,", b",917,")).rstrip(b"=").decode()
    assert changed != payload
    return f"{changed}.{signature}"


def opened(page: Page, seal: str) -> None:
    """As a camera opens it: a changed hash alone would not load the page again."""
    page.goto("about:blank")
    page.goto(f"/verify#{seal}")


def test_it_is_verified_on_any_phone(new_phone: Callable[[], BrowserContext], sign_in: SignIn) -> None:
    volunteer = sign_in(VOLUNTEER)
    certificate = volunteer.get("/api/certificates").json()[0]
    seal = volunteer.get(f"/api/certificates/{certificate['id']}").json()["address"].rpartition("#")[2]
    page = new_phone().new_page()
    opened(page, seal)
    verdict(page, "证明有效")
    expect(page.get_by_role("main")).to_contain_text("1 小时 57 分")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    opened(page, with_one_digit_changed(seal))
    verdict(page, "不是真的证明")
    page.context.set_offline(True)
    opened(page, seal)
    verdict(page, "签名有效，撤销状态未查")
    expect(page.get_by_role("main")).to_contain_text("1 小时 57 分")
    opened(page, with_one_digit_changed(seal))
    verdict(page, "不是真的证明")
    page.context.set_offline(False)
    revoked = sign_in(MANAGER).post(f"/api/certificates/number/{certificate['number']}/revocation", {"reason": "冒用他人名义"})
    assert revoked.status == 204
    opened(page, seal)
    verdict(page, "证明已作废")
    expect(page.get_by_role("main")).to_contain_text("原因：冒用他人名义")
