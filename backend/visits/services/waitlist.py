"""The waitlist's verbs. All but `advance_due`, and all who call them, hold the shift's row."""

import datetime as dt

from backend.common import clock
from backend.common.found import one
from backend.common.verb import verb
from backend.visits.models import DecisionLog, GroupBooking, Offer, Shift, Signup, WaitlistEntry
from backend.visits.queries import waitlist as queries
from backend.visits.services import naming_deadlines
from backend.visits.services.announcements import announce_booking, announce_signup
from backend.visits.waitlist import Decision, decide, next_change, to_json

State = WaitlistEntry.State
COUNTS = ("taken", "offered", "waiting", "waitlist_due_at")


def lock_shift(shift_id: int) -> Shift:
    """Its turn: whoever gives, takes or offers places starts here. What the shift belongs to is read afterwards."""
    return one(Shift.objects.select_for_update(no_key=True).filter(pk=shift_id))


def join(shift: Shift, party: Signup | GroupBooking) -> WaitlistEntry:
    """At its end."""
    shift.waiting += 1
    shift.waitlist_due_at = shift.waitlist_due_at or shift.starts_at
    return WaitlistEntry.objects.create(
        shift=shift,
        signup=party if isinstance(party, Signup) else None,
        booking=None if isinstance(party, Signup) else party,
        places=party.places,
        minimum=party.minimum,
        joined_at=clock.now(),
    )


def leave(shift: Shift, entry: WaitlistEntry) -> None:
    """Waiting or asked; an open offer is declined, and its places are free again."""
    if entry.state == State.WAITING:
        shift.waiting -= 1
    elif entry.state == State.OFFERED:
        close_offer(shift, entry, Offer.State.DECLINED)
    entry.state, entry.held_until = State.GONE, None
    entry.save(update_fields=["state", "held_until"])


def close_offer(shift: Shift, entry: WaitlistEntry, state: Offer.State) -> Offer:
    offer = Offer.objects.get(entry=entry, state=Offer.State.OPEN)
    offer.state, offer.answered_at = state, clock.now()
    offer.save(update_fields=["state", "answered_at"])
    shift.offered -= offer.places
    return offer


def advance(shift: Shift) -> None:
    """Decides what follows from what has just changed, writes it down, does it, and keeps the shift's counts."""
    if shift.waiting or shift.offered:
        now, waitlist = clock.now(), queries.waitlist_of(shift)
        decisions = decide(waitlist, now)
        if decisions:
            rows = [to_json(decision) for decision in decisions]
            DecisionLog.objects.create(shift=shift, at=now, state=to_json(waitlist), decisions=rows)
            for decision in decisions:
                _apply(shift, decision, now)
            waitlist = queries.waitlist_of(shift)
        shift.waitlist_due_at = next_change(waitlist, now)
    else:
        shift.waitlist_due_at = None
    shift.save(update_fields=COUNTS)


def _apply(shift: Shift, decision: Decision, now: dt.datetime) -> None:
    entry = WaitlistEntry.objects.select_related("signup", "booking").get(pk=decision.entry)
    if decision.kind == "offer" and decision.until is not None:
        _offer(shift, entry, decision.places, decision.until, now)
        for passed in WaitlistEntry.objects.filter(pk__in=decision.past):
            passed.passes += 1
            passed.save(update_fields=["passes"])
    elif decision.kind == "expire":
        close_offer(shift, entry, Offer.State.EXPIRED)
        _lapse(entry)
    elif decision.kind == "end":
        shift.waiting -= 1
        _lapse(entry)
    else:
        entry.held_until = decision.until
        entry.holds += decision.kind == "hold"
        entry.save(update_fields=["held_until", "holds"])
        if decision.kind == "hold" and entry.booking is not None:
            announce_booking(entry.booking, "hold", until=decision.until, places=decision.places)


def _offer(shift: Shift, entry: WaitlistEntry, places: int, until: dt.datetime, now: dt.datetime) -> None:
    Offer.objects.create(shift=shift, entry=entry, places=places, made_at=now, expires_at=until)
    shift.offered += places
    shift.waiting -= 1
    entry.state, entry.held_until = State.OFFERED, None
    entry.save(update_fields=["state", "held_until"])
    _set_status(entry, "offered")


def _lapse(entry: WaitlistEntry) -> None:
    """The offer was let pass, or the shift began."""
    entry.state, entry.held_until = State.GONE, None
    entry.save(update_fields=["state", "held_until"])
    _set_status(entry, "lapsed")


def _set_status(entry: WaitlistEntry, status: str) -> None:
    if entry.signup is not None:
        entry.signup.status = Signup.Status(status)
        entry.signup.save(update_fields=["status"])
        announce_signup(entry.signup)
    if entry.booking is not None:
        entry.booking.status = GroupBooking.Status(status)
        entry.booking.save(update_fields=["status"])
        announce_booking(entry.booking, status)


def take_offer(shift: Shift, entry: WaitlistEntry) -> None:
    """Yes: the places that were kept are taken."""
    offer = close_offer(shift, entry, Offer.State.ACCEPTED)
    shift.taken += offer.places
    entry.state = State.PLACED
    entry.save(update_fields=["state"])
    if entry.signup is not None:
        entry.signup.status, entry.signup.confirmed_at = Signup.Status.CONFIRMED, clock.now()
        entry.signup.save(update_fields=["status", "confirmed_at"])
    if entry.booking is not None:
        naming_deadlines.set_deadline(entry.booking, shift, held=offer.places)


@verb
def advance_due(shift_id: int) -> None:
    advance(lock_shift(shift_id))
