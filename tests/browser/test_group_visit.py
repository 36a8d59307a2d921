"""供电所党支部's visit on everybody's own screen: places held, seats taken by the link, two let go, checked in and certified."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from backend.visits import door_codes
from notifications.ids import uuid7
from tests.browser.conftest import Enter, NewPhone
from tests.browser.scripts import SIGN_IN
from tests.support import chromium
from tests.support.api_client import CODE, MANAGER, OFFICER
from tests.support.databases import Store
from tests.support.processes import wait_until
from tests.support.running import SignIn
from tests.support.server import Server

pytestmark = pytest.mark.browser

TITLE = "晚间陪伴"
MEMBERS = ("13800000040", "13800000041")
NEWCOMER = "13900000055"
# The names are due: three have sat down.
NAMES_DUE = """
UPDATE visits_groupbooking SET reminders = 2, names_due_at = datetime('now', '-1 minute'), step_at = datetime('now', '-1 minute')
WHERE status = 'held' AND named = 3 AND shift_id IN (SELECT id FROM visits_shift WHERE title = '陪聊天')
"""
BEGUN = """
UPDATE visits_serviceevent SET starts_at = datetime('now', '-60 minutes'), ends_at = datetime('now', '+5 minutes')
WHERE title = '晚间陪伴'
"""
SHIFT_BEGUN = """
UPDATE visits_shift SET starts_at = datetime('now', '-60 minutes'), ends_at = datetime('now', '+5 minutes') WHERE title = '陪聊天'
"""
AN_HOUR_AGO = "UPDATE records_checkin SET at = datetime('now', '-58 minutes'), recorded_at = datetime('now', '-58 minutes')"


@dataclass(frozen=True)
class Visit:
    event: str
    server: Server

    @property
    def path(self) -> str:
        return f"/service/{self.event}"


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("film") / "seen.mjpeg"


@pytest.fixture(scope="module")
def browser(film: Path) -> Iterator[Browser]:
    with chromium.chromium(*chromium.filming(film)) as one:
        yield one


@pytest.fixture
def visit(server: Server, sign_in: SignIn) -> Visit:
    """In five days, in the evening: nothing of the demo is then. Meals count here, so that the test may run at noon."""
    officer, manager = sign_in(OFFICER), sign_in(MANAGER)
    rules = officer.get("/api/service-rules").json()
    assert officer.request("PUT", "/api/service-rules", {**rules, "meals": []}).status == 200
    home, day = manager.me()["posts"][0]["home"]["id"], dt.datetime.now(dt.UTC).date() + dt.timedelta(days=5)
    assert manager.request("PUT", f"/api/homes/{home}/quiet", {"visits_a_week": 21}).status == 200
    event = str(uuid7())
    times = {"starts_at": f"{day}T12:30:00Z", "ends_at": f"{day}T13:30:00Z"}
    plan = {"id": event, "home": home, "title": TITLE, "kind": "company", **times, "shifts": [{"title": "陪聊天", "capacity": 5}]}
    assert manager.post("/api/service-events", plan).status == 201
    assert manager.request("PUT", f"/api/service-events/{event}/opening").status == 200
    return Visit(event, server)


def hold_five(coordinator: Page, visit: Visit) -> str:
    """The link that the coordinator then sends to colleagues."""
    coordinator.goto(visit.path)
    coordinator.get_by_text("陪聊天").click()
    coordinator.get_by_text("供电所党支部（团体）").click()
    with coordinator.expect_response(re.compile("/group-bookings$")) as made:
        coordinator.get_by_role("button", name="占 5 个名额").click()
    coordinator.get_by_role("button", name="去填名单").click()
    expect(coordinator.get_by_role("main")).to_contain_text("已占 5 个名额，0 人已填名")
    return str(made.value.json()["link"])


def wait_in_line(volunteer: Page, visit: Visit) -> None:
    volunteer.goto(visit.path)
    volunteer.get_by_text("陪聊天").click()
    volunteer.get_by_role("button", name="排候补").click()
    expect(volunteer.get_by_role("dialog")).to_contain_text("已排进候补，第 1 位")
    volunteer.get_by_role("dialog").get_by_role("button", name="看我的报名").click()
    expect(volunteer.get_by_role("main")).to_contain_text("候补第 1 位")


def colleague(phone: BrowserContext, number: str, link: str) -> Page:
    page = phone.new_page()
    page.goto("/sign-in")
    page.evaluate(f"async () => {{ {SIGN_IN % number} }}")
    page.goto(link)
    page.get_by_role("button", name="我来一个").click()
    expect(page.get_by_role("main")).to_contain_text("已确认")
    return page


def stranger(phone: BrowserContext, link: str) -> Page:
    """New to the app: the name comes first, then the seat."""
    page = phone.new_page()
    page.goto(link)
    page.get_by_role("button", name="用手机号登录").click()
    page.get_by_label("手机号").fill(NEWCOMER)
    page.get_by_role("button", name="获取验证码").click()
    page.get_by_label("验证码").fill(CODE)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("main")).to_contain_text("还有 3 个位子")
    page.get_by_role("button", name="记下来，我来一个").click()
    expect(page.get_by_role("alert").first).to_contain_text("请填真实姓名")
    page.get_by_label("真实姓名").fill("林晓")
    page.get_by_label("年龄段").select_option("adult")
    page.get_by_text("我答应").click()
    page.get_by_role("button", name="记下来，我来一个").click()
    expect(page.get_by_role("main")).to_contain_text("已确认")
    return page


def take_the_offer(volunteer: Page, store: Store) -> None:
    store.change(NAMES_DUE)
    offered = "SELECT count(*) FROM visits_offer o JOIN visits_shift s ON s.id = o.shift_id WHERE s.title = '陪聊天'"
    wait_until(lambda: store.rows(offered)[0][0], what="a place is offered")
    volunteer.reload()
    expect(volunteer.get_by_role("main")).to_contain_text("空位留给您")
    volunteer.get_by_role("button", name="确认，我来").click()
    expect(volunteer.get_by_role("main")).to_contain_text("已确认")


def photographed(visit: Visit) -> str:
    """What stood on the tablet two minutes ago."""
    key = (visit.server.store.data / "secret_key").read_text()
    with override_settings(SECRET_KEY=key, PUBLIC_URL=visit.server.url):
        return door_codes.codes_to_show(visit.event, dt.datetime.now(dt.UTC) - dt.timedelta(minutes=2))[0].address


def tap(page: Page, address: str, kind: str) -> None:
    """As the phone's own camera opens it."""
    page.goto(address)
    page.get_by_text(kind, exact=True).click()
    page.get_by_role("button", name=re.compile("我到了|我走了")).click()


