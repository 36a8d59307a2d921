"""Planning in the tests' words: `plan(cast, "合唱排练", at="15:00")`."""

import datetime as dt
import uuid
from typing import Any

from backend.accounts.models import User
from backend.activities.models import Session
from backend.activities.services import planning
from backend.activities.services.plan import Plan
from backend.activities.services.planning import Planned
from backend.homes.models import Home
from notifications.models import Notice
from tests.attendance.door import DAY
from tests.support.cast import Cast
from tests.support.passing import expand_all
from tests.support.phone import Phone

TOMORROW = DAY + dt.timedelta(days=1)
EVERY_WORKDAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"


def plan(cast: Cast, title: str = "合唱排练", *, at: str = "10:00", on: dt.date = DAY, by: User | None = None, **more: Any) -> Planned:
    """For 阳光家园, by 陆老师, an hour long, unless told otherwise."""
    home = more.pop("home", cast.sunshine)
    facts: dict[str, Any] = {"therapy": "culture", "minutes": 60, "starts_on": on, "starts_at": dt.time.fromisoformat(at), **more}
    return planning.plan_activity(activity_id=uuid.uuid4(), home_id=home.pk, plan=Plan(title=title, **facts), by=by or cast.carer)


def planned(cast: Cast, title: str = "合唱排练", **more: Any) -> Session:
    """Its first session."""
    return plan(cast, title, **more).sessions[0]


def calendar(user: User, home: Home, first: dt.date = DAY, last: dt.date = DAY) -> dict[str, Any]:
    answer = Phone(user).get(f"/api/calendar?home={home.pk}&from={first}&to={last}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def told(user: User) -> list[tuple[str, str]]:
    """What stands in the inbox once everything due has been written."""
    expand_all()
    return list(Notice.objects.filter(inbox=user.pk).order_by("seq").values_list("title", "body"))
