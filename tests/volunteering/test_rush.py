"""Two hundred people at once for twenty places, from two processes; then fifteen give theirs up at once."""

import datetime as dt
import json
import random
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

from backend.accounts.models import User
from backend.common import clock
from backend.volunteering.models import Offer, Shift, Signup, WaitlistEntry
from notifications.models import Announcement, Notice
from tests.support.cast import make_cast
from tests.support.databases import ROOT, environment
from tests.support.passing import expand_all
from tests.volunteering.steps import counts, crowd, open_shift
from tests.volunteering.test_offers import replayed

PEOPLE, PLACES, LEAVING = 200, 20, 15


def database_url() -> str:
    """Of the test's own database."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    name, host = (quote(str(facts[key]), safe="") for key in ("NAME", "HOST"))
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{host}:{facts['PORT']}/{name}"


def at_once(verb: str, jobs: Sequence[dict[str, Any]], place: Path) -> None:
    """Half of them in each of two processes that begin together."""
    env = environment(place, DATABASE_URL=database_url(), DJANGO_SETTINGS_MODULE="backend.settings", SECRET_KEY=settings.SECRET_KEY)
    command = [sys.executable, "-m", "tests.volunteering.rush", verb]
    children = [subprocess.Popen(command, cwd=ROOT, env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    pipes = [(child.stdin, child.stdout) for child in children if child.stdin and child.stdout]
    for number, (sends, answers) in enumerate(pipes):
        sends.write(json.dumps(jobs[number::2]) + "\n")
        sends.flush()
        assert answers.readline() == "ready\n"
    for sends, _ in pipes:
        sends.write("go\n")
        sends.close()
    for child, (_, answers) in zip(children, pipes, strict=True):
        assert child.wait(120) == 0
        answers.close()


def job(user: User, shift: Shift, signup: uuid.UUID) -> dict[str, Any]:
    return {"user": user.pk, "event": str(shift.event_id), "shift": shift.pk, "signup": str(signup)}


def told(titles: str) -> Counter[int]:
    """How often each was told that; at night, too, when it would wait for the morning."""
    Announcement.objects.update(due_at=clock.now())
    expand_all()
    return Counter(Notice.objects.filter(title__startswith=titles).values_list("inbox", flat=True))


@pytest.mark.django_db(transaction=True)
def test_nobody_sits_on_anothers_place_and_everybody_is_told_once(tmp_path: Path) -> None:
    starts_at = clock.now() + dt.timedelta(days=10)
    shift, people = open_shift(make_cast(), capacity=PLACES, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2)), crowd(PEOPLE)
    at_once("sign_up", [job(user, shift, uuid.uuid4()) for user in people], tmp_path)
    confirmed = list(Signup.objects.filter(shift=shift, status="confirmed"))
    line = list(WaitlistEntry.objects.filter(shift=shift).order_by("id"))
    assert (len(confirmed), len(line), counts(shift)) == (PLACES, PEOPLE - PLACES, (PLACES, 0, PEOPLE - PLACES))
    assert max(signup.created_at for signup in confirmed) <= line[0].joined_at
    assert told("报名成功") == Counter(signup.user_id for signup in confirmed)
    assert told("已排进候补") == Counter(entry.signup.user_id for entry in line if entry.signup)

    chance = random.Random(20)  # noqa: S311 - the same fifteen every time
    leaving = [signup for signup in chance.sample(confirmed, LEAVING) if signup.user]
    at_once("cancel", [job(signup.user, shift, signup.pk) for signup in leaving if signup.user], tmp_path)
    offers = list(Offer.objects.filter(shift=shift).order_by("id"))
    assert [offer.entry_id for offer in offers] == [entry.pk for entry in line[:LEAVING]]
    assert (counts(shift), replayed()) == ((PLACES - LEAVING, LEAVING, PEOPLE - PLACES - LEAVING), True)
    assert told("有名额了") == Counter(entry.signup.user_id for entry in line[:LEAVING] if entry.signup)
