"""Hours of service: taps go in with the shift's times and the city's rules, minutes and one Chinese sentence come out.

The rules are data. Their defaults are what Chinese platforms publish: rest, meals and the way there and back do not count, less
than 60 % of the plan counts as none, at most three times in and out on a day.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, NamedTuple

from backend.common import clock, dates

Kind = Literal["in", "out"]
Status = Literal["expected", "overdue", "here", "left", "no_show"]
MINUTE = dt.timedelta(minutes=1)
# A phone's clock may be wrong by so much without anybody noticing.
CLOCK_SLACK = dt.timedelta(minutes=2)


class Tap(NamedTuple):
    """One tap."""

    kind: Kind
    at: dt.datetime


class Span(NamedTuple):
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Rules:
    """A city's rules. Minutes, unless they say otherwise."""

    least_percent: int = 60
    pairs_a_day: int = 3
    # Who is late, or leaves early, by no more than this is on time.
    grace: int = 10
    # Minutes are counted in whole units of this many.
    unit: int = 1
    # On the Home's wall clock.
    meals: tuple[tuple[dt.time, dt.time], ...] = ((dt.time(11, 30), dt.time(12, 30)),)
    opens_before: int = 60
    closes_after: int = 60
    # Days after the visit.
    corrected_within: int = 30


DEFAULT = Rules()


def as_data(rules: Rules) -> dict[str, Any]:
    """As it is kept beside each record that was counted by it."""
    return {**asdict(rules), "meals": [[f"{start:%H:%M}", f"{end:%H:%M}"] for start, end in rules.meals]}


def rules_from_data(data: Mapping[str, Any]) -> Rules:
    meals = tuple((dt.time.fromisoformat(start), dt.time.fromisoformat(end)) for start, end in data["meals"])
    return Rules(**{**data, "meals": meals})


@dataclass(frozen=True, kw_only=True)
class ShiftTimes:
    """A shift: from when till when, and the breaks in it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    pauses: tuple[Span, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`late` and `early` are minutes beyond the grace: 0 when on time."""

    minutes: int
    reason: str
    late: int = 0
    early: int = 0
    no_show: bool = False
    # What counted, for what else the person did at the same time.
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Paired:
    spans: list[Span]
    # When the person came in for the last time, if they never went out again.
    open: dt.datetime | None


def pair_taps(taps: Iterable[Tap]) -> Paired:
    """In and out, in order of time and cut to the minute. A second in before an out, and an out without an in, say nothing new."""
    spans: list[Span] = []
    came: dt.datetime | None = None
    for tap in sorted(taps, key=lambda each: each.at):
        at = tap.at.replace(second=0, microsecond=0)
        if tap.kind == "in":
            came = came or at
        elif came is not None:
            spans.append(Span(came, at))
            came = None
    return Paired(spans, came)


def count_hours(
    taps: Iterable[Tap], times: ShiftTimes, rules: Rules = DEFAULT, *, earlier: int = 0, elsewhere: Sequence[Span] = ()
) -> Outcome:
    """What counts. `earlier`: times in and out on that day before these; `elsewhere`: what another record counts already."""
    found = pair_taps(taps)
    if not found.spans:
        return _nothing(found.open)
    counted = found.spans[: max(0, rules.pairs_a_day - earlier)]
    inside = intersect(counted, [Span(times.starts_at, times.ends_at)])
    working = subtract(inside, [*times.pauses, *_meals(times, rules)])
    own = subtract(working, elsewhere)
    minutes = minutes_of(own) // rules.unit * rules.unit
    planned = planned_minutes(times, rules)
    less = {
        "早到和晚走的时间不算": minutes_of(counted) - minutes_of(inside),
        "扣除用餐和休息 {} 分钟": minutes_of(inside) - minutes_of(working),
        "扣除同一时间已在别处计的 {} 分钟": minutes_of(working) - minutes_of(own),
        f"一天最多计 {rules.pairs_a_day} 次进出，多出的 {{}} 次不算": len(found.spans) - len(counted),
    }
    enough = minutes * 100 >= rules.least_percent * planned
    said = [words.format(number) for words, number in less.items() if number]
    if found.open:
        said.append(f"{dates.hhmm(found.open)} 又签到后没有签退，这一段不算")
    less_than = f"不到计划 {dates.duration(planned)}的 {rules.least_percent}%，不计时长"
    end = f"计 {dates.duration(minutes)}" if enough else f"共 {dates.duration(minutes)}，{less_than}"
    present = "、".join(dates.span(span.start, span.end) for span in found.spans)
    return Outcome(
        minutes=minutes if enough else 0,
        reason="，".join([f"{present} 在场", *said, end]) + "。",
        late=_beyond(found.spans[0].start - times.starts_at, rules),
        early=0 if found.open else _beyond(times.ends_at - found.spans[-1].end, rules),
        spans=tuple(own) if enough else (),
    )


