"""Events as people read them. Names of volunteers only for the Home's staff."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet, Sum

from backend.accounts.models import User
from backend.common import clock, dates
from backend.common.errors import InvalidError
from backend.common.found import one
from backend.common.qr import svg
from backend.common.rows import Row
from backend.homes.rules import staff_homes
from backend.visits import rules
from backend.visits.models import GroupBooking, ServiceEvent, Shift, Signup
from backend.visits.queries import overlaps

Status = Signup.Status
LONGEST_RANGE = dt.timedelta(days=366)


@dataclass(frozen=True, kw_only=True)
class ShiftCard(Row[Shift]):
    mine: Signup | None
    collisions: list[str]

    @property
    def free(self) -> int:
        return 0 if self.row.waiting else max(self.row.free, 0)

    @property
    def waitlist(self) -> int:
        return self.row.waiting


@dataclass(frozen=True)
class Visitors:
    organisation: str
    people: int


@dataclass(frozen=True, kw_only=True)
class EventCard(Row[ServiceEvent]):
    shifts: list[ShiftCard]
    visitors: list[Visitors]
    individuals: int
    staff: bool

    @property
    def picture(self) -> str | None:
        return f"{settings.MEDIA_URL}{self.row.picture}" if self.row.picture else None

    @property
    def capacity(self) -> int:
        return sum(shift.row.capacity for shift in self.shifts)

    @property
    def taken(self) -> int:
        return sum(shift.row.taken for shift in self.shifts)


@dataclass(frozen=True, kw_only=True)
class ShareCard:
    """Nothing of people stands on it."""

    title: str
    when: str
    where: str
    url: str
    qr: str


@dataclass(frozen=True, kw_only=True)
class EventPerson(Row[Signup]):
    """Of who comes or waits, as the Home's staff see it: a phone number only around the day itself."""

    @property
    def shift(self) -> int:
        return self.row.shift_id

    @property
    def shift_title(self) -> str:
        return self.row.shift.title

    @property
    def phone(self) -> str | None:
        row = self.row
        return row.user.phone if row.user and row.status == Status.CONFIRMED and rules.shows_phone(row.shift) else None

    @property
    def organisation(self) -> str:
        return self.row.organisation.name if self.row.organisation else ""


def with_shifts(rows: QuerySet[ServiceEvent]) -> QuerySet[ServiceEvent]:
    return rows.select_related("home__area", "contact").prefetch_related("shifts").order_by("starts_at", "id")


def events(user: User, first: dt.date, last: dt.date, home_id: int | None) -> list[EventCard]:
    """Those of these days, of one Home or of all. Six queries, however many."""
    if not dt.timedelta(0) <= last - first <= LONGEST_RANGE:
        raise InvalidError("请选不超过一年的日期。", fields={"to": "从开始日起最多 366 天。"})
    start, end = clock.at(first, dt.time()), clock.at(last + dt.timedelta(days=1), dt.time())
    rows = rules.visible_events(user).filter(starts_at__gte=start, starts_at__lt=end)
    if home_id is not None:
        rows = rows.filter(home=home_id)
    return _cards(user, list(with_shifts(rows)))


def visible_event(user: User, event_id: uuid.UUID) -> ServiceEvent:
    return one(with_shifts(rules.visible_events(user).filter(pk=event_id)))


def event(user: User, event_id: uuid.UUID) -> EventCard:
    """One, with what of one's own would meet each shift."""
    found = visible_event(user, event_id)
    return _cards(user, [found], overlaps.own_around(user, found.starts_at, found.ends_at))[0]


def _cards(user: User, found: Sequence[ServiceEvent], own: Sequence[Signup] = ()) -> list[EventCard]:
    mine = {row.shift_id: row for row in Signup.objects.filter(user=user, shift__event__in=found, status__in=Signup.ACTIVE)}
    staffed = set(staff_homes(user).values_list("pk", flat=True))
    groups, singles = _visitors(found)
    return [
        EventCard(
            row=event,
            shifts=[ShiftCard(row=each, mine=mine.get(each.pk), collisions=overlaps.collisions(own, each)) for each in _shifts(event)],
            visitors=groups[event.pk],
            individuals=singles[event.pk],
            staff=event.home_id in staffed,
        )
        for event in found
    ]


def share(user: User, event_id: uuid.UUID) -> ShareCard:
    found = visible_event(user, event_id)
    url = f"{settings.PUBLIC_URL}/service/{found.pk}"
    return ShareCard(
        title=found.title,
        when=dates.day_and_span(found.starts_at, found.ends_at),
        where=" ".join(filter(None, (found.home.name, found.home.address, found.place))),
        url=url,
        qr=svg(url, border=2),
    )


def _shifts(event: ServiceEvent) -> list[Shift]:
    return sorted(event.shifts.all(), key=lambda shift: (shift.starts_at, shift.pk))


def _visitors(found: Sequence[ServiceEvent]) -> tuple[defaultdict[uuid.UUID, list[Visitors]], defaultdict[uuid.UUID, int]]:
    """Who comes, for families too: organisations with their number, and how many besides."""
    groups: defaultdict[uuid.UUID, list[Visitors]] = defaultdict(list)
    held = GroupBooking.objects.filter(shift__event__in=found, status=GroupBooking.Status.HELD, held__gt=0)
    for event_id, name, people in (
        held.values_list("shift__event", "organisation__name").annotate(people=Sum("held")).order_by("organisation__name")
    ):
        groups[event_id].append(Visitors(name, people))
    alone = Signup.objects.filter(shift__event__in=found, status=Status.CONFIRMED, booking=None).order_by().values_list("shift__event")
    singles: defaultdict[uuid.UUID, int] = defaultdict(int)
    for event_id, people, companions in alone.annotate(people=Count("id"), more=Sum("companions")):
        singles[event_id] = people + companions
    return groups, singles


# -- for the Home's staff --------------------------------------------------------------------------
def event_people(user: User, event_id: uuid.UUID) -> list[EventPerson]:
    """Who comes and who waits, by shift."""
    event = rules.staffed_event(user, event_id)
    rows = Signup.objects.filter(shift__event=event, status__in=Signup.ACTIVE).select_related("shift", "user", "organisation", "entry")
    return [EventPerson(row=row) for row in rows.order_by("shift__starts_at", "shift", "status", "entry", "created_at", "pk")]
