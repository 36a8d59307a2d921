"""Sign-ups: one person signs up, comes after all, cancels, or gives the place to another."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb, verb_with_id
from backend.visits import rules
from backend.visits.models import GroupBooking, Offer, ServiceEvent, Shift, Signup, WaitlistEntry
from backend.visits.queries import overlaps
from backend.visits.queries.waitlist import position_of
from backend.visits.services import waitlist
from backend.visits.services.announcements import announce_signup
from backend.volunteers.models import Organisation, VolunteerProfile
from backend.volunteers.rules import memberships_of, own_organisations, profile_of, refuse_unverified

Status = Signup.Status
MOST_COMPANIONS = 5


@dataclass(frozen=True, kw_only=True)
class SignedUp:
    """`position`: on the waitlist, if they wait."""

    signup: Signup
    position: int | None
    collisions: list[str] = field(default_factory=list)
    repeat: bool = False


@verb_with_id
def sign_up(
    *, signup_id: uuid.UUID, event_id: uuid.UUID, shift_id: int, companions: int = 0, organisation_id: int | None = None, by: User
) -> SignedUp:
    """A place, or the end of the waitlist. The same id again is answered with what became of it."""
    shift = lock_visible_shift(event_id, shift_id, by=by)
    own = overlaps.own_around(by, shift.starts_at, shift.ends_at, also=signup_id)
    known = next((each for each in own if each.pk == signup_id), None)
    if known is not None:
        return SignedUp(signup=_check_same(known, shift, by), position=position_of(known), repeat=True)
    if not 0 <= companions <= MOST_COMPANIONS:
        raise InvalidError(f"最多带 {MOST_COMPANIONS} 个人一起来。", fields={"companions": f"0 到 {MOST_COMPANIONS} 个。"})
    profile = check_may_come(shift, by, own)
    if 1 + companions > shift.capacity:
        raise ConflictError(f"这个岗位一共只要 {shift.capacity} 人，请少带几个人。", code="too_many")
    signup = Signup(
        id=signup_id,
        shift=shift,
        user=by,
        name=profile.name,
        organisation=_organisation(shift.event, organisation_id, by),
        companions=companions,
        created_by=by,
        created_at=clock.now(),
    )
    _confirm_or_queue(shift, signup)
    position = shift.waiting if signup.status == Status.WAITLISTED else None
    return SignedUp(signup=signup, position=position, collisions=overlaps.collisions(own, shift))


def lock_visible_shift(event_id: uuid.UUID, shift_id: int, *, by: User) -> Shift:
    """The turn of one that this person may see; its event is read afterwards, as it is now."""
    shift = SHIFT.first(shift=shift_id, event=event_id, user=by.pk, day=clock.today())
    event = EVENT.first(event=event_id)
    if shift is None or event is None:
        raise NotFoundError
    shift.event = event
    return shift


def _visible_shift(shift: int, event: uuid.UUID, user: int, day: dt.date) -> QuerySet[Shift]:
    visible = Exists(rules.visible_on(user, day).filter(pk=event))
    return Shift.objects.select_for_update(no_key=True).filter(visible, pk=shift, event=event)


SHIFT = CompiledQuery(_visible_shift, shift=-1, event=uuid.UUID(int=1), user=-2, day=dt.date(1, 1, 1))
EVENT = CompiledQuery(lambda event: ServiceEvent.objects.filter(pk=event), event=uuid.UUID(int=1))


def _check_same(known: Signup, shift: Shift, by: User) -> Signup:
    if (known.shift_id, known.user_id) != (shift.pk, by.pk):
        raise ConflictError("这个编号已经用过，请刷新后再报一次。")
    return known


def check_may_come(shift: Shift, person: User, own: Sequence[Signup] | None = None, *, in_seat: bool = False) -> VolunteerProfile:
    """Names are taken, this person is not there yet, and is whom the shift asks for. A seat that is held takes a name until it begins.

    `own`: their sign-ups around that time, if they have been read.
    """
    takes_names = shift.event.cancelled_at is None if in_seat else shift.event.takes_names
    if not takes_names or shift.starts_at <= clock.now():
        raise ConflictError(_closed(shift.event), code="closed")
    profile = profile_of(person)
    if own is None:
        own = overlaps.own_around(person, shift.starts_at, shift.ends_at)
    if any(each.shift_id == shift.pk for each in own):
        raise ConflictError("已经报过这个岗位了，在“我的报名”里看。", code="signed_up")
    rules.refuse_unfit(profile, shift)
    return profile


def _closed(event: ServiceEvent) -> str:
    if event.cancelled_at is not None:
        return "这次活动取消了，请看看别的活动。"
    early = event.opened_at is not None and event.signup_opens_at is not None and clock.now() < event.signup_opens_at
    return "还没开始报名，请到时候再来。" if early else "报名已经截止，请看看别的活动。"


def _organisation(event: ServiceEvent, organisation_id: int | None, person: User) -> Organisation | None:
    """For whom they come: a verified one, for families and certificates read its name. Some events are for organisations' people only."""
    if organisation_id is not None:
        chosen = one(own_organisations(person).filter(pk=organisation_id))
        refuse_unverified(chosen)
        return chosen
    if event.audience == ServiceEvent.Audience.OPEN:
        return None
    verified = own_organisations(person).exclude(verified_at=None).order_by("pk").first()
    if verified is None:
        raise ConflictError("这次活动请党组织和单位来，请先加入一个，再报名。", code="organisations_only")
    return verified