def _nothing(came: dt.datetime | None) -> Outcome:
    if came is None:
        return Outcome(minutes=0, reason="没有签到，按没来记，不计时长。", no_show=True)
    return Outcome(minutes=0, reason=f"{dates.hhmm(came)} 签到后没有签退，算不出时长，可以申请更正。")


def status(taps: Iterable[Tap], times: ShiftTimes, now: dt.datetime, rules: Rules = DEFAULT) -> Status:
    """Where somebody who is expected stands now."""
    found = pair_taps(taps)
    if found.open:
        return "here"
    if found.spans:
        return "left"
    if now >= times.ends_at:
        return "no_show"
    return "overdue" if now > times.starts_at + rules.grace * MINUTE else "expected"


def why_untimely(tap: Tap, times: ShiftTimes, now: dt.datetime, rules: Rules = DEFAULT) -> str:
    """Why a tap comes at the wrong time, as a sentence that says what to do; nothing when it is in time."""
    opens, closes = times.starts_at - rules.opens_before * MINUTE, times.ends_at + rules.closes_after * MINUTE
    if tap.at > now + CLOCK_SLACK:
        return "手机上的时间比现在还晚，请校准手机时间再试。"
    if clock.local_date(tap.at) != clock.local_date(now):
        return "以前的签到不能补，请在服务记录里申请更正。"
    if tap.at < opens:
        return f"还没到签到时间，{dates.hhmm(opens)} 起可以签到。"
    if tap.kind == "in" and tap.at >= times.ends_at:
        return "活动已经结束，不能再签到，请在服务记录里申请更正。"
    return "" if tap.at <= closes else f"签退到 {dates.hhmm(closes)} 为止，请在服务记录里申请更正。"


def planned_minutes(times: ShiftTimes, rules: Rules = DEFAULT) -> int:
    """Without breaks and meals."""
    return minutes_of(subtract([Span(times.starts_at, times.ends_at)], [*times.pauses, *_meals(times, rules)]))


def _meals(times: ShiftTimes, rules: Rules) -> list[Span]:
    first, last = clock.local_date(times.starts_at), clock.local_date(times.ends_at)
    days = [first + dt.timedelta(days=n) for n in range((last - first).days + 1)]
    return [Span(clock.at(day, start), clock.at(day, end)) for day in days for start, end in rules.meals]


def _beyond(delay: dt.timedelta, rules: Rules) -> int:
    minutes = delay // MINUTE
    return minutes if minutes > rules.grace else 0


def minutes_of(spans: Iterable[Span]) -> int:
    """In minutes."""
    return sum(((span.end - span.start) // MINUTE for span in spans), start=0)


def intersect(spans: Iterable[Span], to: Sequence[Span]) -> list[Span]:
    """The parts of the spans that lie within the others, which do not overlap."""
    parts = [Span(max(span.start, each.start), min(span.end, each.end)) for span in spans for each in to]
    return [part for part in parts if part.start < part.end]


def subtract(spans: Iterable[Span], taken: Iterable[Span]) -> list[Span]:
    """The parts of the spans that lie outside the others."""
    left = list(spans)
    for gone in taken:
        left = [
            part
            for span in left
            for part in (Span(span.start, min(span.end, gone.start)), Span(max(span.start, gone.end), span.end))
            if part.start < part.end
        ]
    return left
