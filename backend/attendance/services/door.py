"""A tap at the door: one transaction writes the event, the day row, the board's revision and the notices — or nothing."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.accounts.models import User
from backend.attendance import notices, queries, rules
from backend.attendance.models import AttendanceEvent, DayStatus
from backend.attendance.services.board import CHANGING, lock_board, publish, stand_on, status_of
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.verb import verb_with_id
from backend.homes.models import Home, StaffPost
from backend.homes.rules import posts_today
from backend.homes.topics import home_topic
from backend.people.models import Placement
from backend.people.queries import active_relatives, placements_on
from notifications import outbox
from notifications.sender import Letter

Kind = AttendanceEvent.Kind
Effect = Literal["recorded", "none"]


@dataclass(frozen=True, kw_only=True)
class Tap:
    """What the tablet says. The same `id` again is the same tap."""

    id: uuid.UUID
    member: int
    kind: str
    occurred_at: dt.datetime
    mode: str = ""
    corrects: uuid.UUID | None = None
    device: uuid.UUID | None = None
    device_seq: int | None = None
    taken_by: int | None = None
    sent_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    event: AttendanceEvent
    effect: Effect
    repeat: bool
    status: DayStatus
    rev: int
    counts: dict[str, int]


@verb_with_id
def record_tap(tap: Tap, *, by: User) -> Recorded:
    """One tap at the door. NotFoundError out of scope, ConflictError for the same id with other content, InvalidError."""
    now = clock.now()
    reckoned = rules.reckon(claimed=tap.occurred_at, sent=tap.sent_at, recorded=now)
    own = posts_today(by)
    day = clock.local_date(reckoned.occurred_at)
    placement = _placement(tap.member, day, own)
    lock_board(placement.home)
    events = queries.day_events(tap.member, day, also=tap.id)
    known = next((event for event in events if event.id == tap.id), None)
    if known is not None:
        return _repeat(known, tap)
    event = _event(tap, reckoned, placement, taken_by=_taken_by(tap, placement.home, own), now=now)
    event.recorded_by = by
    event.save(force_insert=True)
    return _consequences(event, events if event.date == day else queries.day_events(tap.member, event.date), now=now)


def _consequences(event: AttendanceEvent, events: Sequence[AttendanceEvent], *, now: dt.datetime) -> Recorded:
    """What the day, these events until now, says with this one in it, and who has to be told."""
    status = status_of(event.member, event.home, event.date)
    others = [each for each in events if each.id != event.id]
    before, after = rules.chain(others), rules.chain([*others, event])
    changed = [link.kind for link in before] != [link.kind for link in after]
    stand_on(status, after, now=now)
    letters = _letters(event, before, after, status) if changed else []
    if changed:
        status.news, status.notice, status.reply = event.id, "sent" if letters else "", ""
    status.save(update_fields=CHANGING)
    rev, counts = publish(status)
    outbox.notify(letters)
    return Recorded(event=event, effect="recorded" if changed else "none", repeat=False, status=status, rev=rev, counts=counts)


def _placement(member_id: int, day: dt.date, own: Sequence[StaffPost]) -> Placement:
    """Where the member was placed that day, or had been when they came, if it is a Home of these posts."""
    homes = {post.home_id for post in own}
    for placements in (placements_on, queries.placements_left):
        for placement in placements(member_id, day):
            if placement.home_id in homes:
                return placement
    raise NotFoundError


def _event(tap: Tap, reckoned: rules.Reckoned, placement: Placement, *, taken_by: StaffPost, now: dt.datetime) -> AttendanceEvent:
    """The event as it will be stored, or a refusal."""
    home, member = placement.home, placement.member
    if now - reckoned.occurred_at > rules.OLDEST_CLAIM:
        moment = notices.when(reckoned.occurred_at, on=now)
        raise InvalidError(f"这是 {moment} 的事，超过 7 天，不能补记了。", fields={"occurred_at": "超过 7 天。"})
    if (tap.kind == Kind.VOID) != (tap.corrects is not None):
        raise InvalidError("要撤销哪一条，请再点一次。", fields={"corrects": "撤销时必须指明原记录，其他时候不能有。"})
    if tap.mode and tap.kind != Kind.DEPARTED:
        raise InvalidError("只有离开才选谁来接。", fields={"mode": "只有离开时才有。"})
    occurred_at, day = _in_order(tap, reckoned.occurred_at, now=now), None
    if tap.corrects is not None:
        taps = AttendanceEvent.objects.filter(member=member, home=home).exclude(kind=Kind.VOID)
        wrong = one(taps.filter(pk=tap.corrects), "要撤销的那条记录没有找到。")
        day = wrong.date
    return AttendanceEvent(
        id=tap.id,
        home=home,
        member=member,
        date=day or clock.local_date(occurred_at),
        kind=tap.kind,
        mode=tap.mode,
        corrects_id=tap.corrects,
        occurred_at=occurred_at,
        claimed_at=tap.occurred_at,
        recorded_at=now,
        sent_at=tap.sent_at,
        skewed=reckoned.skewed or occurred_at != reckoned.occurred_at,
        taken_by=taken_by,
        device=tap.device,
        device_seq=tap.device_seq,
    )


def _in_order(tap: Tap, occurred_at: dt.datetime, *, now: dt.datetime) -> dt.datetime:
    """Within a device the order is `device_seq`, whatever its clock did in between."""
    if tap.device is None or tap.device_seq is None:
        return occurred_at
    before, after = queries.neighbours(tap.device, tap.device_seq)
    if after is not None:
        occurred_at = min(occurred_at, after)
    if before is not None and now - before < rules.OLDEST_CLAIM:
        occurred_at = max(occurred_at, before)
    return occurred_at


def _taken_by(tap: Tap, home: Home, own: Sequence[StaffPost]) -> StaffPost:
    """Who stood at the door: the post named, past or present, or the sender's own."""
    post = next((post for post in own if post.home_id == home.pk and tap.taken_by in {None, post.pk}), None)
    if post is None and tap.taken_by is not None:
        post = StaffPost.objects.filter(home=home, pk=tap.taken_by).first()
    if post is None:
        raise InvalidError("请先选门口是哪位老师。", fields={"taken_by": "不是这个家园的老师。"})
    return post


