"""The rules of a Home's city."""

from dataclasses import dataclass
from typing import Any

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.homes.models import Area, Home
from backend.homes.rules import officer_posts
from backend.volunteering import hours
from backend.volunteering.models import CityRules


@dataclass(frozen=True)
class City:
    """`area` is whose rules these are: the nearest that has any, else the topmost."""

    area: Area
    profile: hours.Profile
    issuer: str


def city_of(home: Home) -> City:
    area = Area.objects.select_related("parent__parent").get(pk=home.area_id)
    line = [each for each in (area, area.parent, area.parent.parent if area.parent else None) if each is not None]
    found = {row.area_id: row for row in CityRules.objects.filter(area__in=line)}
    for each in line:
        if each.pk in found:
            return City(each, hours.profile_of(found[each.pk].profile), found[each.pk].issuer)
    return City(line[-1], hours.DEFAULT, default_issuer(line[-1]))


def officers_area(user: User) -> Area:
    """Whose rules this officer keeps: his area's."""
    post = officer_posts(user).select_related("area").order_by("area", "id").first()
    if post is None:
        raise NotFoundError
    return post.area


def rules_of_officer(user: User) -> dict[str, Any]:
    area = officers_area(user)
    row = CityRules.objects.filter(area=area).first()
    profile = row.profile if row else hours.as_data(hours.DEFAULT)
    meals = [{"start": start, "end": end} for start, end in profile["meals"]]
    return {"area": area.name, "issuer": row.issuer if row else default_issuer(area), **profile, "meals": meals}


def default_issuer(area: Area) -> str:
    return f"{area.name}残疾人之家（幸福驿站）"
