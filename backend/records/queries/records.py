"""Records of service: whose, how much, and as a table to take away."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from backend.accounts.models import User
from backend.common import dates
from backend.common.found import require
from backend.common.pagination import by_id
from backend.common.rows import Row
from backend.homes.rules import officer_homes, staff_homes
from backend.records.models import CheckIn, Correction, ServiceRecord
from backend.volunteers.models import Organisation
from backend.volunteers.rules import coordinated_organisations

MINUTES = Sum("minutes", default=0)
COLUMNS = ("日期", "家园", "活动", "岗位", "志愿者", "单位", "签到签退", "计划分钟", "计入分钟", "说明")


@dataclass(frozen=True, kw_only=True)
class RecordCard(Row[ServiceRecord]):
    @property
    def event(self) -> uuid.UUID:
        return self.row.event_id

    @property
    def title(self) -> str:
        return self.row.event.title

    @property
    def home(self) -> str:
        return self.row.home.name

    @property
    def shift(self) -> str:
        return self.row.signup.shift.title

    @property
    def starts_at(self) -> dt.datetime:
        return self.row.signup.shift.starts_at

    @property
    def ends_at(self) -> dt.datetime:
        return self.row.signup.shift.ends_at

    @property
    def organisation(self) -> str:
        return self.row.organisation.name if self.row.organisation else ""

    @property
    def correcting(self) -> bool:
        return bool(getattr(self.row, "correcting", False))


@dataclass(frozen=True, kw_only=True)
class Sums:
    minutes: int
    times: int
    homes: int


@dataclass(frozen=True, kw_only=True)
class YearSums(Sums):
    year: int


@dataclass(frozen=True, kw_only=True)
class OrganisationSums(Sums):
    organisation: str


@dataclass(frozen=True, kw_only=True)
class PersonSums(Sums):
    name: str


@dataclass(frozen=True, kw_only=True)
class MyRecords:
    items: list[RecordCard]
    next: str | None
    years: list[YearSums]
    organisations: list[OrganisationSums]


@dataclass(frozen=True, kw_only=True)
class OrganisationVisit:
    event: uuid.UUID
    title: str
    home: str
    date: dt.date
    people: int
    minutes: int


@dataclass(frozen=True, kw_only=True)
class OrganisationRecords(Sums):
    organisation: Organisation
    year: int
    people: list[PersonSums]
    visits: list[OrganisationVisit]


def of_year(rows: QuerySet[ServiceRecord], year: int) -> QuerySet[ServiceRecord]:
    return rows.filter(date__gte=dt.date(year, 1, 1), date__lte=dt.date(year, 12, 31))


def my_records(user: User, *, year: int, after: str, limit: int) -> MyRecords:
    """A year of one's own, with the sums of every year and organisation. A fixed number of queries."""
    mine = ServiceRecord.objects.filter(user=user)
    found = by_id(shown(of_year(mine, year)), after=after, limit=limit)
    by_organisation = _most_first(_summed(of_year(mine, year).values("organisation__name")), "organisation__name")
    by_year = _summed(mine.values("date__year")).order_by("-date__year")
    return MyRecords(
        items=[RecordCard(row=row) for row in found.items],
        next=found.next,
        years=[YearSums(year=row["date__year"], **_numbers(row)) for row in by_year],
        organisations=[OrganisationSums(organisation=row["organisation__name"] or "", **_numbers(row)) for row in by_organisation],
    )


def organisation_records(organisation: Organisation, *, year: int) -> OrganisationRecords:
    """A year of an organisation: its people, its visits, its sums."""
    rows = of_year(ServiceRecord.objects.filter(organisation=organisation), year)
    people = [PersonSums(name=row["name"], **_numbers(row)) for row in _most_first(_summed(rows.values("user", "name")), "name")]
    came = rows.filter(no_show=False).values("event", "event__title", "home__name", "date")
    visits = [
        OrganisationVisit(
            event=row["event"],
            title=row["event__title"],
            home=row["home__name"],
            date=row["date"],
            people=row["people"],
            minutes=row["sum_minutes"],
        )
        for row in _summed(came).annotate(people=Count("id")).order_by("-date", "event")
    ]
    return OrganisationRecords(
        organisation=organisation,
        year=year,
        minutes=sum(each.minutes for each in people),
        times=sum(each.times for each in people),
        homes=len({visit.home for visit in visits if visit.minutes}),
        people=people,
        visits=visits,
    )


def _summed(groups: QuerySet[ServiceRecord, Any]) -> QuerySet[ServiceRecord, Any]:
    counted = Q(minutes__gt=0)
    return groups.annotate(sum_minutes=MINUTES, times=Count("id", filter=counted), homes=Count("home", filter=counted, distinct=True))


def _most_first(groups: QuerySet[ServiceRecord, Any], name: str) -> list[dict[str, Any]]:
    return sorted(groups, key=lambda row: (-row["sum_minutes"], row[name] or ""))


def _numbers(row: dict[str, Any]) -> dict[str, int]:
    return {"minutes": row["sum_minutes"], "times": row["times"], "homes": row["homes"]}


def shown(rows: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    waiting = Correction.objects.filter(record=OuterRef("pk"), answered_at=None)
    return rows.select_related("event", "home", "organisation", "signup__shift").annotate(correcting=Exists(waiting))


def table(user: User, *, home: int | None, organisation: int | None, year: int) -> list[tuple[Any, ...]]:
    """Of a Home for its staff, of an organisation for its coordinator, else one's own. The first row are the headings."""
    rows = of_year(_scope(user, home=home, organisation=organisation), year)
    found = list(rows.select_related("event", "home", "organisation", "signup__shift").order_by("date", "event", "name", "id"))
    taps = _taps(found)
    return [COLUMNS, *(_line(row, taps.get(row.signup_id, [])) for row in found)]


def _scope(user: User, *, home: int | None, organisation: int | None) -> QuerySet[ServiceRecord]:
    if home is not None:
        require((staff_homes(user) | officer_homes(user)).filter(pk=home))
        return ServiceRecord.objects.filter(home=home)
    if organisation is not None:
        require(coordinated_organisations(user).filter(pk=organisation))
        return ServiceRecord.objects.filter(organisation=organisation)
    return ServiceRecord.objects.filter(user=user)


def _taps(records: Sequence[ServiceRecord]) -> dict[object, list[str]]:
    """The raw taps of each sign-up, as they were."""
    found: dict[object, list[str]] = {}
    for row in CheckIn.objects.filter(signup__in=[record.signup_id for record in records]).order_by("at", "pk"):
        found.setdefault(row.signup_id, []).append(f"{row.get_kind_display()} {dates.hhmm(row.at)}")
    return found


def _line(record: ServiceRecord, taps: Iterable[str]) -> tuple[Any, ...]:
    organisation = record.organisation.name if record.organisation else ""
    shift = record.signup.shift.title
    said = (record.date, record.home.name, record.event.title, shift, record.name, organisation, "，".join(taps))
    return (*said, record.planned, record.minutes, record.reason)
