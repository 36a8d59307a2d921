"""What people write into a roster's cells, and what it means. Each parser raises ValueError with the sentence to show."""

import datetime as dt
import re
from typing import Any

WEEKDAYS = {char: day for day, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日7天")) for char in chars}
TIME = re.compile(r"(\d{1,2})[:：](\d{2})(?:[:：]\d{2})?")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
RANGE = re.compile(r"([一二三四五六日天1-7])[到至\-~—]([一二三四五六日天1-7])")
OLDEST, FURTHEST = dt.date(1990, 1, 1), dt.timedelta(days=366)


def usual_short_name(name: str) -> str:
    """The given name: 志强 of 沈志强 and of 欧阳志强, 强 of 沈强. Names of other peoples stay as far as the dot."""
    if "·" in name:
        return name.split("·", maxsplit=1)[0]
    return name[-2:] if len(name) > 2 else name[-1:]  # noqa: PLR2004 - a given name has one or two characters


def _text(value: Any, longest: int) -> str:
    if not isinstance(value, str):
        raise ValueError("请填文字，不要填数字或日期。")  # noqa: TRY004 - every parser refuses with ValueError
    if len(value) > longest:
        raise ValueError(f"太长了，最多 {longest} 个字。")
    if not value.isprintable():
        raise ValueError("里面有看不见的字符，请重新输入。")
    return value


def name(value: Any) -> str:
    return _text(value, 40)


def short_name(value: Any) -> str:
    return _text(value, 20)


def weekdays(value: Any) -> tuple[int, ...]:
    text = str(int(value)) if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value) else str(value)
    text = re.sub(r"每?(周|星期|礼拜)|每天来?", "", text)
    for first, last in RANGE.findall(text):
        days = range(WEEKDAYS[first], WEEKDAYS[last] + 1)
        text += "".join(str(day + 1) for day in days)
    text = re.sub(r"[到至\-~—、，,\s]", "", text)
    days_found = {WEEKDAYS[char] for char in text if char in WEEKDAYS}
    if not days_found or any(char not in WEEKDAYS for char in text):
        raise ValueError("看不懂，请写成 一二三四五 这样。")
    return tuple(sorted(days_found))


def clock_time(value: Any) -> dt.time:
    if isinstance(value, dt.datetime):
        return value.time().replace(second=0, microsecond=0)
    if isinstance(value, dt.time):
        return value.replace(second=0, microsecond=0)
    if isinstance(value, dt.timedelta):
        value = value / dt.timedelta(days=1)
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1:
        minutes = round(value * 24 * 60)  # Excel keeps a time as a part of a day
        return dt.time(minutes // 60 % 24, minutes % 60)
    match = TIME.fullmatch(str(value))
    if match is None:
        raise ValueError("看不懂，请写成 8:30 这样。")
    try:
        return dt.time(int(match[1]), int(match[2]))
    except ValueError as error:
        raise ValueError("没有这个时间。") from error


def day(value: Any, today: dt.date) -> dt.date:
    found = value.date() if isinstance(value, dt.datetime) else value
    if not isinstance(found, dt.date):
        match = DATE.fullmatch(str(value))
        if match is None:
            raise ValueError("看不懂，请写成 2026-03-01 这样。")
        try:
            found = dt.date(*(int(part) for part in match.groups()))
        except ValueError as error:
            raise ValueError("没有这一天。") from error
    if not OLDEST <= found <= today + FURTHEST:
        raise ValueError("日期太早或太晚，请检查年份。")
    return found
