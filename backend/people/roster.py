"""The roster as an .xlsx: the sheet to fill in, and reading one that somebody filled in by hand. Writes nothing."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from backend.common.errors import InvalidError
from backend.common.text import one_line
from backend.people import cells

HEADINGS = ("姓名", "小名", "星期", "到达时间", "离开时间", "入园日期")
NAME, SHORT, DAYS, ARRIVES, DEPARTS, SINCE = HEADINGS
EXAMPLES = (
    "必填",
    "锁屏上显示的称呼，不写就用名字",
    "例如 一二三四五，不写就是一到五",
    "例如 8:30",
    "例如 16:30",
    "例如 2026-03-01，不写就是今天",
)
DEFAULT_DAYS: tuple[int, ...] = (0, 1, 2, 3, 4)
DEFAULT_ARRIVES, DEFAULT_DEPARTS = dt.time(8, 30), dt.time(16, 30)

MAX_BYTES = 2 * 1024 * 1024
MAX_UNPACKED = 24 * 1024 * 1024
MAX_PARTS = 200
MAX_ROWS = 500
# A row number is whatever the file says; beyond this it is no roster.
LAST_ROW = 20_000
T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    row: int
    column: str
    message: str


@dataclass(frozen=True)
class Entry:
    row: int
    name: str
    short_name: str
    weekdays: tuple[int, ...]
    arrives_at: dt.time
    departs_at: dt.time
    since: dt.date


@dataclass
class Reading:
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    def add(self, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(row, column, message))


def template() -> bytes:
    """The headings, and a second sheet that says what to write below each."""
    book = Workbook()
    sheet, help_sheet = book.active, book.create_sheet("填写说明")
    sheet.title = "花名册"
    sheet.append(list(HEADINGS))
    help_sheet.append(list(HEADINGS))
    help_sheet.append(list(EXAMPLES))
    for each in (sheet, help_sheet):
        each.freeze_panes = "A2"
        for cell in each[1]:
            cell.font = Font(bold=True)
            each.column_dimensions[cell.column_letter].width = 16
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, *, known: Iterable[str], today: dt.date) -> Reading:
    """Every row and every problem. `known` are the names the Home has already."""
    reading = Reading()
    rows = _rows(data)
    columns = _columns(next(rows, (1, ()))[1], reading)
    if NAME not in columns:
        reading.add(1, NAME, "第一行要有“姓名”这一列，请用下载的模板。")
        return reading
    taken = dict.fromkeys(known, 0)
    for number, values in rows:
        if number == LAST_ROW:
            reading.add(number, "", "表格太长，请删掉下面多余的空行再上传。")
            break
        if not any(value not in {None, ""} for value in values):
            continue
        reading.rows += 1
        if reading.rows > MAX_ROWS:
            reading.add(number, "", f"一次最多 {MAX_ROWS} 人，请分几次导入。")
            break
        by_column = {name: values[at] if at < len(values) else None for name, at in columns.items()}
        entry = _read_row(_Row(number, by_column, reading), taken, today)
        if entry:
            reading.entries.append(entry)
    if not reading.rows:
        reading.add(2, "", "表里还没有人，请从第二行开始填写。")
    return reading


def _rows(data: bytes) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The first sheet, cell by cell as shown; a formula that nobody has calculated yet comes as itself."""
    _refuse_bomb(data)
    try:
        books = [load_workbook(io.BytesIO(data), read_only=True, data_only=only) for only in (True, False)]
        sheets = [book.worksheets[0].iter_rows(max_col=20, max_row=LAST_ROW, values_only=True) for book in books]
        for number, (values, formulas) in enumerate(zip(*sheets, strict=True), start=1):
            yield number, tuple(_trimmed(formula if value is None else value) for value, formula in zip(values, formulas, strict=True))
    except Exception as error:  # a hand-made or broken file fails in as many ways as the library has lines
        raise InvalidError("打不开这个文件，请用 Excel 另存为 .xlsx 再上传。") from error


def _refuse_bomb(data: bytes) -> None:
    if len(data) > MAX_BYTES:
        raise InvalidError("文件太大了，花名册不能超过 2 MB。")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError) as error:
        raise InvalidError("这不是 .xlsx 文件，请用下载的模板填写。") from error
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise InvalidError("文件内容太多，请用下载的模板重新填写。")


def _trimmed(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def _columns(headings: Iterable[Any], reading: Reading) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, heading in enumerate(headings):
        name = str(heading or "").rstrip("*＊ ")
        if name in found:
            reading.add(1, name, "这一列出现了两次。")
        elif name in HEADINGS:
            found[name] = at
        elif name:
            reading.add(1, name[:20], "不认识这一列，请删掉；系统不需要更多资料。")
    return found


class _Row:
    """One line of the sheet, and what is wrong with it."""

    def __init__(self, number: int, values: Mapping[str, Any], reading: Reading) -> None:
        self.number = number
        self.values = values
        self.reading = reading
        self.wrong: set[str] = set()

    def refuse(self, column: str, message: str) -> None:
        self.wrong.add(column)
        self.reading.add(self.number, column, message)

    def get(self, column: str, parse: Callable[[Any], T], blank: T) -> T:
        value = self.values.get(column)
        if value in {None, ""}:
            return blank
        if isinstance(value, str) and value.startswith("="):
            self.refuse(column, "这里是还没有算出结果的公式，请直接填写内容。")
            return blank
        try:
            return parse(value)
        except ValueError as error:
            self.refuse(column, str(error))
            return blank


def _read_row(row: _Row, taken: dict[str, int], today: dt.date) -> Entry | None:
    name = _read_name(row, taken)
    short_name = row.get(SHORT, cells.short_name, "") or cells.usual_short_name(name)
    if short_name == name and len(name) > 1:
        row.refuse(SHORT, "小名会显示在锁屏上，请不要写全名。")
    weekdays = row.get(DAYS, cells.weekdays, DEFAULT_DAYS)
    since = row.get(SINCE, lambda value: cells.day(value, today), today)
    arrives_at, departs_at = row.get(ARRIVES, cells.clock_time, DEFAULT_ARRIVES), row.get(DEPARTS, cells.clock_time, DEFAULT_DEPARTS)
    if departs_at <= arrives_at and not row.wrong & {ARRIVES, DEPARTS}:
        row.refuse(DEPARTS, "离开时间要晚于到达时间。")
    return None if row.wrong else Entry(row.number, name, short_name, weekdays, arrives_at, departs_at, since)


def _read_name(row: _Row, taken: dict[str, int]) -> str:
    """`taken` holds the names so far, with their rows; 0 for those the Home has already."""
    name = row.get(NAME, cells.name, "")
    if name in taken:
        row.refuse(NAME, f"和第 {taken[name]} 行重复了。" if taken[name] else "家园里已经有这个名字。")
    elif name:
        taken[name] = row.number
    elif NAME not in row.wrong:
        row.refuse(NAME, "没有填姓名。")
    return name