def _repeat(known: AttendanceEvent, tap: Tap) -> Recorded:
    """The same tap again is answered as before; the same id for another tap is refused."""
    same = (
        known.member_id == tap.member
        and known.kind == tap.kind
        and known.mode == tap.mode
        and known.claimed_at == tap.occurred_at
        and known.corrects_id == tap.corrects
        and (known.device, known.device_seq) == (tap.device, tap.device_seq)
        and tap.taken_by in {None, known.taken_by_id}
    )
    if not same:
        raise ConflictError("这条记录的编号已经用过，请刷新后再点一次。")
    status = status_of(known.member, known.home, known.date)
    links = rules.chain(queries.day_events(known.member_id, known.date))
    effect: Effect = "recorded" if known in links or status.news == known.id else "none"
    return Recorded(
        event=known,
        effect=effect,
        repeat=True,
        status=status,
        rev=outbox.rev(home_topic(known.home_id)),
        counts=queries.counts_of(known.home_id, known.date),
    )


def _letters(
    event: AttendanceEvent, before: Sequence[AttendanceEvent], after: Sequence[AttendanceEvent], status: DayStatus
) -> list[Letter]:
    readers = {relative.user_id for relative in active_relatives(event.member)}
    if event.corrects is None:
        words = notices.news_of([link for link in after if link not in before], after, member=event.member, home=event.home)
        return notices.door_letters(words, event, status, readers)
    told = _told_of(event.corrects)
    words = notices.correction_of(event, event.corrects, after, tag=told.tag, member=event.member, home=event.home)
    return notices.door_letters(words, event, status, readers & told.readers)


def _told_of(wrong: AttendanceEvent) -> outbox.Recipients:
    """Whoever was told is told: by this tap's own news or, where it only doubled or followed another, by that one's."""
    topic = home_topic(wrong.home_id)
    own = outbox.recipients([wrong.id], topic=topic)
    return own if own.readers else outbox.recipients([event.id for event in queries.day_events(wrong.member_id, wrong.date)], topic=topic)
