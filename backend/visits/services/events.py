"""Events of a Home: planned as a draft, opened, changed, closed, cancelled, copied."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.text import clean, one_line
from backend.common.verb import verb, verb_with_id
from backend.homes.models import Home
from backend.homes.queries import staffed_home
from backend.visits import rules
from backend.visits.models import GroupBooking, Offer, ServiceEvent, Shift, WaitlistEntry
from backend.visits.notices.events import cancelled_today, stated_facts
from backend.visits.services import event_plans, naming_deadlines, quiet, waitlist
from backend.visits.services.announcements import announce_event
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.services.announcements import announce
from notifications import outbox

FACTS = (
    "title",
    "kind",
    "therapy",
    "place",
    "starts_at",
    "ends_at",
    "text",
    "bring",
    "cover",
    "minimum",
    "maximum",
    "audience",
    "signup_opens_at",
    "signup_closes_at",
    "cancel_until",
)
SHIFT_FACTS = ("title", "starts_at", "ends_at", "capacity", "skill", "credential", "minimum_age")


@dataclass(frozen=True, kw_only=True)
class PlannedEvent:
    event: ServiceEvent
    repeat: bool = False


@verb_with_id
def plan_event(*, event_id: uuid.UUID, home_id: int, plan: EventPlan, by: User) -> PlannedEvent:
    """A draft, which only the Home's staff see. The same id again is answered with what it became."""
    home = staffed_home(by, home_id)
    quiet.lock_home(home)
    known = ServiceEvent.objects.filter(pk=event_id).first()
    if known is not None:
        if (known.home_id, known.title) != (home.pk, one_line(plan.title)):
            raise ConflictError("这个编号已经用过，请刷新后再排一次。")
        return PlannedEvent(event=known, repeat=True)
    return PlannedEvent(event=create_draft(event_id, home, event_plans.check_plan(plan, home), by=by))


def create_draft(event_id: uuid.UUID, home: Home, plan: EventPlan, *, by: User, copy_of: ServiceEvent | None = None) -> ServiceEvent:
    """The rows of a plan that has been checked."""
    now, picture = clock.now(), copy_of.picture if copy_of else ""
    made = {"picture": picture, "copy_of": copy_of, "created_by": by, "created_at": now, "touched_at": now}
    event = ServiceEvent(id=event_id, home=home, **made, **_facts(plan))
    event.save(force_insert=True)
    Shift.objects.bulk_create(Shift(event=event, **_shift_facts(shift)) for shift in plan.shifts)
    return event


def _facts(plan: EventPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in FACTS} | {"contact_id": plan.contact}


def _shift_facts(shift: ShiftPlan) -> dict[str, Any]:
    return {name: getattr(shift, name) for name in SHIFT_FACTS}


@verb
def open_event(*, event_id: uuid.UUID, by: User) -> ServiceEvent:
    """Others see it and may sign up, if it leaves the Home its quiet. Closed by hand, it takes names again."""
    event = _lock_event(event_id, by=by)
    if event.opened_at is None:
        mark_opened(event)
    elif event.closed_at is not None:
        event.closed_at = None
        event.save(update_fields=["closed_at"])
    return event


def mark_opened(event: ServiceEvent) -> None:
    """With the Home's turn."""
    quiet.refuse_if_noisy(event, quiet.lock_home(event.home))
    event.opened_at = clock.now()
    event.save(update_fields=["opened_at"])


@verb
def close_event(*, event_id: uuid.UUID, by: User) -> ServiceEvent:
    """Takes no more names; who waits is still asked when a place comes free."""
    event = _lock_event(event_id, by=by)
    if event.opened_at is None:
        raise ConflictError("还没有发布，不用停止报名。")
    event.closed_at = event.closed_at or clock.now()
    event.save(update_fields=["closed_at"])
    return event


@verb
def change_event(*, event_id: uuid.UUID, plan: EventPlan, by: User) -> ServiceEvent:
    """Whoever comes is told of another time or place; new places go to those who wait."""
    event = _lock_event(event_id, by=by)
    shifts, was = _lock_shifts(event), stated_facts(event)
    plan = event_plans.check_plan(plan, event.home)
    for name, value in _facts(plan).items():
        setattr(event, name, value)
    event.sequence, event.touched_at = event.sequence + 1, clock.now()
    event.save()
    if event.opened_at is not None:
        quiet.refuse_if_noisy(event, quiet.lock_home(event.home))
    _align(event, shifts, plan.shifts)
    if event.opened_at is not None:
        announce_event(event, was)
    return event


def _lock_shifts(event: ServiceEvent) -> dict[int, Shift]:
    rows = Shift.objects.select_for_update(no_key=True).filter(event=event).order_by("id")
    return {shift.pk: shift for shift in rows}


