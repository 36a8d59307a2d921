"""`python -m tests.bench.prepare_signup FILE PEOPLE`: one shift with twenty places, and people who all want one, signed in."""

import datetime as dt
import json
import os
import sys
import uuid
from pathlib import Path

import django
from django.core.management import call_command

os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
django.setup()

# Models can be imported only now.
from backend.common import clock
from backend.homes.models import Area, Home, StaffPost
from backend.visits.services import events
from backend.visits.services.event_plans import EventPlan, ShiftPlan
from backend.volunteers.models import VolunteerProfile
from tests.bench.prepare_ours import BATCH, SINCE, signed_in, users

PLACES = 20
FIRST_PHONE = 13700000000


def main(out: Path, number: int) -> None:
    call_command("migrate", verbosity=0)
    now = clock.now()
    home = Home.objects.create(name="阳光家园", area=Area.objects.create(name="嘉兴市"), phone="0573-80000000")
    [staff] = users(range(13900000000, 13900000001))
    StaffPost.objects.create(user=staff, home=home, role="carer", title="老师", starts_on=SINCE)
    people = users(range(FIRST_PHONE, FIRST_PHONE + number))
    VolunteerProfile.objects.bulk_create(
        (VolunteerProfile(user=user, name="志愿者", age_group="adult", agreed_at=now, created_at=now) for user in people), batch_size=BATCH
    )
    starts_at = now + dt.timedelta(days=10)
    plan = EventPlan(
        title="义诊",
        kind="clinic",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        shifts=[ShiftPlan(title="陪伴", capacity=PLACES)],
    )
    event = events.open_event(event_id=events.plan_event(event_id=uuid.uuid4(), home_id=home.pk, plan=plan, by=staff).event.pk, by=staff)
    facts = {"event": str(event.pk), "shift": event.shifts.get().pk, "cookies": list(signed_in(people).values())}
    out.write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
