"""A year of service as a table to take away: CSV and XLSX, text stays text. And the balance of visits."""

import csv
import datetime as dt
import io

import openpyxl
import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.records import sheets
from backend.records.models import ServiceRecord
from tests.attendance.door import DAY, at
from tests.records.day import branch, coming, served, visit
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")

HEADINGS = ["日期", "家园", "活动", "岗位", "志愿者", "单位", "签到签退", "计划分钟", "计入分钟", "说明"]


@pytest.fixture
def record(cast: Cast) -> ServiceRecord:
    """Somebody whose name is a formula, of the branch."""
    return served(coming(visit(cast), cast.volunteer, '=HYPERLINK("http://evil.example","徐明")', organisation=branch(cast)), left="11:00")


def test_as_csv_with_the_raw_taps_and_what_counts(cast: Cast, record: ServiceRecord) -> None:
    answer = Phone(cast.carer).get(f"/api/service-records/table?year=2026&home={cast.sunshine.pk}&format=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="service-2026.csv"'
    assert list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))) == [
        HEADINGS,
        [
            "2026-03-04",
            "阳光家园",
            "周六义诊",
            "陪伴散步",
            '\'=HYPERLINK("http://evil.example","徐明")',
            "供电所党支部",
            "签到 09:00，签退 11:00",
            "150",
            "120",
            "09:00–11:00 在场，计 2 小时。",
        ],
    ]


def test_as_xlsx_no_cell_is_a_formula(cast: Cast, record: ServiceRecord) -> None:
    answer = Phone(cast.carer).get(f"/api/service-records/table?year=2026&home={cast.sunshine.pk}")
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows())
    assert [cell.value for cell in rows[0]] == HEADINGS
    assert [cell.data_type for cell in rows[1]] == ["d", *["s"] * 6, "n", "n", "s"]
    assert (rows[1][0].value.date(), rows[1][4].value, rows[1][8].value) == (DAY, '=HYPERLINK("http://evil.example","徐明")', 120)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_whatever_text_begins_with_it_is_guarded(text: str) -> None:
    assert sheets.write_table([["x"], [text]], "csv").decode("utf-8-sig").replace('"', "").split("\n", 1)[1].startswith("'")
    cell = openpyxl.load_workbook(io.BytesIO(sheets.write_table([["x"], [text]], "xlsx"))).active["A2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)


def test_a_minute_stays_a_number() -> None:
    assert sheets.write_table([["分钟"], [-1]], "csv").decode("utf-8-sig") == "分钟\r\n-1\r\n"


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_ones_own_an_organisations_and_a_homes(cast: Cast, record: ServiceRecord, form: str) -> None:
    party = record.organisation_id
    url = f"/api/service-records/table?year=2026&format={form}"
    allowed = {
        cast.volunteer: [url],
        cast.coordinator: [url, f"{url}&organisation={party}"],
        cast.carer: [url, f"{url}&home={cast.sunshine.pk}"],
        cast.officer: [url, f"{url}&home={cast.sunshine.pk}"],
        cast.mother: [url],
    }
    for user, urls in allowed.items():
        for each in (url, f"{url}&organisation={party}", f"{url}&home={cast.sunshine.pk}"):
            assert Phone(user).get(each).status_code == (200 if each in urls else 404), (user.name, each)


# -- the balance ------------------------------------------------------------------------------------
def test_the_balance_says_who_was_visited_by_whom_and_where_nobody_came(
    cast: Cast, record: ServiceRecord, morning: time_machine.Traveller
) -> None:
    for day in (dt.date(2026, 2, 4), dt.date(2025, 6, 30), dt.date(2025, 3, 31)):
        served(coming(visit(cast, "理发", on=day), cast.stranger, "孙海峰"), on=day)
    visit(cast, on=dt.date(2026, 3, 21))
    morning.move_to(at("18:00"))
    sunshine, autumn = Phone(cast.officer).get("/api/visit-balance").json()
    assert (sunshine["name"], sunshine["last"], sunshine["next"]) == ("阳光家园", "2026-03-04", "2026-03-21")
    assert (autumn["name"], autumn["last"], autumn["next"]) == ("秋阳家园", None, None)
    assert [(each["year"], each["quarter"], each["visits"]) for each in sunshine["quarters"]] == [
        (2025, 2, 1),
        (2025, 3, 0),
        (2025, 4, 0),
        (2026, 1, 2),
    ]
    assert sunshine["quarters"][3] == {
        "year": 2026,
        "quarter": 1,
        "visits": 2,
        "people": 2,
        "minutes": 270,
        "organisations": [{"organisation": "", "visits": 1}, {"organisation": "供电所党支部", "visits": 1}],
    }
    assert [quarter["visits"] for quarter in autumn["quarters"]] == [0, 0, 0, 0]
    assert [home["name"] for home in Phone(cast.manager).get("/api/visit-balance").json()] == ["阳光家园"]
    for user in (cast.carer, cast.coordinator, cast.mother):
        assert Phone(user).get("/api/visit-balance").status_code == 404


@pytest.mark.parametrize("visits", [1, 6])
def test_the_balance_costs_the_same_for_one_and_for_six(cast: Cast, visits: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in range(visits):
        served(coming(visit(cast, on=DAY + dt.timedelta(days=day)), cast.volunteer), on=DAY + dt.timedelta(days=day))
    phone = Phone(cast.officer)
    phone.get("/api/visit-balance")
    with django_assert_num_queries(9):
        phone.get("/api/visit-balance")
