"""Requests: wishes of a Home that organisations claim (点单), and visits that organisations propose."""

import datetime as dt
import uuid

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one, require
from backend.common.text import clean
from backend.common.verb import verb, verb_with_id
from backend.homes.models import Home
from backend.homes.queries import staffed_home
from backend.homes.rules import staff_homes
from backend.visits.models import GroupBooking, Proposal, ServiceEvent, Wish
from backend.visits.services import event_plans, events, naming_deadlines, quiet, waitlist
from backend.visits.services.event_plans import MOST_PEOPLE, EventPlan, ShiftPlan
from backend.volunteers.models import Organisation
from backend.volunteers.rules import coordinated_organisation, coordinated_organisations, refuse_unverified
from backend.volunteers.services.announcements import announce

State = Proposal.State


def _create_event(home: Home, plan: EventPlan, organisation: Organisation, *, places: int, by: User) -> ServiceEvent:
    """An open event for this organisation, its places held for it. With the Home's turn."""
    event = events.create_draft(uuid.uuid4(), home, event_plans.check_plan(plan, home), by=by)
    events.mark_opened(event)
    shift = waitlist.lock_shift(event.shifts.get().pk)
    booking = GroupBooking.objects.create(
        organisation=organisation,
        shift=shift,
        places=places,
        minimum=1,
        status=GroupBooking.Status.HELD,
        created_by=by,
        created_at=clock.now(),
    )
    shift.taken += places
    shift.save(update_fields=["taken"])
    naming_deadlines.set_deadline(booking, shift, held=places)
    return event


def _plan(asked: Wish | Proposal, starts_at: dt.datetime, ends_at: dt.datetime) -> EventPlan:
    return EventPlan(
        title=asked.title,
        kind=asked.kind,
        text=asked.text,
        starts_at=starts_at,
        ends_at=ends_at,
        audience=ServiceEvent.Audience.ORGANISATIONS,
        shifts=[ShiftPlan(title=ServiceEvent.Kind(asked.kind).label, capacity=asked.people)],
    )


def _check_people(number: int) -> int:
    if not 1 <= number <= MOST_PEOPLE:
        raise InvalidError(f"人数请填 1 到 {MOST_PEOPLE}。", fields={"people": "人数不对。"})
    return number


# -- wishes ----------------------------------------------------------------------------------------
@verb_with_id
def make_wish(*, wish_id: uuid.UUID, home_id: int, title: str, text: str, kind: str, people: int, by: User) -> tuple[Wish, bool]:
    """A need without a date. Returns it, and whether it is new."""
    home = staffed_home(by, home_id)
    title, text = clean(title, name="title", longest=40, least=1), clean(text, name="text", longest=300)
    known = Wish.objects.filter(pk=wish_id).first()
    if known is not None:
        if (known.home_id, known.title) != (home.pk, title):
            raise ConflictError("这个编号已经用过，请刷新后再写一次。")
        return known, False
    facts = {"home": home, "title": title, "text": text, "kind": kind, "people": _check_people(people)}
    return Wish.objects.create(id=wish_id, created_by=by, created_at=clock.now(), **facts), True


def _lock_wish(wish_id: uuid.UUID) -> Wish:
    return one(Wish.objects.select_for_update(no_key=True).filter(pk=wish_id))


def _lock_staffed_wish(wish_id: uuid.UUID, *, by: User) -> Wish:
    require(Wish.objects.filter(pk=wish_id, home__in=staff_homes(by)))
    return _lock_wish(wish_id)


@verb
def withdraw_wish(*, wish_id: uuid.UUID, by: User) -> None:
    """A second time does nothing."""
    wish = _lock_staffed_wish(wish_id, by=by)
    if wish.state == "fixed":
        raise ConflictError("已经定好日子了，要取消请取消那次活动。")
    wish.withdrawn_at = wish.withdrawn_at or clock.now()
    wish.save(update_fields=["withdrawn_at"])


@verb
def claim_wish(*, wish_id: uuid.UUID, organisation_id: int, suggestion: str, by: User) -> Wish:
    """Of two at once the first has it."""
    organisation = coordinated_organisation(by, organisation_id)
    wish = _lock_wish(wish_id)
    if wish.state == "claimed" and wish.organisation_id == organisation.pk:
        return wish
    if wish.state != "open":
        raise ConflictError("这个心愿刚刚有人认领了，谢谢你们，请看看别的。", code="claimed")
    refuse_unverified(organisation)
    wish.organisation, wish.claimed_by, wish.claimed_at = organisation, by, clock.now()
    wish.suggestion = clean(suggestion, name="suggestion", longest=100)
    wish.save(update_fields=["organisation", "claimed_by", "claimed_at", "suggestion"])
    announce("wish", wish=str(wish.pk), state="claimed")
    return wish


@verb
def give_back_wish(*, wish_id: uuid.UUID, by: User) -> None:
    """By the organisation or the Home: somebody else may claim it."""
    wish = _lock_wish(wish_id)
    own = coordinated_organisations(by).filter(pk=wish.organisation_id or 0).exists()
    if not own and not staff_homes(by).filter(pk=wish.home_id).exists():
        raise NotFoundError
    if wish.state != "claimed":
        raise ConflictError("现在没有被认领，不用放回。" if wish.event_id is None else "已经定好日子了，要取消请取消那次活动。")
    wish.organisation = wish.claimed_by = wish.claimed_at = None
    wish.suggestion = ""
    wish.save(update_fields=["organisation", "claimed_by", "claimed_at", "suggestion"])


