"""Group bookings: an organisation holds places of a shift, and its people take them by name."""

import uuid
from dataclasses import dataclass

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb, verb_with_id
from backend.visits import rules
from backend.visits.models import GroupBooking, Shift, Signup, WaitlistEntry
from backend.visits.services import naming_deadlines, signups, waitlist
from backend.visits.services.announcements import announce_booking
from backend.visits.services.naming_deadlines import REMINDERS
from backend.volunteers import links
from backend.volunteers.models import Organisation
from backend.volunteers.rules import coordinated_organisation, memberships_of, refuse_unverified
from backend.volunteers.services import organisations

Status = GroupBooking.Status
ACTIVE = (Status.HELD, Status.WAITLISTED, Status.OFFERED)


@dataclass(frozen=True, kw_only=True)
class Booked:
    booking: GroupBooking
    repeat: bool = False


@verb_with_id
def book(*, booking_id: uuid.UUID, event_id: uuid.UUID, shift_id: int, organisation_id: int, places: int, minimum: int, by: User) -> Booked:
    """All the places, or as many as there are if that is enough; else the end of the waitlist."""
    organisation = coordinated_organisation(by, organisation_id)
    shift = signups.lock_visible_shift(event_id, shift_id, by=by)
    known = GroupBooking.objects.filter(pk=booking_id).first()
    if known is not None:
        if (known.shift_id, known.organisation_id, known.places) != (shift.pk, organisation.pk, places):
            raise ConflictError("这个编号已经用过，请刷新后再占一次。")
        return Booked(booking=known, repeat=True)
    _check_request(organisation, shift, places, minimum)
    booking = GroupBooking(
        id=booking_id,
        organisation=organisation,
        shift=shift,
        places=places,
        minimum=minimum,
        status=Status.WAITLISTED,
        created_by=by,
        created_at=clock.now(),
    )
    booking.save(force_insert=True)
    _hold_or_queue(booking, shift)
    return Booked(booking=booking)


def _check_request(organisation: Organisation, shift: Shift, places: int, minimum: int) -> None:
    refuse_unverified(organisation)
    if not shift.event.takes_names or shift.starts_at <= clock.now():
        raise ConflictError("报名已经截止，请看看别的活动。", code="closed")
    if not 1 <= minimum <= places <= shift.capacity:
        sentence = f"名额请填 1 到 {shift.capacity} 个，最少要的人数不能比它多。"
        raise InvalidError(sentence, fields={"places": sentence})
    if GroupBooking.objects.filter(organisation=organisation, shift=shift, status__in=ACTIVE).exists():
        raise ConflictError(f"{organisation.name}已经占过这个岗位，请在那里改。", code="booked")


def _hold_or_queue(booking: GroupBooking, shift: Shift) -> None:
    if not shift.waiting and shift.free >= booking.minimum:
        held = min(shift.free, booking.places)
        shift.taken += held
        shift.save(update_fields=["taken"])
        naming_deadlines.set_deadline(booking, shift, held=held)
        announce_booking(booking, "held")
        return
    waitlist.join(shift, booking)
    announce_booking(booking, "waitlisted")
    waitlist.advance(shift)
    booking.refresh_from_db()


def lock_booking(booking_id: uuid.UUID, *, by: User | None = None) -> GroupBooking:
    """With its shift's turn; by its coordinators, or by time itself."""
    scope = GroupBooking.objects.all() if by is None else rules.own_bookings(by)
    found = one(scope.filter(pk=booking_id))
    shift = waitlist.lock_shift(found.shift_id)
    booking = GroupBooking.objects.select_related("organisation").get(pk=booking_id)
    booking.shift = shift
    return booking


@verb_with_id
def take_seat(*, token: str, signup_id: uuid.UUID, by: User) -> Signup:
    """By the link that the coordinator shared: who takes a seat belongs to the group."""
    booking = booking_of_link(token)
    booking = lock_booking(booking.pk)
    known = Signup.objects.filter(pk=signup_id).first() or _seat_of(booking, by)
    if known is not None:
        if (known.booking_id, known.user_id) != (booking.pk, by.pk):
            raise ConflictError("这个编号已经用过，请刷新后再点一次。")
        return known
    _leave_waitlist(booking.shift, by)
    profile = signups.check_may_come(booking.shift, by, in_seat=True)
    _take_seat(booking)
    organisations.join_organisation(booking.organisation, by)
    return signups.fill_seat(booking, booking.shift, signup_id=signup_id, user=by, name=profile.name, by=by)


def booking_of_link(token: str) -> GroupBooking:
    """What the link is for; looking changes nothing."""
    key, version = links.open_link("seat", token)
    found = GroupBooking.objects.select_related("organisation", "shift__event__home")
    return one(found.filter(pk=uuid.UUID(key), link_version=version, status=Status.HELD), links.WORN_OUT)


def _seat_of(booking: GroupBooking, user: User) -> Signup | None:
    return Signup.objects.filter(booking=booking, user=user, status=Signup.Status.CONFIRMED).first()


