"""Numbers that only asked for a code do not stay."""

import datetime as dt

import time_machine

from backend.accounts import due
from backend.accounts.models import CodeRequest, User
from backend.common import clock
from notifications.models import PushSubscription
from tests.accounts.steps import ask, sign_in
from tests.attendance.door import DAY, at
from tests.notifications.phones import subscribe
from tests.support.cast import Cast
from tests.support.passing import pass_by
from tests.support.phone import Phone


def test_a_number_that_never_confirmed_is_gone_after_a_day(cast: Cast, morning: time_machine.Traveller) -> None:
    people = User.objects.count()
    ask(Phone(), "13911112222")
    sign_in("13911113333")
    pass_by(due.due, at("06:00", DAY + dt.timedelta(days=1)))
    assert User.objects.count() == people + 2

    pass_by(due.due, at("09:00", DAY + dt.timedelta(days=1)))

    assert User.objects.count() == people + 1
    assert User.objects.filter(phone="+8613911113333").exists()
    assert not CodeRequest.objects.exists()


def test_an_account_made_by_somebody_else_waits_for_its_owner(cast: Cast, morning: time_machine.Traveller) -> None:
    User.objects.filter(pk=cast.colleague.pk).update(confirmed_at=None)
    ask(Phone(), "13800000012")
    pass_by(due.due, at("09:00", DAY + dt.timedelta(days=30)))
    assert User.objects.filter(pk=cast.colleague.pk).exists()


def test_a_phone_long_pushed_to_no_more_is_forgotten(cast: Cast, morning: time_machine.Traveller) -> None:
    living, ended = subscribe(cast.mother), subscribe(cast.mother)
    PushSubscription.objects.filter(pk=ended.pk).update(ended_at=clock.now())
    pass_by(due.due, at("07:00", DAY + dt.timedelta(days=30)))
    assert PushSubscription.objects.count() == 2
    pass_by(due.due, at("09:00", DAY + dt.timedelta(days=30)))
    assert PushSubscription.objects.get() == living
