"""The words of the door. Short names only: these sentences stand on lock screens."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from backend.attendance.models import AttendanceEvent, DayStatus, Leave
from backend.attendance.rules import is_late, told_together
from backend.common import clock, dates
from backend.homes.models import Home
from backend.homes.topics import home_topic, staff_thread
from backend.people.models import Member
from backend.people.topics import member_thread
from notifications.sender import Letter

Kind = AttendanceEvent.Kind
Mode = AttendanceEvent.Mode

LEFT_BY = {Mode.RELATIVE: "家属来接", Mode.ALONE: "自己回家", Mode.SHUTTLE: "坐班车", Mode.OTHER: "其他人来接"}
REPLIES = {"ack": "收到", "thanks": "谢谢老师", "late": "晚点到", "i_pick_up": "今天我来接"}
VERB = {Kind.ARRIVED: "到", Kind.DEPARTED: "离开"}


@dataclass(frozen=True, kw_only=True)
class Words:
    kind: str
    tag: str
    title: str
    body: str


def tag(event: AttendanceEvent) -> str:
    return f"door-{event.id}"


def news_of(change: Sequence[AttendanceEvent], links: Sequence[AttendanceEvent], *, member: Member, home: Home) -> Words:
    """What to tell of the links that are new in the chain; a stale pair is one piece of news."""
    start = min(links.index(event) for event in change)
    if start and told_together(links[start - 1], links[start]):
        start -= 1
    told = links[start:]
    last = told[-1]
    again = last.kind == Kind.ARRIVED and len(links) > 1
    done = {Kind.ARRIVED: "又到" if again else "已到", Kind.DEPARTED: "已离开"}[Kind(last.kind)]
    recorded_at = max(event.recorded_at for event in told)
    title = f"{member.short_name}{_day(last.date, on=recorded_at)}{done}{home.name}"
    return Words(kind=last.kind, tag=tag(told[0]), title=title, body=_body(told, recorded_at))


def _body(told: Sequence[AttendanceEvent], recorded_at: dt.datetime) -> str:
    last = told[-1]
    late = any(is_late(event) for event in told)
    recorded = _sent_later(recorded_at) if late else ""
    if late or len(told) > 1:
        times = "，".join(f"{when(event.occurred_at, on=recorded_at)} {VERB[Kind(event.kind)]}" for event in told)
        return f"{times}{recorded}。{_by(last)}。"
    return f"{dates.hhmm(last.occurred_at)}，{_by(last)}。"


def when(moment: dt.datetime, *, on: dt.datetime) -> str:
    """The time, with its day where that is not the day it is told on."""
    return f"{_day(clock.local_date(moment), on=on)} {dates.hhmm(moment)}".lstrip()


def _day(day: dt.date, *, on: dt.datetime) -> str:
    return "" if day == clock.local_date(on) else dates.day(day)


def _sent_later(recorded_at: dt.datetime) -> str:
    return f"（{dates.hhmm(recorded_at)} 补发）"


def _by(event: AttendanceEvent) -> str:
    if event.kind == Kind.ARRIVED:
        return f"{event.taken_by.title}在门口接到"
    return LEFT_BY[Mode(event.mode)] if event.mode else f"{event.taken_by.title}送出门"


def correction_of(
    void: AttendanceEvent, wrong: AttendanceEvent, links: Sequence[AttendanceEvent], *, tag: str, member: Member, home: Home
) -> Words:
    """A tap was taken back: what is true instead, under the tag the mistaken news was told with."""
    day = _day(wrong.date, on=void.recorded_at)
    if not links:
        truth = f"没有到{home.name}" if day else f"还没有到{home.name}"
    elif links[-1].kind == Kind.ARRIVED:
        truth = f"没有离开{home.name}的记录" if day else f"还在{home.name}"
    else:
        truth = f"已离开{home.name}"
    recorded = _sent_later(void.recorded_at) if is_late(void) else ""
    body = f"{when(wrong.occurred_at, on=void.recorded_at)} 的“{VERB[Kind(wrong.kind)]}”点错了，已更正{recorded}。让您担心了，对不起。"
    return Words(kind="correction", tag=tag, title=f"更正：{member.short_name}{day}{truth}", body=body)


def door_letters(words: Words, event: AttendanceEvent, status: DayStatus, readers: Iterable[int]) -> list[Letter]:
    """One urgent letter per reader; the board is told how they fare."""
    return [
        Letter(
            to=user_id,
            kind=words.kind,
            event=event.id,
            thread=member_thread(event.member_id, event.home_id),
            tag=words.tag,
            title=words.title,
            body=words.body,
            link=f"/chat/{member_thread(event.member_id, event.home_id)}",
            at=event.occurred_at,
            topic=home_topic(event.home_id),
            data={"member": event.member_id, "home": event.home_id, "state": status.state},
            urgent=True,
        )
        for user_id in sorted(readers)
    ]


def leave_letters(leave: Leave, *, by: str, readers: Iterable[int]) -> list[Letter]:
    """The day's leave was asked for or taken back; `by` is how the family knows that person."""
    member, home = leave.member, leave.home
    words = (
        f"{by}取消了今天的请假，{member.short_name}照常来{home.name}。"
        if leave.withdrawn_at
        else f"{by}请了假，{member.short_name}今天不来{home.name}。"
    )
    return [
        Letter(
            to=user_id,
            kind="leave",
            event=leave.id,
            thread=member_thread(member.id, home.id),
            tag=f"leave-{member.id}-{leave.date}",
            title=f"{member.short_name}今天{'照常来' if leave.withdrawn_at else '请假'}",
            body=words,
            link=f"/chat/{member_thread(member.id, home.id)}",
            at=leave.withdrawn_at or leave.asked_at,
            data={"member": member.id, "home": home.id},
        )
        for user_id in sorted(readers)
    ]


def reply_letters(
    answer: str, *, who: str, member: Member, home: Home, event: uuid.UUID, at: dt.datetime, readers: Iterable[int]
) -> list[Letter]:
    """To the staff: a family's answer that changes something on the day it was given."""
    day = _day(clock.local_date(at), on=clock.now())
    return [
        Letter(
            to=user_id,
            kind="reply",
            event=event,
            thread=staff_thread(home.id),
            tag=f"reply-{event}-{answer}",
            title=f"{member.short_name}{who}{day}：{REPLIES[answer]}",
            body="",
            link=f"/chat/{staff_thread(home.id)}",
            at=at,
            data={"member": member.id, "home": home.id},
        )
        for user_id in sorted(readers)
    ]


def unsigned_letters(
    names: Sequence[str], *, day: dt.date, home: Home, event: uuid.UUID, at: dt.datetime, readers: Iterable[int]
) -> list[Letter]:
    """To the staff, when the day is closed: who was not signed out."""
    return [
        Letter(
            to=user_id,
            kind="unsigned",
            event=event,
            thread=staff_thread(home.id),
            tag=f"unsigned-{home.id}-{day}",
            title=f"{dates.today_or_day(day, on=clock.local_date(at))}有 {len(names)} 人没有签离",
            body=f"{'、'.join(names)}。请在门口补记几点离开。",
            link="/door",
            at=at,
            data={"home": home.id},
        )
        for user_id in sorted(readers)
    ]
