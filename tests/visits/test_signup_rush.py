"""Two hundred people at once for twenty places, from two processes; then fifteen give theirs up at once."""

import datetime as dt
import random
import uuid
from collections import Counter
from pathlib import Path

import pytest

from backend.common import clock
from backend.visits.models import Offer, Signup, WaitlistEntry
from tests.support.cast import make_cast
from tests.visits.pair import job, pair
from tests.visits.steps import counts, open_shift
from tests.visits.test_offers import replayed
from tests.volunteers.steps import crowd, told_whom

PEOPLE, PLACES, LEAVING = 200, 20, 15


@pytest.mark.django_db(transaction=True)
def test_nobody_sits_on_anothers_place_and_everybody_is_told_once(tmp_path: Path) -> None:
    starts_at = clock.now() + dt.timedelta(days=10)
    shift, people = open_shift(make_cast(), capacity=PLACES, starts_at=starts_at, ends_at=starts_at + dt.timedelta(hours=2)), crowd(PEOPLE)
    with pair(tmp_path) as processes:
        come = [job("sign_up", user, {"signup_id": uuid.uuid4(), "event_id": shift.event_id}, shift_id=shift.pk) for user in people]
        processes.at_once(come)
        confirmed = list(Signup.objects.filter(shift=shift, status="confirmed"))
        line = list(WaitlistEntry.objects.filter(shift=shift).order_by("id"))
        assert (len(confirmed), len(line), counts(shift)) == (PLACES, PEOPLE - PLACES, (PLACES, 0, PEOPLE - PLACES))
        assert max(signup.created_at for signup in confirmed) <= line[0].joined_at
        assert line == sorted(line, key=lambda entry: entry.joined_at)
        assert told_whom("报名成功") == Counter(signup.user_id for signup in confirmed)
        assert told_whom("已排进候补") == Counter(entry.signup.user_id for entry in line if entry.signup)

        chance = random.Random(20)  # noqa: S311 - the same fifteen every time
        leaving = chance.sample(confirmed, LEAVING)
        processes.at_once([job("cancel_signup", each.user, {"signup_id": each.pk, "event_id": shift.event_id}) for each in leaving])
    offers = list(Offer.objects.filter(shift=shift).order_by("id"))
    assert [offer.entry_id for offer in offers] == [entry.pk for entry in line[:LEAVING]]
    assert (counts(shift), replayed()) == ((PLACES - LEAVING, LEAVING, PEOPLE - PLACES - LEAVING), True)
    assert told_whom("有名额了") == Counter(entry.signup.user_id for entry in line[:LEAVING] if entry.signup)
