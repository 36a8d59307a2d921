"""Whoever only asked for a code leaves a session that is soon gone."""

import datetime as dt

import pytest
import time_machine
from django.contrib.sessions.models import Session

from backend.common import clock
from tests.accounts.steps import ask, confirm
from tests.support.phone import Phone


@pytest.mark.django_db
def test_asking_is_kept_half_an_hour_and_signing_in_a_year(morning: time_machine.Traveller) -> None:
    phone = Phone()
    ask(phone, "13911112222")
    assert Session.objects.get(session_key=phone.session_key).expire_date == clock.now() + dt.timedelta(minutes=30)
    confirm(phone)
    assert Session.objects.get(session_key=phone.session_key).expire_date == clock.now() + dt.timedelta(days=365)
