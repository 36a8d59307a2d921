"""Counting rules: how a city counts hours."""

from typing import Any

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import InvalidError
from backend.common.text import clean
from backend.common.verb import verb
from backend.records import hours
from backend.records.models import CityRules
from backend.records.queries import counting_rules as queries


@verb
def put_rules(*, issuer: str, rules: dict[str, Any], by: User) -> CityRules:
    """By the area's officer. What has been counted keeps the rules that it was counted by."""
    area = queries.officers_area(by)
    meals = sorted((meal["start"], meal["end"]) for meal in rules["meals"])
    edges = [edge for meal in meals for edge in meal]
    if edges != sorted(set(edges)):
        raise InvalidError("用餐时间要先后排好，不能重叠。", fields={"meals": "时间不对。"})
    kept = hours.as_data(hours.Rules(**{**rules, "meals": tuple(meals)}))
    facts = {"issuer": clean(issuer, name="issuer", longest=40, least=2), "rules": kept, "changed_by": by, "changed_at": clock.now()}
    return CityRules.objects.update_or_create(area=area, defaults=facts)[0]