def _align(event: ServiceEvent, shifts: dict[int, Shift], plans: Sequence[ShiftPlan]) -> None:
    kept = {plan.id for plan in plans if plan.id is not None}
    if not kept <= shifts.keys():
        raise InvalidError("有岗位已经不在了，请刷新后再改。", fields={"shifts": "请刷新后再改。"})
    for gone in (shift for pk, shift in shifts.items() if pk not in kept):
        if gone.signups.exists() or gone.bookings.exists():
            raise ConflictError(f"“{gone.title}”已经有人报名，不能去掉，可以改时间或人数。", code="signed_up")
        gone.delete()
    for plan in plans:
        shift = shifts[plan.id] if plan.id is not None else Shift(event=event)
        if plan.capacity < shift.taken + shift.offered:
            raise ConflictError(f"“{plan.title}”已经有 {shift.taken + shift.offered} 人，人数不能改得更少。", code="taken")
        moved = plan.id is not None and shift.starts_at != plan.starts_at
        for name, value in _shift_facts(plan).items():
            setattr(shift, name, value)
        shift.event = event
        if moved:
            _moved_to(shift)
        shift.save()
        waitlist.advance(shift)


def _moved_to(shift: Shift) -> None:
    """Reminders, and the times until which groups name and others answer, follow."""
    shift.reminders = 0
    Offer.objects.filter(shift=shift, state="open", expires_at__gt=shift.starts_at).update(expires_at=shift.starts_at)
    for booking in shift.bookings.filter(status=GroupBooking.Status.HELD):
        naming_deadlines.set_deadline(booking, shift, held=booking.held)


@verb
def cancel_event(*, event_id: uuid.UUID, reason: str, by: User) -> ServiceEvent:
    """It does not take place. Booked for today, everybody is told at once. A second time does nothing."""
    event = rules.staffed_event(by, event_id)
    quiet.lock_home(event.home)
    event = rules.staffed_event(by, event_id)
    if event.cancelled_at is not None:
        return event
    if event.ends_at <= clock.now():
        raise ConflictError("活动已经结束，不能再取消。")
    shifts = _lock_shifts(event)
    event.cancelled_at = event.touched_at = clock.now()
    event.reason, event.sequence = clean(reason, name="reason", longest=60, least=1), event.sequence + 1
    event.save(update_fields=["cancelled_at", "touched_at", "reason", "sequence"])
    _end_waitlists(shifts)
    if event.opened_at is not None:
        _announce_cancellation(event)
    return event


def _end_waitlists(shifts: dict[int, Shift]) -> None:
    open_entries = WaitlistEntry.objects.filter(shift__in=shifts, state__in=("waiting", "offered"))
    Offer.objects.filter(shift__in=shifts, state="open").update(state="expired", answered_at=clock.now())
    open_entries.update(state="gone", held_until=None)
    GroupBooking.objects.filter(shift__in=shifts).update(step_at=None)
    Shift.objects.filter(pk__in=shifts).update(offered=0, waiting=0, waitlist_due_at=None)


def _announce_cancellation(event: ServiceEvent) -> None:
    if clock.local_date(event.starts_at) == clock.today():
        outbox.notify(cancelled_today(event))
    else:
        announce_event(event, [])


@verb_with_id
def copy_event(*, event_id: uuid.UUID, copy_id: uuid.UUID, starts_at: dt.datetime, by: User) -> PlannedEvent:
    """照上次再办一次: a draft of the same at another time."""
    quiet.lock_home(rules.staffed_event(by, event_id).home)
    old = rules.staffed_event(by, event_id)
    known = ServiceEvent.objects.filter(pk=copy_id).first()
    if known is not None:
        if known.copy_of_id != old.pk:
            raise ConflictError("这个编号已经用过，请刷新后再试。")
        return PlannedEvent(event=known, repeat=True)
    later = starts_at - old.starts_at
    plan = EventPlan(
        **{name: _moved_by(getattr(old, name), later) for name in FACTS},
        contact=old.contact_id,
        shifts=[ShiftPlan(**{name: _moved_by(getattr(shift, name), later) for name in SHIFT_FACTS}) for shift in old.shifts.order_by("id")],
    )
    return PlannedEvent(event=create_draft(copy_id, old.home, event_plans.check_plan(plan, old.home), by=by, copy_of=old))


def _moved_by(value: Any, later: dt.timedelta) -> Any:
    return value + later if isinstance(value, dt.datetime) else value


def _lock_event(event_id: uuid.UUID, *, by: User) -> ServiceEvent:
    """One of this person's Home that has not begun, with the Home's turn."""
    quiet.lock_home(rules.staffed_event(by, event_id).home)
    event = rules.staffed_event(by, event_id)
    if event.cancelled_at is not None:
        raise ConflictError("活动已经取消。可以照它再办一次。", code="cancelled")
    if event.starts_at <= clock.now():
        raise ConflictError("活动已经开始，不能再改了。", code="begun")
    return event


@verb
def count_people(event_id: uuid.UUID) -> None:
    """Names are closed: the staff hear if fewer come than they need."""
    event = ServiceEvent.objects.select_for_update(no_key=True).get(pk=event_id)
    if event.counted_at is not None:
        return
    event.counted_at = clock.now()
    event.save(update_fields=["counted_at"])
    people = event.shifts.aggregate(people=Sum("taken"))["people"] or 0
    if people < event.minimum:
        announce("short", service=str(event.pk), people=people)