@verb
def fix_wish(*, wish_id: uuid.UUID, starts_at: dt.datetime, ends_at: dt.datetime, by: User) -> Wish:
    """The Home fixes the date: an event, and the organisation's places held."""
    home = _lock_staffed_wish(wish_id, by=by).home
    quiet.lock_home(home)
    wish = _lock_wish(wish_id)
    if wish.state != "claimed" or wish.organisation is None:
        raise ConflictError("还没有人认领，或已经定好日子了，请刷新看看。")
    wish.event = _create_event(home, _plan(wish, starts_at, ends_at), wish.organisation, places=wish.people, by=by)
    wish.save(update_fields=["event"])
    announce("wish", wish=str(wish.pk), state="fixed")
    return wish


# -- proposals -------------------------------------------------------------------------------------
@verb_with_id
def propose(
    *,
    proposal_id: uuid.UUID,
    organisation_id: int,
    home_id: int,
    kind: str,
    title: str,
    text: str,
    people: int,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: User,
) -> tuple[Proposal, bool]:
    """A visit. Returns it, and whether it is new."""
    organisation = coordinated_organisation(by, organisation_id)
    home = one(Home.objects.filter(pk=home_id))
    title = clean(title, name="title", longest=40, least=1)
    known = Proposal.objects.filter(pk=proposal_id).first()
    if known is not None:
        if (known.organisation_id, known.home_id, known.title) != (organisation.pk, home.pk, title):
            raise ConflictError("这个编号已经用过，请刷新后再写一次。")
        return known, False
    refuse_unverified(organisation)
    proposal = Proposal(
        id=proposal_id,
        organisation=organisation,
        home=home,
        kind=kind,
        title=title,
        text=clean(text, name="text", longest=300),
        people=_check_people(people),
        starts_at=starts_at,
        ends_at=ends_at,
        created_by=by,
        created_at=clock.now(),
    )
    event_plans.check_plan(_plan(proposal, starts_at, ends_at), home)
    proposal.save(force_insert=True)
    _announce(proposal, to_home=True)
    return proposal, True


@verb
def answer_proposal(
    *,
    proposal_id: uuid.UUID,
    answer: str,
    reason: str = "",
    starts_at: dt.datetime | None = None,
    ends_at: dt.datetime | None = None,
    by: User,
) -> Proposal:
    """By the Home's staff: accepted, moved to another time, or declined with a reason."""
    require(Proposal.objects.filter(pk=proposal_id, home__in=staff_homes(by)))
    proposal = _lock_proposal(proposal_id)
    if proposal.state not in {State.SENT, State.MOVED}:
        raise ConflictError("已经答复过了，请刷新看看。")
    if answer != State.ACCEPTED and not reason.strip():
        raise InvalidError("请写一句原因，他们好重新安排。", fields={"reason": "请写一句原因。"})
    if answer == State.MOVED:
        if starts_at is None or ends_at is None:
            raise InvalidError("请选一个新的时间。", fields={"starts_at": "请选一个新的时间。"})
        event_plans.check_plan(_plan(proposal, starts_at, ends_at), proposal.home)
        proposal.starts_at, proposal.ends_at = starts_at, ends_at
    proposal.reason = clean(reason, name="reason", longest=100)
    return _answer(proposal, State(answer), by=by, to_home=False)


@verb
def agree_to_move(*, proposal_id: uuid.UUID, by: User) -> Proposal:
    """By the organisation: the Home's other time suits."""
    proposal = _lock_own_proposal(proposal_id, by=by)
    if proposal.state != State.MOVED:
        raise ConflictError("家园没有建议改时间，或已经定好了，请刷新看看。")
    return _answer(proposal, State.ACCEPTED, by=by, to_home=True)


@verb
def withdraw_proposal(*, proposal_id: uuid.UUID, by: User) -> None:
    """A second time does nothing."""
    proposal = _lock_own_proposal(proposal_id, by=by)
    if proposal.state == State.WITHDRAWN:
        return
    if proposal.state not in {State.SENT, State.MOVED}:
        raise ConflictError("家园已经答复了，不用撤回。要取消请取消占的名额。")
    _answer(proposal, State.WITHDRAWN, by=by, to_home=True)


def _lock_proposal(proposal_id: uuid.UUID) -> Proposal:
    """With the Home's turn, so that its answer can open an event."""
    quiet.lock_home(Proposal.objects.select_related("home").get(pk=proposal_id).home)
    return Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("home", "organisation").get(pk=proposal_id)


def _lock_own_proposal(proposal_id: uuid.UUID, *, by: User) -> Proposal:
    require(Proposal.objects.filter(pk=proposal_id, organisation__in=coordinated_organisations(by)))
    return _lock_proposal(proposal_id)


def _answer(proposal: Proposal, state: Proposal.State, *, by: User, to_home: bool) -> Proposal:
    if state == State.ACCEPTED:
        plan = _plan(proposal, proposal.starts_at, proposal.ends_at)
        proposal.event = _create_event(proposal.home, plan, proposal.organisation, places=proposal.people, by=by)
    proposal.state, proposal.answered_by, proposal.answered_at = state, by, clock.now()
    proposal.save(update_fields=["state", "reason", "starts_at", "ends_at", "answered_by", "answered_at", "event"])
    _announce(proposal, to_home=to_home)
    return proposal


def _announce(proposal: Proposal, *, to_home: bool) -> None:
    announce("proposal", proposal=str(proposal.pk), state=proposal.state, to_home=to_home)