def _leave_waitlist(shift: Shift, user: User) -> None:
    """Who waited for this very shift alone comes with the group instead."""
    waiting = Signup.objects.filter(shift=shift, user=user, status__in=("waitlisted", "offered"), booking=None).first()
    if waiting is not None:
        waiting.shift = shift
        signups.release(waiting, reason="跟团体来", by=user)
        waitlist.advance(shift)


@verb_with_id
def name_seat(*, booking_id: uuid.UUID, signup_id: uuid.UUID, user_id: int | None, name: str, by: User) -> Signup:
    """The coordinator fills in one of the group, themselves too, or the name of somebody who has no phone at hand."""
    booking = lock_booking(booking_id, by=by)
    known = Signup.objects.filter(pk=signup_id).first()
    if known is not None:
        if known.booking_id != booking.pk:
            raise ConflictError("这个编号已经用过，请刷新后再填一次。")
        return known
    if booking.status != Status.HELD:
        raise ConflictError("现在没有占着的名额，请先占名额。", code="not_held")
    user = None
    if user_id is not None:
        member = one(memberships_of(booking.organisation).filter(user=user_id).select_related("user"))
        user, name = member.user, signups.check_may_come(booking.shift, member.user, in_seat=True).name
    elif rules.asks_something(booking.shift):
        raise ConflictError("这个岗位要看年龄或本领，请把链接发给本人自己填。", code="asks_something")
    signups.refuse_begun(booking.shift)
    _take_seat(booking)
    return signups.fill_seat(
        booking, booking.shift, signup_id=signup_id, user=user, name=clean(name, name="name", longest=40, least=1), by=by
    )


def _take_seat(booking: GroupBooking) -> None:
    if booking.named >= booking.held:
        raise ConflictError(f"{booking.organisation.name}占的 {booking.held} 个名额都填满了，可以自己报名。", code="no_seat")
    booking.named += 1
    booking.save(update_fields=["named"])


@verb
def cancel_booking(*, booking_id: uuid.UUID, reason: str = "", by: User) -> None:
    """All its seats are free again, and who sat there is told. A second time does nothing."""
    booking = lock_booking(booking_id, by=by)
    if booking.status not in ACTIVE:
        return
    shift = booking.shift
    signups.refuse_begun(shift)
    if booking.status == Status.HELD and clock.now() > shift.event.cancel_until and not reason.strip():
        raise InvalidError("已经过了取消的时间，请写一句原因，家园好安排。", code="reason", fields={"reason": "请写一句原因。"})
    entry = WaitlistEntry.objects.filter(booking=booking).first()
    for signup in booking.signups.filter(status=Signup.Status.CONFIRMED).select_related("user"):
        signup.shift, signup.booking = shift, booking
        signups.release(signup, reason=clean(reason, name="reason", longest=60), by=by)
    if booking.status == Status.HELD:
        shift.taken -= booking.held
    elif entry is not None:
        waitlist.leave(shift, entry)
    booking.status, booking.held, booking.named, booking.cancelled_at = Status.CANCELLED, 0, 0, clock.now()
    booking.step_at = None
    booking.save(update_fields=["status", "held", "named", "cancelled_at", "step_at"])
    waitlist.advance(shift)


@verb
def accept_group_offer(*, booking_id: uuid.UUID, by: User) -> GroupBooking:
    """Yes, we come. A second time does nothing."""
    booking = lock_booking(booking_id, by=by)
    if booking.status != Status.HELD:
        entry = signups.require_open_offer(WaitlistEntry.objects.select_related("booking").filter(booking=booking).first())
        waitlist.take_offer(booking.shift, entry)
        booking.refresh_from_db(fields=["status", "held", "named", "names_due_at", "step_at", "reminders"])
        announce_booking(booking, "held")
        waitlist.advance(booking.shift)
    return booking


@verb
def advance_booking(booking_id: uuid.UUID) -> None:
    """Time: a first and a second reminder, then what has no name is let go."""
    booking, now = lock_booking(booking_id), clock.now()
    if booking.status != Status.HELD or booking.step_at is None or booking.step_at > now or booking.names_due_at is None:
        return
    empty = booking.held - booking.named
    if booking.reminders < REMINDERS:
        booking.reminders += 1
        booking.step_at = naming_deadlines.next_step(booking.names_due_at, booking.reminders, now)
        if empty:
            announce_booking(booking, "names")
    else:
        booking.held, booking.step_at = booking.named, None
        _release_unnamed(booking, empty)
    booking.save(update_fields=["held", "reminders", "step_at", "status"])
    waitlist.advance(booking.shift)


def _release_unnamed(booking: GroupBooking, empty: int) -> None:
    if not empty:
        return
    booking.shift.taken -= empty
    if not booking.named:
        booking.status = Status.LAPSED
    announce_booking(booking, "released" if booking.named else "lapsed", places=empty)
