"""What the taps make: a record for everybody who was expected, corrected only by request, with a reason and somebody's yes."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from backend.accounts.models import User
from backend.activities.services.plan import words
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from backend.common.ids import again_if_taken
from backend.homes.rules import managed_homes
from backend.volunteering import hours, rules
from backend.volunteering.models import Correction, Daybook, Honour, ServiceEvent, ServiceRecord, Signup
from backend.volunteering.queries import counting, daybook
from backend.volunteering.queries.city import City, city_of
from backend.volunteering.services.certificates import revoke
from backend.volunteering.services.telling import tell
from notifications import outbox

CORRECTED = "记录更正了"
# About one record: each of them rings the managers' phones.
MOST_REQUESTS = 5
Pairs = Sequence[tuple[dt.datetime, dt.datetime]]


def write_records(signups: Sequence[Signup]) -> list[ServiceRecord]:
    """Of one person's places in an event, from what was tapped until now. Under the event's daybook."""
    city = city_of(signups[0].shift.event.home)
    stamps = daybook.stamps_of(signups)
    return [_write(signup, stamps, city) for signup in signups]


def _write(signup: Signup, stamps: Sequence[hours.Stamp], city: City) -> ServiceRecord:
    event = signup.shift.event
    record = ServiceRecord.objects.select_for_update(no_key=True).filter(signup=signup).first()
    corrected = record.corrections.filter(accepted=True).order_by("-answered_at").first() if record else None
    if corrected is not None:
        stamps = counting.as_stamps(corrected)
    beside = counting.besides([signup]).get(signup.pk, counting.Besides())
    plan = daybook.plan_of(signup)
    # Other rules hold for what is counted from then on; what was counted keeps its own, whatever is corrected later.
    profile = hours.profile_of(record.profile) if record else city.profile
    # A later visit of the day has been counted by then and stays as it is.
    earlier = beside.earlier + (beside.later if corrected else 0)
    found = hours.outcome(stamps, plan, profile, earlier=earlier, elsewhere=beside.elsewhere)
    facts = {
        "event": event,
        "home": event.home,
        "user": signup.user,
        "organisation": signup.organisation,
        "name": signup.name,
        "date": clock.local_date(plan.starts_at),
        "planned": hours.planned_minutes(plan, profile),
        "minutes": found.minutes,
        "reason": f"经申请更正：{found.reason}" if corrected else found.reason,
        "late": found.late,
        "early": found.early,
        "no_show": found.no_show,
        "spans": [[each.start.isoformat(), each.end.isoformat()] for each in found.spans],
        "profile": hours.as_data(profile),
        "made_at": clock.now(),
    }
    if record is not None and record.minutes != found.minutes:
        for certificate in record.certificates.filter(revoked_at=None):
            revoke(certificate, reason=CORRECTED, by=None)
    return ServiceRecord.objects.update_or_create(signup=signup, defaults=facts)[0]


def lock_daybook(event: ServiceEvent) -> Daybook:
    Daybook.objects.get_or_create(event=event)
    return Daybook.objects.select_for_update(no_key=True).get(pk=event.pk)


@outbox.retrying
@transaction.atomic
def settle_event(*, event_id: uuid.UUID) -> None:
    """Once nobody can sign out any more, everybody who was expected has a record, and is told."""
    event = ServiceEvent.objects.select_related("home").get(pk=event_id)
    book, now = lock_daybook(event), clock.now()
    closes = event.ends_at + city_of(event.home).profile.closes_after * hours.MINUTE
    if book.settled_at is not None or event.cancelled_at is not None or now < closes:
        return
    signups = daybook.confirmed().filter(shift__event=event).select_related("shift__event__home").order_by("shift__starts_at", "id")
    everybody: dict[object, list[Signup]] = {}
    for signup in signups:
        everybody.setdefault(signup.user_id or signup.pk, []).append(signup)
    for places in everybody.values():
        write_records(places)
    book.settled_at = now
    book.save(update_fields=["settled_at"])
    if everybody:
        tell("record", service=str(event.pk))


@again_if_taken
@outbox.retrying
@transaction.atomic
def ask_correction(*, correction_id: uuid.UUID, record_id: int, pairs: Pairs, reason: str, by: User) -> Correction:
    """Other times than were tapped, with why. No pair at all: he was not there. The same id again is the same request."""
    record = _led_or_own(record_id, by=by)
    lock_daybook(record.event)
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
        reason=words(reason, name="reason", longest=100, least=2),
        asked_by=by,
        asked_at=clock.now(),
        minutes_before=record.minutes,
    )
    tell("correction_asked", correction=str(asked.pk))
    return asked


@outbox.retrying
@transaction.atomic
def withdraw_correction(*, correction_id: uuid.UUID, by: User) -> None:
    """By who asked for it, while nobody has answered. A second time does nothing."""
    asked = Correction.objects.select_related("record__event").filter(pk=correction_id, asked_by=by).first()
    if asked is None:
        raise NotFoundError
    lock_daybook(asked.record.event)
    asked.refresh_from_db(fields=["answered_by", "answered_at", "accepted"])
    if asked.state not in {"waiting", "withdrawn"}:
        raise ConflictError("老师已经答复了，不能再撤回。可以看看答复，再申请一次。")
    if asked.answered_at is None:
        asked.answered_by, asked.answered_at = by, clock.now()
        asked.save(update_fields=["answered_by", "answered_at"])


def _refuse_request(record: ServiceRecord, pairs: Pairs) -> None:
    profile, shift = hours.profile_of(record.profile), record.signup.shift
    if refusal := rules.not_correctable(record):
        raise ConflictError(refusal)
    if record.corrections.filter(answered_at=None).exists():
        raise ConflictError("已经有一份更正在等答复，请等老师答复了再申请。")
    if record.corrections.count() >= MOST_REQUESTS:
        raise TooManyError(f"这一次已经申请过 {MOST_REQUESTS} 次更正，请打电话给家园说一说。", retry_after=86_400)
    moments = [moment for pair in pairs for moment in pair]
    first, last = shift.starts_at - profile.opens_before * hours.MINUTE, shift.ends_at + profile.closes_after * hours.MINUTE
    if moments != sorted(set(moments)) or len(pairs) > profile.pairs_a_day or any(not first <= moment <= last for moment in moments):
        span = f"{clock.hhmm(first)} 到 {clock.hhmm(last)}"
        raise InvalidError(f"时间要一进一出、先后排好，在 {span} 之间，最多 {profile.pairs_a_day} 次。", fields={"pairs": "时间不对。"})


@outbox.retrying
@transaction.atomic
def answer_correction(*, correction_id: uuid.UUID, accept: bool, answer: str, by: User) -> Correction:
    """By staff of the Home who neither asked for it nor are the one it is about. A second answer does nothing."""
    homes = managed_homes(by)
    asked = (
        Correction.objects.select_related("record__event__home", "record__signup").filter(pk=correction_id, record__home__in=homes).first()
    )
    if asked is None:
        raise NotFoundError
    lock_daybook(asked.record.event)
    asked.refresh_from_db(fields=["answered_by", "answered_at", "accepted", "answer"])
    if asked.state == "withdrawn":
        raise ConflictError("对方已经撤回了，不用答复。", code="withdrawn")
    if asked.answered_at is not None:
        return asked
    if rules.is_own(asked, by):
        raise ConflictError("不能批准自己的更正，请另一位负责人来看。")
    answer = words(answer, name="answer", longest=100, least=0 if accept else 2)
    asked.answered_by, asked.answered_at, asked.accepted, asked.answer = by, clock.now(), accept, answer
    asked.save(update_fields=["answered_by", "answered_at", "accepted", "answer"])
    if accept:
        write_records(daybook.together(asked.record.signup))
    tell("correction", correction=str(asked.pk))
    return asked


@outbox.retrying
@transaction.atomic
def honour(*, record_id: int, title: str, given_on: dt.date | None = None, by: User) -> Honour:
    """By the manager of the Home that was visited; today, unless it was before. The same title again is the same honour."""
    record = ServiceRecord.objects.filter(pk=record_id, home__in=managed_homes(by)).first()
    if record is None:
        raise NotFoundError
    title, given_on = words(title, name="title", longest=40, least=2), given_on or clock.today()
    if not record.minutes:
        raise ConflictError("这一次没有计入时长，不能记表彰。")
    if not record.date <= given_on <= clock.today():
        raise InvalidError("表彰的日子要在服务那天以后、今天以前。", fields={"given_on": "请选服务那天到今天之间的日子。"})
    given, made = Honour.objects.get_or_create(record=record, title=title, defaults={"given_on": given_on, "given_by": by})
    if made:
        tell("honour", honour=given.pk)
    return given


@transaction.atomic
def take_back_honour(*, honour_id: int, by: User) -> None:
    """Given by mistake. What a certificate says that holds is not unsaid behind its back: that one is revoked first."""
    given = Honour.objects.filter(pk=honour_id, record__home__in=managed_homes(by)).first()
    if given is None:
        raise NotFoundError
    record = ServiceRecord.objects.select_for_update(no_key=True).get(pk=given.record_id)
    for certificate in record.certificates.filter(revoked_at=None):
        if any((each["title"], each["date"]) == (given.title, given.given_on.isoformat()) for each in certificate.statement["honours"]):
            raise ConflictError(f"证明 {certificate.number} 上已经写了这个表彰。请先作废那份证明，再收回。", code="certified")
    given.delete()


def _led_or_own(record_id: int, *, by: User) -> ServiceRecord:
    record = rules.visible_records(by).select_related("event__home", "signup__shift").filter(pk=record_id).first()
    if record is None:
        raise NotFoundError
    return record
