"""Check-ins: by the code on the tablet, by the coordinator for the group, by staff. And the yes to what was tapped without a network."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from backend.accounts.models import User
from backend.common import clock, dates
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.verb import verb, verb_with_id
from backend.homes.rules import is_staff
from backend.records import hours
from backend.records.models import CheckIn, OfflineCheckIn
from backend.records.queries import checkins as queries
from backend.records.queries import counting_rules
from backend.records.services import records
from backend.visits import door_codes
from backend.visits.models import Signup

Way = CheckIn.Way
Effect = Literal["recorded", "claimed", "none"]
USED = "这个编号已经用过，请再扫一次。"


@dataclass(frozen=True, kw_only=True)
class Done:
    """`minutes`: what the record says now, once they have gone out."""

    kind: hours.Kind
    effect: Effect
    at: dt.datetime
    message: str
    minutes: int | None = None
    repeat: bool = False


@verb_with_id
def check_in(*, tap_id: uuid.UUID, event_id: uuid.UUID, kind: hours.Kind, code: str, offline: bool, by: User) -> Done:
    """By the code on the tablet. `offline`: it was scanned when there was no network, and waits for somebody's yes."""
    signups = queries.my_signups(by, event_id)
    records.lock_day(signups[0].shift.event)
    repeated = _repeat_of(tap_id, signups, kind)
    if repeated is not None:
        return repeated
    now = clock.now()
    scanned = door_codes.read_code(code, event_id, now)
    if not (offline and scanned.shown_from + door_codes.ACCEPTED <= now):
        door_codes.refuse_stale(scanned, now)
        return _record_tap(signups, hours.Tap(kind, now), tap_id=tap_id, way=Way.CODE, by=by)
    _refuse_untimely(signups, hours.Tap(kind, scanned.shown_from))
    offline_tap = OfflineCheckIn.objects.create(
        id=tap_id,
        event=signups[0].shift.event,
        signup=_signup_at(signups, scanned.shown_from),
        kind=kind,
        at=scanned.shown_from,
        sent_at=now,
        sent_by=by,
    )
    return _waits_for_a_yes(offline_tap)


@verb_with_id
def check_in_people(*, event_id: uuid.UUID, kind: hours.Kind, taps: Sequence[tuple[uuid.UUID, uuid.UUID]], by: User) -> list[Done]:
    """By the coordinator for the group's people, or by staff. `taps`: an id and the sign-up, for each."""
    event = queries.led_event(by, event_id)
    records.lock_day(event)
    wanted = [signup for _, signup in taps]
    found = {
        each.pk: each for each in queries.led_signups(by).filter(shift__event=event, pk__in=wanted).select_related("shift__event__home")
    }
    if set(found) != set(wanted):
        raise NotFoundError
    way = Way.STAFF if is_staff(by, event.home) else Way.COORDINATOR
    done = []
    for tap_id, signup in taps:
        signups = queries.together(found[signup])
        repeated = _repeat_of(tap_id, signups, kind)
        done.append(repeated or _record_tap(signups, hours.Tap(kind, clock.now()), tap_id=tap_id, way=way, by=by))
    return done


@verb
def answer_offline(*, offline_id: uuid.UUID, accept: bool, by: User) -> OfflineCheckIn:
    """Yes: it counts as if it had been tapped then. A second answer does nothing."""
    led = OfflineCheckIn.objects.filter(signup__in=queries.led_signups(by))
    offline_tap = one(led.select_related("event__home", "signup").filter(pk=offline_id))
    records.lock_day(offline_tap.event)
    offline_tap.refresh_from_db(fields=["answered_at", "accepted"])
    if offline_tap.answered_at is not None:
        return offline_tap
    if offline_tap.sent_by_id == by.pk:
        raise ConflictError("这是您自己补传的，请别的老师或负责人确认。")
    offline_tap.answered_by, offline_tap.answered_at, offline_tap.accepted = by, clock.now(), accept
    offline_tap.save(update_fields=["answered_by", "answered_at", "accepted"])
    if accept:
        signups = queries.together(offline_tap.signup)
        CheckIn.objects.create(
            id=offline_tap.pk,
            event=offline_tap.event,
            signup=offline_tap.signup,
            kind=offline_tap.kind,
            way=Way.OFFLINE,
            at=offline_tap.at,
            recorded_at=offline_tap.answered_at,
            recorded_by=by,
        )
        records.write_records(signups)
    return offline_tap


def _record_tap(signups: list[Signup], tap: hours.Tap, *, tap_id: uuid.UUID, way: CheckIn.Way, by: User) -> Done:
    before = queries.pairs_of(signups)
    if tap.kind == "in" and before.open is not None:
        return Done(kind="in", effect="none", at=before.open, message=f"{dates.hhmm(before.open)} 已经签到了，不用再签。")
    if tap.kind == "out" and before.open is None:
        if not before.spans:
            raise ConflictError("还没有签到，请先签到。")
        left = before.spans[-1].end
        return Done(kind="out", effect="none", at=left, message=f"{dates.hhmm(left)} 已经签退了，不用再签。")
    _refuse_untimely(signups, tap)
    CheckIn.objects.create(
        id=tap_id,
        event=signups[0].shift.event,
        signup=_signup_at(signups, tap.at),
        kind=tap.kind,
        way=way,
        at=tap.at,
        recorded_at=tap.at,
        recorded_by=by,
    )
    return _recorded(signups, tap)


def _recorded(signups: list[Signup], tap: hours.Tap, *, repeat: bool = False) -> Done:
    if tap.kind == "in":
        return Done(kind="in", effect="recorded", at=tap.at, message=f"{dates.hhmm(tap.at)} 签到了，谢谢您来。", repeat=repeat)
    made = records.write_records(signups)
    minutes = sum((record.minutes for record in made), start=0)
    reason = made[0].reason if len(made) == 1 else f"{len(made)} 个岗位，共计 {dates.duration(minutes)}。"
    return Done(kind="out", effect="recorded", at=tap.at, message=reason, minutes=minutes, repeat=repeat)


def _waits_for_a_yes(offline_tap: OfflineCheckIn, *, repeat: bool = False) -> Done:
    message = f"{dates.hhmm(offline_tap.at)} 的{offline_tap.get_kind_display()}收到了，等老师或负责人确认。"
    return Done(kind="in" if offline_tap.kind == "in" else "out", effect="claimed", at=offline_tap.at, message=message, repeat=repeat)


def _repeat_of(tap_id: uuid.UUID, signups: list[Signup], kind: hours.Kind) -> Done | None:
    """What the same tap was answered with."""
    ids = {signup.pk for signup in signups}
    known = CheckIn.objects.filter(pk=tap_id).first() or OfflineCheckIn.objects.filter(pk=tap_id).first()
    if known is None:
        return None
    if known.signup_id not in ids or known.kind != kind:
        raise ConflictError(USED)
    if isinstance(known, OfflineCheckIn):
        return _waits_for_a_yes(known, repeat=True)
    return _recorded(signups, hours.Tap(kind, known.at), repeat=True)


def _refuse_untimely(signups: list[Signup], tap: hours.Tap) -> None:
    event = signups[0].shift.event
    if event.cancelled_at is not None:
        raise ConflictError("这场活动取消了，不能签到。")
    sentence = hours.why_untimely(tap, queries.whole_times(signups), clock.now(), counting_rules.rules_of(event.home).rules)
    if sentence:
        raise InvalidError(sentence, code="untimely")


def _signup_at(signups: list[Signup], at: dt.datetime) -> Signup:
    """Of several shifts the one that is not over yet."""
    return next((each for each in signups if at < each.shift.ends_at), signups[-1])
