"""People and groups in any order, through the real verbs and the real scheduler: the counts hold, and the log explains itself."""

import datetime as dt
import random
import uuid
from collections.abc import Callable
from typing import TypeVar

import pytest
import time_machine
from django.db.models import Model, QuerySet

from backend.common import clock
from backend.common.errors import NotFoundError, RefusedError
from backend.visits.due import due
from backend.visits.models import GroupBooking, Shift, Signup, WaitlistEntry
from backend.visits.services import bookings, signups
from backend.volunteers.models import Organisation
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.visits.steps import counts, hold, open_shift, sign
from tests.visits.truth import check_log
from tests.volunteers.steps import crowd, organisation

pytestmark = pytest.mark.usefixtures("morning")

STEPS = 60
Row = TypeVar("Row", bound=Model)


class Walk:
    """Each step is somebody's tap, which may be refused, or some hours that pass."""

    def __init__(self, shift: Shift, seed: int, morning: time_machine.Traveller) -> None:
        self.shift, self.chance, self.morning = shift, random.Random(seed), morning  # noqa: S311 - a walk, not a secret
        self.people = crowd(12)
        self.groups: list[Organisation] = [organisation(f"单位{user.name}", user) for user in crowd(4, first=100)]

    def step(self) -> None:
        taps: list[Callable[[], object]] = [self.join, self.join, self.book, self.cancel, self.cancel, self.accept, self.drop, self.name]
        try:
            self.chance.choice([*taps, self.wait])()
        except RefusedError:
            return

    def join(self) -> None:
        sign(self.chance.choice(self.people), self.shift, companions=self.chance.choice((0, 0, 1)))

    def book(self) -> None:
        group, places = self.chance.choice(self.groups), self.chance.randint(2, 5)
        hold(group.created_by, group, self.shift, places, minimum=self.chance.randint(1, places))

    def cancel(self) -> None:
        signup = self.one(Signup.objects.filter(shift=self.shift, status__in=Signup.ACTIVE))
        signups.cancel_signup(signup_id=signup.pk, event_id=self.shift.event_id, reason="有事", by=signup.user or signup.created_by)

    def accept(self) -> None:
        entry = self.one(WaitlistEntry.objects.filter(shift=self.shift, state="offered"))
        if entry.booking is not None:
            bookings.accept_group_offer(booking_id=entry.booking.pk, by=entry.booking.created_by)
        elif entry.signup is not None and entry.signup.user is not None:
            signups.accept_offer(signup_id=entry.signup.pk, by=entry.signup.user)

    def drop(self) -> None:
        booking = self.one(GroupBooking.objects.filter(shift=self.shift, status__in=("held", "waitlisted", "offered")))
        bookings.cancel_booking(booking_id=booking.pk, reason="有事", by=booking.created_by)

    def name(self) -> None:
        booking = self.one(GroupBooking.objects.filter(shift=self.shift, status="held"))
        bookings.name_seat(booking_id=booking.pk, signup_id=uuid.uuid4(), user_id=None, name="孙海峰", by=booking.created_by)

    def wait(self) -> None:
        self.morning.shift(dt.timedelta(hours=self.chance.choice((1, 6, 12))))
        pass_by(due, clock.now())

    def one(self, rows: QuerySet[Row]) -> Row:
        found = list(rows.order_by("pk"))
        if not found:
            raise NotFoundError
        return self.chance.choice(found)


@pytest.mark.parametrize("seed", range(4))
def test_the_counts_hold_and_every_decision_follows_from_the_log(cast: Cast, morning: time_machine.Traveller, seed: int) -> None:
    walk = Walk(open_shift(cast, capacity=5), seed, morning)
    for _ in range(STEPS):
        walk.step()
        taken, offered, _ = counts(walk.shift)
        assert taken + offered <= walk.shift.capacity
    check_log(walk.shift)
