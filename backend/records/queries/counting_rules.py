"""Counting rules of a Home's city."""

import datetime as dt
from dataclasses import dataclass

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.common.rows import Row
from backend.homes.models import Area, Home
from backend.homes.rules import officer_posts
from backend.records import hours
from backend.records.models import CityRules, ServiceRecord


@dataclass(frozen=True)
class CountingRules:
    """`area` is whose rules these are: the nearest that has any, else the topmost. `since`: when they were last changed."""

    area: Area
    rules: hours.Rules
    issuer: str
    since: dt.datetime | None = None


@dataclass(frozen=True)
class Meal:
    start: dt.time
    end: dt.time


@dataclass(frozen=True, kw_only=True)
class ShownRules(Row[hours.Rules]):
    """`area`: whose rules they are, or whose they become when this person changes them."""

    area: str
    issuer: str
    since: dt.datetime | None
    changes: bool

    @property
    def meals(self) -> list[Meal]:
        return [Meal(start, end) for start, end in self.row.meals]


def rules_of(home: Home) -> CountingRules:
    return _rules(Area.objects.select_related("parent__parent").get(pk=home.area_id))


def _rules(area: Area) -> CountingRules:
    line = [each for each in (area, area.parent, area.parent.parent if area.parent else None) if each is not None]
    found = {row.area_id: row for row in CityRules.objects.filter(area__in=line)}
    for each in line:
        if each.pk in found:
            row = found[each.pk]
            return CountingRules(each, hours.rules_from_data(row.rules), row.issuer, row.changed_at)
    return CountingRules(line[-1], hours.DEFAULT, default_issuer(line[-1]))


def officers_area(user: User) -> Area:
    """The area whose rules this officer keeps."""
    post = one(officer_posts(user).select_related("area").order_by("area", "id"))
    return post.area


def rules_for(user: User, home_id: int | None) -> ShownRules:
    """How hours are counted at a Home; without one, where this person is at home: an officer's own area, else where they served last."""
    own = officer_posts(user).select_related("area__parent__parent").order_by("area", "id").first()
    if home_id is not None:
        home = one(Home.objects.select_related("area__parent__parent").filter(pk=home_id))
        area: Area | None = home.area
    elif own is not None:
        area = own.area
    else:
        last = ServiceRecord.objects.filter(user=user).select_related("home__area__parent__parent").order_by("-date", "-id").first()
        area = last.home.area if last else Area.objects.filter(parent=None).order_by("id").first()
    if area is None:
        raise NotFoundError
    city = _rules(area)
    changes = own is not None and home_id is None
    name = area.name if changes else city.area.name
    return ShownRules(row=city.rules, area=name, issuer=city.issuer, since=city.since, changes=changes)


def default_issuer(area: Area) -> str:
    return f"{area.name}残疾人之家（幸福驿站）"
