"""Check-ins: who is expected, who is here, what waits for a yes."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.common.rows import Row
from backend.homes.models import Home
from backend.homes.rules import staff_homes
from backend.records import hours
from backend.records.models import CheckIn, OfflineCheckIn
from backend.records.queries import counting_rules
from backend.visits.models import ServiceEvent, Signup
from backend.volunteers.rules import coordinated_organisations

LONG_AGO = dt.timedelta(days=40)
NOT_SIGNED_UP = "没有找到您在这场活动的报名。请看看扫的是不是这一场，或问问老师。"


@dataclass(frozen=True, kw_only=True)
class ExpectedPerson:
    signup: uuid.UUID
    name: str
    shift: str
    organisation: str
    companions: int
    standing: hours.Status
    since: dt.datetime | None
    record: int | None
    minutes: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class OpenClaim(Row[OfflineCheckIn]):
    @property
    def name(self) -> str:
        return self.row.signup.name

    @property
    def claimed_at(self) -> dt.datetime:
        return self.row.sent_at


@dataclass(frozen=True, kw_only=True)
class EventDay(Row[ServiceEvent]):
    people: list[ExpectedPerson]
    claims: list[OpenClaim]

    @property
    def event(self) -> uuid.UUID:
        return self.row.pk


@dataclass
class Party:
    organisation: str
    expected: int = 0
    here: int = 0
    came: int = 0


@dataclass(frozen=True, kw_only=True)
class Visit(Row[ServiceEvent]):
    parties: list[Party]
    waiting: bool

    @property
    def event(self) -> uuid.UUID:
        return self.row.pk

    @property
    def here(self) -> int:
        return sum(party.here for party in self.parties)


def confirmed() -> QuerySet[Signup]:
    """Those who are expected."""
    return Signup.objects.filter(status=Signup.Status.CONFIRMED)


def led_signups(user: User) -> QuerySet[Signup]:
    """Whom this person may sign in: an organisation's people as its coordinator, everybody as staff of the Home."""
    mine = coordinated_organisations(user)
    led = Q(organisation__in=mine) | Q(booking__organisation__in=mine) | Q(shift__event__home__in=staff_homes(user))
    return confirmed().filter(led)


def led_event(user: User, event_id: uuid.UUID) -> ServiceEvent:
    """An event of one's Home, or one that people of one's organisation come to."""
    event = ServiceEvent.objects.select_related("home").filter(pk=event_id, opened_at__isnull=False).first()
    if event is None or not (staff_homes(user).filter(pk=event.home_id).exists() or led_signups(user).filter(shift__event=event).exists()):
        raise NotFoundError
    return event


def my_signups(user: User, event_id: uuid.UUID) -> list[Signup]:
    """One's own places in this event, at least one."""
    found = (
        confirmed()
        .filter(user=user, shift__event=event_id)
        .select_related("shift__event__home")
        .order_by("shift__starts_at", "created_at", "pk")
    )
    rows = list(found)
    if not rows:
        raise NotFoundError(NOT_SIGNED_UP)
    return rows


def together(signup: Signup) -> list[Signup]:
    """All the places of the same person in that event: they come and go once for all of them."""
    if signup.user_id is None:
        return [signup]
    return list(
        confirmed()
        .filter(user=signup.user_id, shift__event=signup.shift.event_id)
        .select_related("shift__event__home")
        .order_by("shift__starts_at", "id")
    )


def taps_of_signups(signups: Iterable[Signup]) -> list[hours.Tap]:
    rows = CheckIn.objects.filter(signup__in=list(signups)).order_by("at", "recorded_at", "pk")
    return [hours.Tap("in" if row.kind == "in" else "out", row.at) for row in rows]


def pairs_of(signups: Sequence[Signup]) -> hours.Paired:
    """With what waits for a yes: who came in without a network may go out with one."""
    waiting = OfflineCheckIn.objects.filter(signup__in=signups, answered_at=None).values_list("kind", "at")
    return hours.pair_taps([*taps_of_signups(signups), *(hours.Tap("in" if kind == "in" else "out", at) for kind, at in waiting)])


def whole_times(signups: Sequence[Signup]) -> hours.ShiftTimes:
    """From the first of a person's shifts until the last."""
    return hours.ShiftTimes(
        starts_at=min(each.shift.starts_at for each in signups),
        ends_at=max(each.shift.ends_at for each in signups),
    )


def times_of(signup: Signup) -> hours.ShiftTimes:
    return hours.ShiftTimes(starts_at=signup.shift.starts_at, ends_at=signup.shift.ends_at)


