"""Decisions about the waitlist (候补): who is asked next when places of a shift are free.

Pure: the same waitlist at the same moment gives the same decisions. The head of the waitlist is asked first. Where it is a group that
the free places do not hold, they are kept for it for a while, then the next who fits is asked. Each offer that goes past a group
counts; after three nothing goes past it.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from backend.common import clock
from backend.common.dates import day_and_time as when

MOST_PASSES = 3
LONGEST_HOLD = dt.timedelta(hours=48)
LONGEST_OFFER, SHORTEST_OFFER = dt.timedelta(hours=24), dt.timedelta(minutes=15)
# Parts of the time that is left: so both shrink as the shift nears.
HOLD_PART, OFFER_PART = 4, 8
# Later before the shift nobody is asked any more.
LAST_OFFER = dt.timedelta(minutes=30)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A person or a group in the waitlist. `label` is what others may read of it."""

    id: int
    label: str
    places: int
    minimum: int
    passes: int = 0
    held_until: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An open offer: its places are not free."""

    id: int
    label: str
    places: int
    expires_at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class Waitlist:
    """`free` are the places that are neither taken nor offered; `waiting` is in order."""

    starts_at: dt.datetime
    free: int
    asked: Sequence[Asked] = ()
    waiting: Sequence[Waiting] = ()


@dataclass(frozen=True, kw_only=True)
class Decision:
    """expire: an offer's time is up. hold: places are kept for the head. offer: somebody is asked, `past` those before them.

    unhold: what was kept is taken, and the next time is a new one. end: the shift began.
    """

    kind: Literal["expire", "hold", "offer", "unhold", "end"]
    entry: int
    places: int
    until: dt.datetime | None
    past: Sequence[int] = ()
    sentence: str


def decide(waitlist: Waitlist, now: dt.datetime) -> list[Decision]:
    """What has to happen now, in order; nothing if nothing has changed."""
    overdue = [asked for asked in waitlist.asked if asked.expires_at <= now]
    decisions = [_expire(asked) for asked in overdue]
    waitlist = replace(
        waitlist,
        free=waitlist.free + sum(asked.places for asked in overdue),
        asked=[asked for asked in waitlist.asked if asked.expires_at > now],
    )
    while now <= waitlist.starts_at - LAST_OFFER:
        decision = _next_decision(waitlist, now)
        if decision is None:
            break
        decisions.append(decision)
        waitlist = _applied(waitlist, decision)
    return decisions if now < waitlist.starts_at else [*decisions, *map(_end, waitlist.waiting)]


def next_change(waitlist: Waitlist, now: dt.datetime) -> dt.datetime | None:
    """When time itself next does something to this waitlist, unless somebody does before."""
    ahead = [asked.expires_at for asked in waitlist.asked]
    ahead += [waiting.held_until for waiting in waitlist.waiting if waiting.held_until and waiting.held_until > now]
    if waitlist.waiting:
        ahead.append(waitlist.starts_at)
    return min(ahead, default=None)


def _next_decision(waitlist: Waitlist, now: dt.datetime) -> Decision | None:
    if not waitlist.waiting:
        return None
    head, past = waitlist.waiting[0], list[Waiting]()
    if waitlist.free < 1:
        return _unhold(head) if head.held_until and not waitlist.asked else None
    for waiting in waitlist.waiting:
        if waiting.minimum <= waitlist.free:
            return _offer(waitlist, waiting, past, now)
        if waiting.passes >= MOST_PASSES:
            return None
        if waiting is head and (head.held_until is None or head.held_until > now):
            return None if head.held_until else _hold(waitlist, head, now)
        past.append(waiting)
    return None


def _applied(waitlist: Waitlist, decision: Decision) -> Waitlist:
    if decision.kind == "offer":
        entry = next(waiting for waiting in waitlist.waiting if waiting.id == decision.entry)
        rest = [replace(w, passes=w.passes + 1) if w.id in decision.past else w for w in waitlist.waiting if w.id != decision.entry]
        asked = Asked(id=entry.id, label=entry.label, places=decision.places, expires_at=decision.until or waitlist.starts_at)
        return replace(waitlist, free=waitlist.free - decision.places, asked=[*waitlist.asked, asked], waiting=rest)
    changed = [replace(w, held_until=decision.until) if w.id == decision.entry else w for w in waitlist.waiting]
    return replace(waitlist, waiting=changed)


# -- how long --------------------------------------------------------------------------------------
def hold_until(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    return now + min(LONGEST_HOLD, (starts_at - now) / HOLD_PART)


def offer_until(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime:
    """Counted from when the person is told: at night nobody is woken for it, unless the shift begins before the morning."""
    told = clock.calm(now)
    if told > starts_at - LAST_OFFER:
        told = now
    return min(told + min(LONGEST_OFFER, max(SHORTEST_OFFER, (starts_at - told) / OFFER_PART)), starts_at)


# -- the sentences ---------------------------------------------------------------------------------
def _expire(asked: Asked) -> Decision:
    sentence = f"{asked.label}没有在{when(asked.expires_at)}前确认，{asked.places} 个名额让给后面。"
    return Decision(kind="expire", entry=asked.id, places=asked.places, until=asked.expires_at, sentence=sentence)


def _hold(waitlist: Waitlist, head: Waiting, now: dt.datetime) -> Decision:
    until = hold_until(now, waitlist.starts_at)
    sentence = f"空出 {waitlist.free} 个名额，排在最前的{head.label}坐不下，为他们留到{when(until)}；过时就先问后面合适的。"
    return Decision(kind="hold", entry=head.id, places=waitlist.free, until=until, sentence=sentence)


def _unhold(head: Waiting) -> Decision:
    sentence = f"为{head.label}留过的名额有人坐下了；再有空位，重新为他们留。"
    return Decision(kind="unhold", entry=head.id, places=0, until=None, sentence=sentence)


def _end(waiting: Waiting) -> Decision:
    sentence = f"活动开始了，{waiting.label}这次没有排上。"
    return Decision(kind="end", entry=waiting.id, places=waiting.places, until=None, sentence=sentence)


def _offer(waitlist: Waitlist, entry: Waiting, past: Sequence[Waiting], now: dt.datetime) -> Decision:
    places, until = min(waitlist.free, entry.places), offer_until(now, waitlist.starts_at)
    over = "".join(f"{each.label}坐不下（第 {each.passes + 1} 次让过，最多 {MOST_PASSES} 次），" for each in past)
    sentence = (
        f"空出 {waitlist.free} 个名额，{over}{'先问后面的' if past else '按顺序问'}{entry.label}：{places} 个，{when(until)}前确认有效。"
    )
    ids = tuple(each.id for each in past)
    return Decision(kind="offer", entry=entry.id, places=places, until=until, past=ids, sentence=sentence)


def explain(waitlist: Waitlist, entry_id: int, now: dt.datetime) -> str:
    """What somebody on the waitlist reads about how they stand now."""
    place = next(index for index, waiting in enumerate(waitlist.waiting) if waiting.id == entry_id)
    me, ahead, head = waitlist.waiting[place], waitlist.waiting[:place], waitlist.waiting[0]
    if waitlist.free and head.held_until and head.held_until > now:
        if me is head:
            return f"空出 {waitlist.free} 个名额，你们 {me.minimum} 人以上才来，已为你们留到{when(head.held_until)}；过时就先问后面合适的。"
        return f"前面是{head.label}，空出 {waitlist.free} 个名额坐不下，已为他们留到{when(head.held_until)}；过时就先问后面合适的。"
    full = next((waiting for waiting in ahead if waiting.passes >= MOST_PASSES and waiting.minimum > waitlist.free), None)
    if full is not None:
        return f"前面是{full.label}，已经让过 {MOST_PASSES} 次，名额都先留给他们；他们坐下或退出后就问后面的。"
    if me.passes:
        return f"名额坐不下你们，已有 {me.passes} 次先问了后面的；最多 {MOST_PASSES} 次，之后名额都先留给你们。"
    return f"前面还有 {len(ahead)} 位（组），有名额空出来就按顺序问您。" if ahead else "您排在最前，有名额空出来马上问您。"


# -- to and from the log ---------------------------------------------------------------------------
def to_json(thing: Waitlist | Decision) -> dict[str, Any]:
    return {key: _plain(value) for key, value in asdict(thing).items()}


def waitlist_from_json(data: Mapping[str, Any]) -> Waitlist:
    return Waitlist(
        starts_at=dt.datetime.fromisoformat(data["starts_at"]),
        free=data["free"],
        asked=[Asked(**{**each, "expires_at": dt.datetime.fromisoformat(each["expires_at"])}) for each in data["asked"]],
        waiting=[Waiting(**{**each, "held_until": _moment(each["held_until"])}) for each in data["waiting"]],
    )


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
