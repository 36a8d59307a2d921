"""Spreadsheets: a table as a file that Excel and WPS open: CSV or XLSX. What people typed stays text, whatever it begins with."""

import csv
import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Literal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Format = Literal["csv", "xlsx"]
TYPES: dict[Format, str] = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
# What a spreadsheet would calculate, or send elsewhere, were it not told that it is text.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
WIDTH = 16


def write_table(rows: Sequence[Sequence[Any]], form: Format) -> bytes:
    return _csv(rows) if form == "csv" else _xlsx(rows)


def _csv(rows: Sequence[Sequence[Any]]) -> bytes:
    """With a byte order mark, without which Excel takes Chinese for something else."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_guarded(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(DANGEROUS) else value


def _xlsx(rows: Sequence[Sequence[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("服务记录")
    sheet.freeze_panes = "A2"
    for number in range(len(rows[0])):
        sheet.column_dimensions[chr(ord("A") + number)].width = WIDTH
    for index, row in enumerate(rows):
        sheet.append([_cell(sheet, value, bold=not index) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
        cell.quotePrefix = value.startswith(DANGEROUS)
    if isinstance(value, dt.date):
        cell.number_format = "yyyy-mm-dd"
    if bold:
        cell.font = Font(bold=True)
    return cell
