"""Corrections: one record with the taps that it was counted from, what was asked about it, and what waits for a manager's answer."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.common.rows import Row
from backend.homes.models import Home
from backend.homes.rules import managed_homes
from backend.records import hours, rules
from backend.records.models import CheckIn, Correction, ServiceRecord
from backend.records.queries import counting_rules, other_visits, records
from backend.records.queries.other_visits import OtherVisits
from backend.records.queries.records import RecordCard
from backend.visits.models import Signup


@dataclass(frozen=True, kw_only=True)
class SeenTap(Row[CheckIn]):
    @property
    def way(self) -> str:
        return self.row.get_way_display()


@dataclass(frozen=True, kw_only=True)
class CorrectionCard(Row[Correction]):
    @property
    def pairs(self) -> list[hours.Span]:
        return [hours.Span(*map(dt.datetime.fromisoformat, pair)) for pair in self.row.pairs]

    @property
    def asked_by(self) -> str:
        return self.row.asked_by.name


@dataclass(frozen=True, kw_only=True)
class AskedCorrection(CorrectionCard):
    mine: bool


@dataclass(frozen=True, kw_only=True)
class OpenCorrection(CorrectionCard):
    record: RecordCard
    taps: list[SeenTap]
    minutes: int
    outcome: str
    own: bool


@dataclass(frozen=True, kw_only=True)
class RecordPage(RecordCard):
    mine: bool
    manages: bool
    taps: list[SeenTap]
    corrections: list[AskedCorrection]
    refusal: str
    until: dt.date
    earliest: dt.datetime
    latest: dt.datetime
    most_pairs: int
    other_rules: bool


def record_page(user: User, record_id: int) -> RecordPage:
    """For whose it is, who coordinates them, and the staff of the Home. A fixed number of queries."""
    asked = Correction.objects.select_related("asked_by").order_by("asked_at", "pk")
    found = records.shown(rules.visible_records(user)).prefetch_related(Prefetch("corrections", asked), "honours")
    record = one(found.filter(pk=record_id))
    counting, shift = hours.rules_from_data(record.rules), record.signup.shift
    return RecordPage(
        row=record,
        mine=record.user_id == user.pk,
        manages=managed_homes(user).filter(pk=record.home_id).exists(),
        taps=taps_of([record])[record.pk],
        corrections=[AskedCorrection(row=each, mine=each.asked_by_id == user.pk) for each in record.corrections.all()],
        refusal=rules.not_correctable(record),
        until=rules.correctable_until(record),
        earliest=shift.starts_at - counting.opens_before * hours.MINUTE,
        latest=shift.ends_at + counting.closes_after * hours.MINUTE,
        most_pairs=counting.pairs_a_day,
        other_rules=counting != counting_rules.rules_of(record.home).rules,
    )


def event_records(user: User, event_id: uuid.UUID) -> list[RecordCard]:
    """Of an event that is over: everybody's for the Home's staff, their people's for a coordinator, one's own. Few queries."""
    rows = records.shown(rules.visible_records(user).filter(event=event_id)).prefetch_related("honours")
    found = list(rows.order_by("signup__shift__starts_at", "name", "id"))
    if not found:
        raise NotFoundError
    return [RecordCard(row=row) for row in found]


def open_corrections(user: User, home: Home) -> list[OpenCorrection]:
    """What was tapped beside what is asked for, and what a yes would make of it, the oldest first. A fixed number of queries."""
    rows = Correction.objects.filter(record__home=home, answered_at=None).order_by("asked_at", "pk")
    found = list(rows.select_related("record__event", "record__home", "record__organisation", "record__signup__shift__event", "asked_by"))
    taps, then = taps_of([asked.record for asked in found]), outcomes_if_accepted(found)
    return [
        OpenCorrection(
            row=asked,
            record=RecordCard(row=asked.record),
            taps=taps[asked.record_id],
            minutes=then[asked.pk].minutes,
            outcome=then[asked.pk].reason,
            own=rules.is_own(asked, user),
        )
        for asked in found
    ]


def taps_of(rows: Sequence[ServiceRecord]) -> dict[int, list[SeenTap]]:
    """The raw taps of each: a person comes and goes once for all their shifts of an event."""
    taps = CheckIn.objects.filter(event__in={row.event_id for row in rows}, signup__status=Signup.Status.CONFIRMED)
    by_whom: dict[tuple[object, object], list[SeenTap]] = {}
    for tap in taps.select_related("signup").order_by("at", "recorded_at", "pk"):
        by_whom.setdefault((tap.event_id, tap.signup.user_id or tap.signup_id), []).append(SeenTap(row=tap))
    return {row.pk: by_whom.get((row.event_id, row.signup.user_id or row.signup_id), []) for row in rows}


def corrected_taps(correction: Correction) -> list[hours.Tap]:
    kinds: tuple[hours.Kind, hours.Kind] = ("in", "out")
    return [hours.Tap(kind, dt.datetime.fromisoformat(at)) for pair in correction.pairs for kind, at in zip(kinds, pair, strict=True)]


def outcomes_if_accepted(corrections: Sequence[Correction]) -> dict[object, hours.Outcome]:
    """What each would make of its record, were it agreed to now."""
    beside = defaultdict(OtherVisits, other_visits.by_signup([asked.record.signup for asked in corrections]))
    found: dict[object, hours.Outcome] = {}
    for asked in corrections:
        signup, also = asked.record.signup, beside[asked.record.signup_id]
        times = hours.ShiftTimes(starts_at=signup.shift.starts_at, ends_at=signup.shift.ends_at)
        counting = hours.rules_from_data(asked.record.rules)
        found[asked.pk] = hours.count_hours(
            corrected_taps(asked), times, counting, earlier=also.earlier + also.later, elsewhere=also.elsewhere
        )
    return found
