"""The roster as an .xlsx: a template to download, a dry run that lists every problem, all or nothing."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import MULTIPART_CONTENT
from openpyxl import load_workbook

from backend.common.errors import ConflictError
from backend.people import queries, roster, services
from backend.people.models import Member, Placement, WeeklyPattern
from tests.people.steps import HEADINGS, sheet
from tests.support.cast import Cast
from tests.support.phone import Phone

TODAY = dt.date(2026, 3, 4)
AS_EXCEL_SAYS_IT = dt.datetime(2026, 3, 1)  # noqa: DTZ001 - a cell knows no zone
GOOD = ("钱小米", "米米", "一三五", "9:00", "15:30", "2026-03-02")


def upload(phone: Phone, cast: Cast, data: bytes, *, dry_run: bool = False) -> Any:
    body = {"file": SimpleUploadedFile("roster.xlsx", data)}
    return phone.post(f"/api/homes/{cast.sunshine.pk}/roster?dry_run={dry_run}", body, content_type=MULTIPART_CONTENT)


def problems(*rows: Sequence[Any], headings: Sequence[Any] = HEADINGS, known: Sequence[str] = ()) -> list[tuple[int, str, str]]:
    reading = roster.read(sheet(*rows, headings=headings), known=known, today=TODAY)
    return [(problem.row, problem.column, problem.message) for problem in reading.problems]


def only(*row: Any) -> roster.Entry:
    reading = roster.read(sheet(row), known=[], today=TODAY)
    assert reading.problems == []
    return reading.entries[0]


def test_a_clean_roster_becomes_members(cast: Cast, morning: time_machine.Traveller) -> None:
    answer = upload(Phone(cast.manager), cast, sheet(GOOD, ("欧阳志明", "", "", "", "", "")))

    assert (answer.status_code, answer.json()) == (200, {"rows": 2, "problems": [], "created": 2})
    mimi, zhiming = Member.objects.order_by("-id")[:2][::-1]
    assert (mimi.name, mimi.short_name) == ("钱小米", "米米")
    assert list(WeeklyPattern.objects.filter(member=mimi).order_by("weekday").values_list("weekday", "arrives_at", "departs_at")) == [
        (day, dt.time(9), dt.time(15, 30)) for day in (0, 2, 4)
    ]
    assert Placement.objects.get(member=mimi).starts_on == dt.date(2026, 3, 2)
    assert (zhiming.short_name, Placement.objects.get(member=zhiming).starts_on) == ("志明", TODAY)
    assert WeeklyPattern.objects.filter(member=zhiming).count() == 5


def test_they_are_in_the_list_at_once(cast: Cast) -> None:
    manager = Phone(cast.manager)
    upload(manager, cast, sheet(GOOD[:5]))
    assert "钱小米" in [row["name"] for row in manager.get(f"/api/homes/{cast.sunshine.pk}/members").json()["items"]]


def test_a_dry_run_writes_nothing(cast: Cast) -> None:
    before = Member.objects.count()
    assert upload(Phone(cast.manager), cast, sheet(GOOD), dry_run=True).json() == {"rows": 1, "problems": [], "created": 0}
    assert Member.objects.count() == before


def test_one_problem_keeps_everybody_out(cast: Cast) -> None:
    before = Member.objects.count()
    answer = upload(Phone(cast.manager), cast, sheet(GOOD, ("沈志强",))).json()
    assert answer == {"rows": 2, "problems": [{"row": 3, "column": "姓名", "message": "家园里已经有这个名字。"}], "created": 0}
    assert Member.objects.count() == before


def test_a_name_of_another_home_is_free(cast: Cast) -> None:
    assert upload(Phone(cast.manager), cast, sheet(("金小海",))).json()["created"] == 1


def test_every_problem_of_every_row_is_listed() -> None:
    assert problems(
        ("钱小米", "", "一二八", "8点", "16:30", "2026-02-30"),
        (None, "米米", "一", "9:00", "8:00", ""),
        ("钱小米", "钱小米", "一", "25:00", "16:30", "1887-01-01"),
        (12345, "", "", "", "", ""),
        ("钱" * 41, "", "", "", "", ""),
    ) == [
        (2, "星期", "看不懂，请写成 一二三四五 这样。"),
        (2, "入园日期", "没有这一天。"),
        (2, "到达时间", "看不懂，请写成 8:30 这样。"),
        (3, "姓名", "没有填姓名。"),
        (3, "离开时间", "离开时间要晚于到达时间。"),
        (4, "姓名", "和第 2 行重复了。"),
        (4, "小名", "小名会显示在锁屏上，请不要写全名。"),
        (4, "入园日期", "日期太早或太晚，请检查年份。"),
        (4, "到达时间", "没有这个时间。"),
        (5, "姓名", "请填文字，不要填数字或日期。"),
        (6, "姓名", "太长了，最多 40 个字。"),
    ]


def test_a_problem_row_number_is_the_one_in_the_sheet() -> None:
    assert problems(GOOD, (), ("", " ", None), ("钱小米",)) == [(5, "姓名", "和第 2 行重复了。")]


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("一二三四五", (0, 1, 2, 3, 4)),
        ("周一、周三，周五", (0, 2, 4)),
        ("周一至周五", (0, 1, 2, 3, 4)),
        ("一到五", (0, 1, 2, 3, 4)),
        ("1-5", (0, 1, 2, 3, 4)),
        (135, (0, 2, 4)),
        (135.0, (0, 2, 4)),
        ("星期六 星期日", (5, 6)),
        ("二-四，日", (1, 2, 3, 6)),
        ("五五", (4,)),
    ],
)
def test_weekdays_as_people_write_them(written: object, days: tuple[int, ...]) -> None:
    assert only("钱小米", "", written).weekdays == days


@pytest.mark.parametrize(
    "written",
    [
        dt.time(8, 5),
        "8:05",
        "08：05",
        " 8:05:00 ",
        dt.timedelta(hours=8, minutes=5),
        (8 * 60 + 5) / 1440,
        AS_EXCEL_SAYS_IT.replace(hour=8, minute=5),
    ],
)
def test_times_as_excel_and_people_write_them(written: object) -> None:
    assert only("钱小米", "", "", written).arrives_at == dt.time(8, 5)


@pytest.mark.parametrize("written", [dt.date(2026, 3, 1), AS_EXCEL_SAYS_IT, "2026-03-01", "2026/3/1", "2026年3月1日", " 2026.3.1 "])
def test_dates_as_excel_and_people_write_them(written: object) -> None:
    assert only("钱小米", "", "", "", "", written).since == dt.date(2026, 3, 1)


def test_blanks_around_words_are_cut_off() -> None:
    assert (only("\u3000钱小米 ", " 米\u3000米 ").name, only("钱小米", " 米米 ").short_name) == ("钱小米", "米米")


@pytest.mark.parametrize(
    ("name", "short"), [("沈强", "强"), ("沈志强", "志强"), ("欧阳志强", "志强"), ("阿依古丽·买买提", "阿依古丽"), ("强", "强")]
)
def test_without_a_short_name_the_given_name_is_shown(name: str, short: str) -> None:
    assert only(name).short_name == short


def test_a_formula_nobody_has_calculated_is_told() -> None:
    assert problems(('="钱"&"小米"', "", "", "", "", "")) == [(2, "姓名", "这里是还没有算出结果的公式，请直接填写内容。")]


def test_columns_may_come_in_any_order_and_be_left_out() -> None:
    assert problems(("米米", "钱小米"), headings=("小名", "姓名*")) == []


def test_columns_that_are_not_asked_for_are_refused() -> None:
    """Least data: what should not be there is not quietly read."""
    found = problems((*GOOD, "330402…"), headings=(*HEADINGS, "身份证号"))
    assert found == [(1, "身份证号", "不认识这一列，请删掉；系统不需要更多资料。")]


def test_a_sheet_without_names_or_people_is_told() -> None:
    assert problems(("米米",), headings=("小名",)) == [(1, "姓名", "第一行要有“姓名”这一列，请用下载的模板。")]
    assert problems() == [(2, "", "表里还没有人，请从第二行开始填写。")]
    assert problems(GOOD, headings=(*HEADINGS, "姓名")) == [(1, "姓名", "这一列出现了两次。")]


def test_more_than_500_people_are_too_many() -> None:
    rows = [(f"钱小米{number}", "") for number in range(501)]
    assert problems(*rows[:500]) == []
    assert problems(*rows) == [(502, "", "一次最多 500 人，请分几次导入。")]


def test_the_template_is_read_back_without_a_problem(cast: Cast) -> None:
    answer = Phone(cast.manager).get(f"/api/homes/{cast.sunshine.pk}/roster.xlsx")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="roster.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    assert [cell.value for cell in book.worksheets[0][1]] == list(HEADINGS)
    book.worksheets[0].append(list(GOOD))
    out = io.BytesIO()
    book.save(out)
    assert upload(Phone(cast.manager), cast, out.getvalue()).json()["created"] == 1


def bomb() -> bytes:
    """60 MB of zeros in 60 kB."""
    out = io.BytesIO(sheet(GOOD))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet9.xml", b"\0" * 60_000_000)
    return out.getvalue()


def entities() -> bytes:
    """A small document that would grow without end."""
    lines = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    document = (
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{lines}]><worksheet><sheetData><row><c t="str"><v>&a12;</v></c></row></sheetData></worksheet>'
    )
    out, clean = io.BytesIO(), zipfile.ZipFile(io.BytesIO(sheet(GOOD)))
    with zipfile.ZipFile(out, "w") as archive:
        for name in clean.namelist():
            archive.writestr(name, document if name == "xl/worksheets/sheet1.xml" else clean.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "这不是 .xlsx 文件，请用下载的模板填写。"),
        (b"name,short\n", "这不是 .xlsx 文件，请用下载的模板填写。"),
        (b"PK\x03\x04" + b"\0" * 100, "这不是 .xlsx 文件，请用下载的模板填写。"),
        (b"\0" * (2 * 1024 * 1024 + 1), "文件太大了，花名册不能超过 2 MB。"),
        (sheet(GOOD)[:-300], "这不是 .xlsx 文件，请用下载的模板填写。"),
        (bomb(), "文件内容太多，请用下载的模板重新填写。"),
        (entities(), "打不开这个文件，请用 Excel 另存为 .xlsx 再上传。"),
    ],
    ids=["empty", "csv", "no-zip", "large", "truncated", "bomb", "entities"],
)
def test_a_file_that_is_no_roster_is_refused_with_a_sentence(cast: Cast, data: bytes, message: str) -> None:
    answer = upload(Phone(cast.manager), cast, data)
    if data:
        assert (answer.status_code, answer.json()["message"]) == (422, message)
    assert answer.status_code == 422


@pytest.mark.parametrize("who", ["carer", "mother", "officer", "autumn_carer", "stranger"])
def test_whoever_is_not_its_manager_finds_no_roster(cast: Cast, who: str) -> None:
    phone = Phone(getattr(cast, who))
    assert upload(phone, cast, sheet(GOOD)).status_code == 404
    assert phone.get(f"/api/homes/{cast.sunshine.pk}/roster.xlsx").status_code == 404


def test_two_imports_at_once_do_not_both_go_in(cast: Cast) -> None:
    read_before = set(queries.members_of(cast.sunshine).values_list("name", flat=True))
    services.import_roster(home_id=cast.sunshine.pk, data=sheet(GOOD), dry_run=False, by=cast.manager)
    with pytest.raises(ConflictError, match="再检查一次"):
        services._enrol_all([], cast.sunshine, known=read_before)