def day_of(user: User, event: ServiceEvent) -> EventDay:
    """Who comes, for who may sign them in: names and times, no phone. A fixed number of queries."""
    signups = list(
        led_signups(user)
        .filter(shift__event=event)
        .select_related("shift", "organisation", "record")
        .order_by("shift__starts_at", "name", "id")
    )
    rules = counting_rules.rules_of(event.home).rules
    taps = _taps(signups)
    offline = OfflineCheckIn.objects.filter(signup__in=signups, answered_at=None).select_related("signup").order_by("sent_at", "pk")
    return EventDay(
        row=event,
        people=[_person(signup, taps[_who(signup)], rules) for signup in signups],
        claims=[OpenClaim(row=row) for row in offline],
    )


def _who(signup: Signup) -> tuple[str, object]:
    return ("user", signup.user_id) if signup.user_id else ("signup", signup.pk)


def _taps(signups: Sequence[Signup]) -> dict[tuple[str, object], list[hours.Tap]]:
    whose = {signup.pk: _who(signup) for signup in signups}
    found: defaultdict[tuple[str, object], list[hours.Tap]] = defaultdict(list)
    for row in CheckIn.objects.filter(signup__in=whose).order_by("at", "recorded_at", "pk"):
        found[whose[row.signup_id]].append(hours.Tap("in" if row.kind == "in" else "out", row.at))
    return found


def _person(signup: Signup, taps: list[hours.Tap], rules: hours.Rules) -> ExpectedPerson:
    record = getattr(signup, "record", None)
    return ExpectedPerson(
        signup=signup.pk,
        name=signup.name,
        shift=signup.shift.title,
        organisation=signup.organisation.name if signup.organisation else "",
        companions=signup.companions,
        standing=hours.status(taps, times_of(signup), clock.now(), rules),
        since=taps[-1].at if taps else None,
        record=record.pk if record else None,
        minutes=record.minutes if record else None,
        reason=record.reason if record else "",
    )


def visitors(homes: Iterable[Home]) -> dict[int, list[Visit]]:
    """Today's visits of each Home: organisations and numbers, expected and in the house now. Nobody's name."""
    ids = [home.pk for home in homes]
    midnight = clock.at(clock.today(), dt.time())
    events = ServiceEvent.objects.filter(home__in=ids, opened_at__isnull=False, cancelled_at=None)
    events = events.filter(starts_at__lt=midnight + dt.timedelta(days=1), ends_at__gte=midnight).order_by("starts_at", "id")
    signups = list(confirmed().filter(shift__event__in=events).select_related("shift", "organisation").order_by("id"))
    taps = _taps(signups)
    waiting = set(OfflineCheckIn.objects.filter(event__in=events, answered_at=None).values_list("event", flat=True))
    found: dict[int, list[Visit]] = {home_id: [] for home_id in ids}
    for event in events:
        mine = [signup for signup in signups if signup.shift.event_id == event.pk]
        found[event.home_id].append(_visit(event, mine, taps, waiting=event.pk in waiting))
    return found


def _visit(event: ServiceEvent, signups: list[Signup], taps: dict[tuple[str, object], list[hours.Tap]], *, waiting: bool) -> Visit:
    parties: dict[str, Party] = {}
    seen: set[tuple[str, object]] = set()
    for signup in signups:
        who = _who(signup)
        if who in seen:
            continue
        seen.add(who)
        name = signup.organisation.name if signup.organisation else ""
        party = parties.setdefault(name, Party(name))
        people, pairs = 1 + signup.companions, hours.pair_taps(taps.get(who, []))
        party.expected += people
        party.here += people if pairs.open else 0
        party.came += people if pairs.open or pairs.spans else 0
    return Visit(row=event, parties=sorted(parties.values(), key=lambda each: each.organisation or "￿"), waiting=waiting)


def to_finalise() -> list[uuid.UUID]:
    """Events that are over and whose people have not all got their record. Long ago is long ago."""
    now = clock.now()
    over = ServiceEvent.objects.filter(ends_at__lte=now, ends_at__gt=now - LONG_AGO, opened_at__isnull=False, cancelled_at=None)
    waiting = over.filter(Q(day=None) | Q(day__finalised_at=None)).select_related("home").order_by("ends_at", "pk")
    return [event.pk for event in waiting if now >= event.ends_at + counting_rules.rules_of(event.home).rules.closes_after * hours.MINUTE]