def scan(page: Page, picture: Path) -> None:
    """A photo of it, through our own reader."""
    page.goto("/service/check-in")
    page.locator("input[type=file]").set_input_files(picture)


def point_at(page: Page, picture: Path, film: Path) -> None:
    """The phone's camera sees it at some distance, not quite straight."""
    with Image.open(picture) as code:
        seen = Image.new("RGB", (640, 480), (70, 80, 75))
        seen.paste(code.convert("RGB").resize((300, 300)).rotate(7, expand=True, fillcolor=(70, 80, 75)), (150, 70))
    still = io.BytesIO()
    seen.save(still, "JPEG", quality=90)
    film.write_bytes(still.getvalue() * 30)
    page.goto("/service/check-in")
    page.get_by_role("button", name="打开相机扫码").click()


def on_the_tablet(tablet: Page, visit: Visit) -> str:
    with tablet.expect_response(re.compile("/door-codes$")) as answer:
        tablet.goto(f"{visit.path}/code")
    expect(tablet.get_by_role("img", name="签到的二维码")).to_be_visible()
    return str(answer.value.json()["codes"][0]["address"])


def certified(page: Page) -> str:
    """Where the certificate's code leads."""
    page.goto("/certificates")
    page.get_by_role("button", name="开一份证明").click()
    with page.expect_response(lambda answer: answer.url.endswith("/api/certificates") and answer.request.method == "POST") as made:
        page.get_by_role("dialog").get_by_role("button", name="开证明").click()
    stated: dict[str, Any] = made.value.json()
    assert stated["minutes"] >= 50
    return str(stated["address"])


def test_a_group_comes_is_counted_and_certified(enter: Enter, new_phone: NewPhone, store: Store, visit: Visit, film: Path) -> None:
    coordinator, volunteer = enter("赵书记"), enter("徐明")
    link = hold_five(coordinator, visit)
    wait_in_line(volunteer, visit)
    people = [colleague(new_phone(), number, link) for number in MEMBERS]
    people.append(stranger(new_phone(), link))
    coordinator.reload()
    expect(coordinator.get_by_role("main")).to_contain_text("3 人已填名")
    take_the_offer(volunteer, store)
    coordinator.reload()
    expect(coordinator.get_by_role("main")).to_contain_text("已占 3 个名额，3 人已填名")
    people.append(volunteer)

    store.change(BEGUN)
    store.change(SHIFT_BEGUN)
    tap(volunteer, photographed(visit), "签到")
    expect(volunteer.get_by_role("alert")).to_contain_text("这个签到码已经过时")
    tablet = enter("陆老师")
    address, picture = on_the_tablet(tablet, visit), film.with_name("code.png")
    tablet.get_by_role("img", name="签到的二维码").screenshot(path=picture)
    scan(people[0], picture)
    point_at(people[1], picture, film)
    for page in people[:2]:
        expect(page.get_by_role("main")).to_contain_text("签到了")
    for page in people[2:]:
        tap(page, address, "签到")
        expect(page.get_by_role("main")).to_contain_text("签到了")
    store.change(AN_HOUR_AGO)
    address = on_the_tablet(tablet, visit)
    for page in people:
        tap(page, address, "签退")
        expect(page.get_by_role("main")).to_contain_text(re.compile("记 5\\d 分"))

    seal = certified(people[2])
    check = new_phone().new_page()
    check.goto(seal)
    expect(check.get_by_role("main")).to_contain_text("证明有效")
    at = next(index for index in range(len(seal) - 40, len(seal)) if seal[index].isdigit())
    check.goto(f"{seal[:at]}{(int(seal[at]) + 1) % 10}{seal[at + 1 :]}")
    check.reload()
    expect(check.get_by_role("main")).to_contain_text("不是真的证明")
