"""Corrections of a record: asked for with a reason, and answered by somebody else."""

import datetime as dt
import uuid
from collections.abc import Sequence

from backend.accounts.models import User
from backend.common import clock, dates
from backend.common.errors import ConflictError, InvalidError, TooManyError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb, verb_with_id
from backend.homes.rules import managed_homes
from backend.records import hours, rules
from backend.records.models import Correction, ServiceRecord
from backend.records.queries import checkins
from backend.records.services import records
from backend.volunteers.services.announcements import announce

# About one record: each of them rings the managers' phones.
MOST_REQUESTS = 5
Pairs = Sequence[tuple[dt.datetime, dt.datetime]]


@verb_with_id
def ask_correction(*, correction_id: uuid.UUID, record_id: int, pairs: Pairs, reason: str, by: User) -> Correction:
    """Other times than were tapped, with why. No pair at all: they were not there. The same id again is the same request."""
    record = _visible_record(record_id, by=by)
    records.lock_day(record.event)
    known = Correction.objects.filter(pk=correction_id).first()
    if known is not None:
        if known.record_id != record.pk or known.asked_by_id != by.pk:
            raise ConflictError("这个编号已经用过，请再提交一次。")
        return known
    _refuse_request(record, pairs)
    asked = Correction.objects.create(
        id=correction_id,
        record=record,
        pairs=[[start.isoformat(), end.isoformat()] for start, end in pairs],
        reason=clean(reason, name="reason", longest=100, least=2),
        asked_by=by,
        asked_at=clock.now(),
        minutes_before=record.minutes,
    )
    announce("correction_asked", correction=str(asked.pk))
    return asked


@verb
def withdraw_correction(*, correction_id: uuid.UUID, by: User) -> None:
    """By who asked for it, while nobody has answered. A second time does nothing."""
    asked = one(Correction.objects.select_related("record__event").filter(pk=correction_id, asked_by=by))
    records.lock_day(asked.record.event)
    asked.refresh_from_db(fields=["answered_by", "answered_at", "accepted"])
    if asked.state not in {"waiting", "withdrawn"}:
        raise ConflictError("老师已经答复了，不能再撤回。可以看看答复，再申请一次。")
    if asked.answered_at is None:
        asked.answered_by, asked.answered_at = by, clock.now()
        asked.save(update_fields=["answered_by", "answered_at"])


def _refuse_request(record: ServiceRecord, pairs: Pairs) -> None:
    counting, shift = hours.rules_from_data(record.rules), record.signup.shift
    if refusal := rules.not_correctable(record):
        raise ConflictError(refusal)
    if record.corrections.filter(answered_at=None).exists():
        raise ConflictError("已经有一份更正在等答复，请等老师答复了再申请。")
    if record.corrections.count() >= MOST_REQUESTS:
        raise TooManyError(f"这一次已经申请过 {MOST_REQUESTS} 次更正，请打电话给家园说一说。", retry_after=86_400)
    moments = [moment for pair in pairs for moment in pair]
    first, last = shift.starts_at - counting.opens_before * hours.MINUTE, shift.ends_at + counting.closes_after * hours.MINUTE
    if moments != sorted(set(moments)) or len(pairs) > counting.pairs_a_day or any(not first <= moment <= last for moment in moments):
        span = f"{dates.hhmm(first)} 到 {dates.hhmm(last)}"
        raise InvalidError(f"时间要一进一出、先后排好，在 {span} 之间，最多 {counting.pairs_a_day} 次。", fields={"pairs": "时间不对。"})


@verb
def answer_correction(*, correction_id: uuid.UUID, accept: bool, answer: str, by: User) -> Correction:
    """By staff of the Home who neither asked for it nor are the one it is about. A second answer does nothing."""
    homes = managed_homes(by)
    asked = one(Correction.objects.select_related("record__event__home", "record__signup").filter(pk=correction_id, record__home__in=homes))
    records.lock_day(asked.record.event)
    asked.refresh_from_db(fields=["answered_by", "answered_at", "accepted", "answer"])
    if asked.state == "withdrawn":
        raise ConflictError("对方已经撤回了，不用答复。", code="withdrawn")
    if asked.answered_at is not None:
        return asked
    if rules.is_own(asked, by):
        raise ConflictError("不能批准自己的更正，请另一位负责人来看。")
    answer = clean(answer, name="answer", longest=100, least=0 if accept else 2)
    asked.answered_by, asked.answered_at, asked.accepted, asked.answer = by, clock.now(), accept, answer
    asked.save(update_fields=["answered_by", "answered_at", "accepted", "answer"])
    if accept:
        records.write_records(checkins.together(asked.record.signup))
    announce("correction", correction=str(asked.pk))
    return asked


def _visible_record(record_id: int, *, by: User) -> ServiceRecord:
    return one(rules.visible_records(by).select_related("event__home", "signup__shift").filter(pk=record_id))
