"""Groups and people alone, all at once and from two processes: they come, give up, are asked and answer, while days pass."""

import datetime as dt
import random
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from backend.common import clock
from backend.visits.due import due
from backend.visits.models import GroupBooking, Offer, Signup, WaitlistEntry
from tests.support.cast import make_cast
from tests.support.passing import pass_by
from tests.visits.pair import Job, job, pair
from tests.visits.steps import counts, open_shift
from tests.visits.truth import check_log
from tests.volunteers.steps import crowd, organisation, told_whom

PLACES, GROUPS, SINGLES = 20, 40, 30
# An offer holds for a day, places for a group that does not fit for two.
PAUSES = (3, 49) * 5


class Crowd:
    """Groups of two to six and people alone, who come, cancel, say yes or no at once; between that time passes."""

    def __init__(self) -> None:
        self.chance = random.Random(4)  # noqa: S311 - the same crowd every time
        self.now = clock.now()
        starts_at = self.now + dt.timedelta(days=30)
        self.shift = open_shift(make_cast(), capacity=PLACES, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2))
        self.groups = [organisation(f"单位{number}", user) for number, user in enumerate(crowd(GROUPS, first=1000))]
        self.singles = crowd(SINGLES)

    def coming(self) -> list[Job]:
        event, shift = self.shift.event_id, self.shift.pk
        jobs = [job("sign_up", user, {"signup_id": uuid.uuid4(), "event_id": event}, at=self.now, shift_id=shift) for user in self.singles]
        for group in self.groups:
            ids, places = {"booking_id": uuid.uuid4(), "event_id": event}, self.chance.randint(2, 6)
            facts = {"organisation_id": group.pk, "places": places, "minimum": self.chance.randint(2, places)}
            jobs.append(job("book", group.created_by, ids, at=self.now, shift_id=shift, **facts))
        return self.chance.sample(jobs, len(jobs))

    def changing_their_minds(self) -> list[Job]:
        """A few who have places, and each who is asked; some of these answer by giving up, some not at all."""
        signups, bookings = self.shift.signups.filter(booking=None), self.shift.bookings.all()
        jobs = [self._leave(each) for each in self._few([*signups.filter(status="confirmed"), *bookings.filter(status="held")], most=2)]
        asked = self._few([*signups.filter(status="offered"), *bookings.filter(status="offered")], most=4)
        return jobs + [self.chance.choice([self._agree, self._agree, self._leave])(each) for each in asked]

    def _few(self, some: list[Any], *, most: int) -> list[Any]:
        return self.chance.sample(some, min(most, len(some)))

    def _agree(self, asked: Signup | GroupBooking) -> Job:
        if isinstance(asked, Signup):
            return job("accept_offer", asked.user, {"signup_id": asked.pk}, at=self.now)
        return job("accept_group_offer", asked.created_by, {"booking_id": asked.pk}, at=self.now)

    def _leave(self, one: Signup | GroupBooking) -> Job:
        if isinstance(one, Signup):
            return job("cancel_signup", one.user, {"signup_id": one.pk, "event_id": self.shift.event_id}, at=self.now, reason="有事")
        return job("cancel_booking", one.created_by, {"booking_id": one.pk}, at=self.now, reason="有事")

    def pass_by(self, hours: int) -> None:
        self.now += dt.timedelta(hours=hours)
        with clock.moved_to(self.now):
            pass_by(due, self.now)

    def check(self) -> None:
        taken, offered, _ = counts(self.shift)
        assert taken + offered <= PLACES
        assert not self.shift.bookings.filter(status="held", held__lt=F("minimum")).exists()
        offers = Offer.objects.filter(shift=self.shift).select_related("entry__signup", "entry__booking")
        assert told_whom("有名额了") == Counter(reader(offer.entry) for offer in offers)


def reader(entry: WaitlistEntry) -> int | None:
    return entry.booking.created_by_id if entry.booking else entry.signup.user_id if entry.signup else None


@pytest.mark.django_db(transaction=True)
def test_with_groups_no_seat_is_given_twice_nobody_starves_and_every_sentence_is_true(tmp_path: Path) -> None:
    people = Crowd()
    with pair(tmp_path) as processes:
        processes.at_once(people.coming())
        people.check()
        line = list(people.shift.entries.select_related("signup", "booking"))
        confirmed, held = people.shift.signups.filter(status="confirmed"), people.shift.bookings.filter(status="held")
        assert len(line) + confirmed.count() + held.count() == GROUPS + SINGLES
        assert told_whom("已排进候补") == Counter(reader(entry) for entry in line)
        assert told_whom("报名成功") == Counter(confirmed.values_list("user", flat=True))
        assert told_whom("占了") == Counter(held.values_list("created_by", flat=True))
        for hours in PAUSES:
            processes.at_once(people.changing_their_minds())
            people.check()
            people.pass_by(hours)
            people.check()
    assert {"offer", "hold"} <= {decision.kind for decision in check_log(people.shift)}
