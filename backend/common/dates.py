"""Days and times in words, as people here read them: local, without the year."""

import datetime as dt

from backend.common import clock


def hhmm(moment: dt.datetime) -> str:
    """09:00"""
    return f"{clock.local(moment):%H:%M}"


def day(date: dt.date) -> str:
    """11月28日"""
    return f"{date.month}月{date.day}日"


def today_or_day(date: dt.date, *, on: dt.date) -> str:
    """今天 when it is read on that day, else 11月28日"""
    return "今天" if date == on else day(date)


def day_and_time(moment: dt.datetime) -> str:
    """11月28日 09:00"""
    return f"{day(clock.local_date(moment))} {hhmm(moment)}"


def span(first: dt.datetime, last: dt.datetime) -> str:
    """09:00–11:30"""
    return f"{hhmm(first)}–{hhmm(last)}"


def day_and_span(first: dt.datetime, last: dt.datetime) -> str:
    """11月28日 周六 09:00–11:30"""
    date = clock.local_date(first)
    return f"{day(date)} 周{'一二三四五六日'[date.weekday()]} {span(first, last)}"


def duration(minutes: int) -> str:
    """2 小时 26 分"""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} 小时"] if hours else []), *([f"{rest} 分"] if rest or not hours else [])])