def _confirm_or_queue(shift: Shift, signup: Signup) -> None:
    """Nobody goes past those who wait already."""
    free = not shift.waiting and shift.free >= signup.places
    signup.status = Status.CONFIRMED if free else Status.WAITLISTED
    signup.confirmed_at = clock.now() if free else None
    signup.save(force_insert=True)
    if free:
        shift.taken += signup.places
        shift.save(update_fields=["taken"])
        announce_signup(signup)
        return
    waitlist.join(shift, signup)
    announce_signup(signup)
    if shift.free:
        waitlist.advance(shift)
        signup.refresh_from_db(fields=["status"])
    else:
        shift.save(update_fields=["waiting", "waitlist_due_at"])


@verb
def cancel_signup(*, signup_id: uuid.UUID, event_id: uuid.UUID, reason: str = "", by: User) -> None:
    """One tap until the deadline, later with a reason. Whoever waits is asked at once. A second time does nothing."""
    signup = lock_signup(signup_id, by=by, event_id=event_id)
    if signup.status in Signup.ACTIVE:
        refuse_begun(signup.shift)
        if signup.status == Status.CONFIRMED and clock.now() > signup.shift.event.cancel_until and not reason.strip():
            raise InvalidError("已经过了取消的时间，请写一句原因，家园好安排。", code="reason", fields={"reason": "请写一句原因。"})
        release(signup, reason=clean(reason, name="reason", longest=60), by=by)
        waitlist.advance(signup.shift)


def lock_signup(signup_id: uuid.UUID, *, by: User, event_id: uuid.UUID | None = None) -> Signup:
    """One's own, or in a group that one coordinates, with the shift's turn."""
    scope = rules.own_signups(by).filter(pk=signup_id)
    if event_id is not None:
        scope = scope.filter(shift__event=event_id)
    found = one(scope)
    shift = waitlist.lock_shift(found.shift_id)
    signup = Signup.objects.select_related("booking", "user").get(pk=signup_id)
    signup.shift = shift
    return signup


def refuse_begun(shift: Shift) -> None:
    if shift.starts_at <= clock.now():
        raise ConflictError("活动已经开始，不能再改了。有事请打电话给家园。", code="begun")


