"""One object of every kind at one Home, straight from models: for the matrix, and for whoever looks what leaks."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home
from backend.visits import media
from backend.visits.models import GroupBooking, Offer, Proposal, ServiceEvent, Shift, Signup, WaitlistEntry, Wish
from backend.volunteers import links
from backend.volunteers.models import Credential, Organisation, OrganisationMembership
from tests.attendance.door import at
from tests.visits.steps import ENDS, STARTS

WEEK = dt.timedelta(weeks=1)


def service_world(home: Home, staff: User, volunteer: User, coordinator: User) -> dict[str, Any]:
    """What the matrix's templates may name."""
    now = clock.now()
    group, unverified = (
        Organisation.objects.create(name=f"{home.name}{name}", kind="party", created_by=coordinator, created_at=now, verified_at=verified)
        for name, verified in (("党支部", now), ("新党支部", None))
    )
    OrganisationMembership.objects.bulk_create(
        OrganisationMembership(user=user, organisation=group, role=role, since=now)
        for user, role in ((coordinator, "coordinator"), (volunteer, "member"))
    )
    values: dict[str, Any] = {"organisation": group.pk, "unverified": unverified.pk}
    values |= {"volunteer": volunteer.pk, "coordinator": coordinator.pk}
    values["join_link"] = links.sign_link("join", group.pk, 0).rpartition("/")[2]
    paper = Credential(user=volunteer, kind="medical", valid_until=now.date() + WEEK, home=home, shown_at=now)
    paper.save()
    events = _events(home, staff, volunteer, coordinator, group)
    return {**values, "credential": paper.pk, **events, **_requests(home, staff, coordinator, group)}


def event_at(home: Home, staff: User, weeks: int, **more: Any) -> ServiceEvent:
    starts_at, ends_at, now = STARTS + weeks * WEEK, ENDS + weeks * WEEK, clock.now()
    times = {"starts_at": starts_at, "ends_at": ends_at, "signup_closes_at": starts_at, "cancel_until": starts_at - dt.timedelta(hours=24)}
    return ServiceEvent.objects.create(
        home=home, title="周六义诊", kind="clinic", **times, touched_at=now, created_by=staff, created_at=now, **more
    )


def shift_of(event: ServiceEvent, title: str, **more: Any) -> Shift:
    return Shift.objects.create(event=event, title=title, starts_at=event.starts_at, ends_at=event.ends_at, capacity=5, **more)


def _events(home: Home, staff: User, volunteer: User, coordinator: User, group: Organisation) -> dict[str, Any]:
    now = clock.now()
    event, draft = event_at(home, staff, 0, opened_at=now), event_at(home, staff, 1)
    full, free, seated = shift_of(event, "陪伴", taken=1, offered=3), shift_of(event, "散步"), shift_of(event, "合唱", taken=3)
    shift_of(draft, "理发")
    by: dict[str, Any] = {"created_by": volunteer, "created_at": now}
    alone = Signup.objects.create(shift=full, user=volunteer, name="徐明", status="confirmed", **by)
    held, asked = (
        GroupBooking.objects.create(organisation=group, shift=shift, places=3, minimum=2, status=status, **more, **by)
        for shift, status, more in (
            (seated, "held", {"held": 3, "named": 1, "names_due_at": STARTS - 2 * dt.timedelta(days=1)}),
            (full, "offered", {}),
        )
    )
    seat = Signup.objects.create(shift=seated, user=volunteer, name="徐明", booking=held, organisation=group, status="confirmed", **by)
    other = shift_of(event, "搬菜", offered=1)
    waiting = Signup.objects.create(shift=other, user=volunteer, name="徐明", status="offered", **by)
    _offer(full, 3, booking=asked)
    _offer(other, 1, signup=waiting)
    return {
        "cover": _cover(event),
        "draft_cover": _cover(draft),
        "event": event.pk,
        "draft": draft.pk,
        "shift": other.pk,
        "free_shift": free.pk,
        "signup": alone.pk,
        "seat": seat.pk,
        "offered": waiting.pk,
        "booking": held.pk,
        "offered_booking": asked.pk,
        "seat_link": links.sign_link("seat", held.pk, 0).rpartition("/")[2],
    }


def _cover(event: ServiceEvent) -> str:
    """The name of its file."""
    file = Path(settings.MEDIA_ROOT) / media.FOLDER / f"{event.pk.hex}.webp"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"RIFF")
    event.picture = f"{media.FOLDER}/{file.name}"
    event.save(update_fields=["picture"])
    return file.name


def _offer(shift: Shift, places: int, **party: Any) -> None:
    now = clock.now()
    entry = WaitlistEntry.objects.create(shift=shift, places=places, minimum=1, state="offered", joined_at=now, **party)
    Offer.objects.create(shift=shift, entry=entry, places=places, made_at=now, expires_at=now + dt.timedelta(hours=5))


def _requests(home: Home, staff: User, coordinator: User, group: Organisation) -> dict[str, Any]:
    now, asked = clock.now(), {"home": home, "title": "想学剪纸", "kind": "other", "people": 2}
    claim = {"organisation": group, "claimed_by": coordinator, "claimed_at": now}
    wish, claimed = (Wish.objects.create(created_by=staff, created_at=now, **asked, **more) for more in ({}, claim))
    sent, moved = (
        Proposal.objects.create(
            organisation=group,
            state=state,
            starts_at=at("09:00", day),
            ends_at=at("11:00", day),
            created_by=coordinator,
            created_at=now,
            **asked,
        )
        for state, day in (("sent", dt.date(2026, 4, 4)), ("moved", dt.date(2026, 4, 11)))
    )
    return {"wish": wish.pk, "claimed": claimed.pk, "proposal": sent.pk, "moved": moved.pk}