def release(signup: Signup, *, reason: str, by: User) -> None:
    """Its places are free again; a group's seat stays the group's until its names are due. The caller advances the waitlist."""
    shift, entry = signup.shift, WaitlistEntry.objects.filter(signup=signup).first()
    if signup.booking is not None:
        _empty_seat(shift, signup.booking)
    elif signup.status == Status.CONFIRMED:
        shift.taken -= signup.places
    elif entry is not None:
        waitlist.leave(shift, entry)
    signup.status, signup.cancelled_at, signup.reason = Status.CANCELLED, clock.now(), reason
    signup.save(update_fields=["status", "cancelled_at", "reason"])
    if signup.user_id != by.pk:
        announce_signup(signup)


def _empty_seat(shift: Shift, booking: GroupBooking) -> None:
    booking.named -= 1
    if booking.names_due_at is None or clock.now() >= booking.names_due_at:
        booking.held -= 1
        shift.taken -= 1
    booking.save(update_fields=["named", "held"])


@verb
def accept_offer(*, signup_id: uuid.UUID, by: User) -> Signup:
    """Yes, I come. A second time does nothing."""
    signup = _lock_own(signup_id, by=by)
    if signup.status != Status.CONFIRMED:
        entry = require_open_offer(WaitlistEntry.objects.filter(signup=signup).first())
        waitlist.take_offer(signup.shift, entry)
        signup.refresh_from_db(fields=["status", "confirmed_at"])
        announce_signup(signup)
        waitlist.advance(signup.shift)
    return signup


def require_open_offer(entry: WaitlistEntry | None) -> WaitlistEntry:
    """With an offer whose time is not up."""
    now = clock.now()
    if entry is None or not Offer.objects.filter(entry=entry, state=Offer.State.OPEN, expires_at__gt=now).exists():
        raise ConflictError("这个名额已经不留了，谢谢您来看。可以重新候补。", code="offer_over")
    return entry


@verb
def still_coming(*, signup_id: uuid.UUID, by: User) -> Signup:
    """还来吗？来。"""
    signup = _lock_own(signup_id, by=by)
    if signup.status != Status.CONFIRMED:
        raise ConflictError("您现在没有这个名额，请看看“我的报名”。")
    signup.coming_at = signup.coming_at or clock.now()
    signup.save(update_fields=["coming_at"])
    return signup


def _lock_own(signup_id: uuid.UUID, *, by: User) -> Signup:
    """Only the person who signed up."""
    signup = lock_signup(signup_id, by=by)
    if signup.user_id != by.pk:
        raise NotFoundError
    return signup


@verb
def transfer(*, signup_id: uuid.UUID, to_id: int, by: User) -> Signup:
    """A group's seat goes to another of the same group, who is told."""
    signup = lock_signup(signup_id, by=by)
    booking = signup.booking
    if booking is None or signup.status != Status.CONFIRMED:
        raise ConflictError("只有团体里确认了的名额可以转给同事。")
    refuse_begun(signup.shift)
    other = one(memberships_of(booking.organisation).filter(user=to_id).select_related("user"))
    profile = check_may_come(signup.shift, other.user, in_seat=True)
    signup.status, signup.cancelled_at, signup.reason = Status.CANCELLED, clock.now(), "转给同事"
    signup.save(update_fields=["status", "cancelled_at", "reason"])
    return fill_seat(booking, signup.shift, signup_id=uuid.uuid4(), user=other.user, name=profile.name, by=by)


def fill_seat(booking: GroupBooking, shift: Shift, *, signup_id: uuid.UUID, user: User | None, name: str, by: User) -> Signup:
    """A name for a seat that the group holds. The shift's places are as before."""
    now = clock.now()
    signup = Signup.objects.create(
        id=signup_id,
        shift=shift,
        user=user,
        name=name,
        booking=booking,
        organisation_id=booking.organisation_id,
        status=Status.CONFIRMED,
        created_by=by,
        created_at=now,
        confirmed_at=now,
    )
    announce_signup(signup)
    return signup
