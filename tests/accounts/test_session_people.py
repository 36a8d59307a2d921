"""A socket's cookie says who it is exactly as a request's would."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import Device, User
from backend.accounts.sessions import session_people, still_open
from backend.common import clock
from tests.support.cast import Cast
from tests.support.phone import Phone


def test_one_query_knows_all_who_are_signed_in(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    mother, carer = Phone(cast.mother).session_key, Phone(cast.carer).session_key
    with django_assert_num_queries(1):
        assert session_people([mother]) == {mother: cast.mother.pk}
    with django_assert_num_queries(1):
        assert session_people([mother, carer]) == {mother: cast.mother.pk, carer: cast.carer.pk}


def sign_out(phone: Phone) -> None:
    Session.objects.filter(session_key=phone.session_key).delete()


def hold(phone: Phone) -> None:
    Device.objects.filter(session_key=phone.session_key).update(held_at=clock.now())


def lock_out(phone: Phone) -> None:
    del phone
    User.objects.update(is_active=False)


def change_the_secret(phone: Phone) -> None:
    del phone
    User.objects.update(password="!another")


def borrow(phone: Phone) -> None:
    """The device row points at somebody else than the session does."""
    Device.objects.filter(session_key=phone.session_key).update(user=User.objects.exclude(devices__session_key=phone.session_key).first())


@pytest.mark.parametrize("happens", [sign_out, hold, lock_out, change_the_secret])
def test_whoever_may_not_come_in_is_nobody(cast: Cast, happens: Callable[[Phone], None]) -> None:
    phone = Phone(cast.mother)
    assert session_people([phone.session_key]) == {phone.session_key: cast.mother.pk}
    happens(phone)
    key = phone.session_key
    assert session_people([key]) == {}
    assert phone.get("/api/notices").status_code == 401


@pytest.mark.parametrize("happens", [sign_out, hold, lock_out])
def test_of_many_those_are_found_that_may_still_come_in(cast: Cast, happens: Callable[[Phone], None]) -> None:
    phone, another = Phone(cast.mother), Phone(cast.carer)
    keys = {phone.session_key, another.session_key}
    assert still_open(keys | {"made up"}) == keys
    key = phone.session_key
    happens(phone)
    assert key not in still_open(keys)


def test_the_session_and_not_the_device_says_who_it_is(cast: Cast) -> None:
    User.objects.update(password="!the same")
    phone = Phone(User.objects.get(pk=cast.mother.pk))
    borrow(phone)
    assert session_people([phone.session_key]) == {phone.session_key: cast.mother.pk}


def test_a_session_without_a_device_row_is_asked_the_long_way(cast: Cast) -> None:
    phone = Phone(cast.mother)
    Device.objects.all().delete()
    assert session_people([phone.session_key]) == {phone.session_key: cast.mother.pk}


def test_a_session_ends_with_its_time(cast: Cast, morning: time_machine.Traveller) -> None:
    phone = Phone(cast.mother)
    morning.shift(dt.timedelta(days=366))
    assert session_people([phone.session_key]) == {}
    assert still_open({phone.session_key}) == set()


@pytest.mark.parametrize("key", ["x", "0" * 32, "a session key", "'; DROP TABLE accounts_user; --"])
def test_a_made_up_key_is_nobody(cast: Cast, key: str) -> None:
    assert session_people([key]) == {}


def test_one_of_many_who_may_not_come_in_keeps_nobody_out(cast: Cast) -> None:
    mother, carer = Phone(cast.mother), Phone(cast.carer)
    known = carer.session_key
    borrow(mother)
    Session.objects.filter(session_key=mother.session_key).update(session_data="garbled")
    assert session_people([mother.session_key, "made up", known]) == {known: cast.carer.pk}


def test_what_no_session_is_called_is_nobody_and_stands_in_nobody_s_way(cast: Cast) -> None:
    """PostgreSQL refuses a NUL, which a cookie may say as an octal escape; sockets that come at once are asked about together."""
    key = Phone(cast.mother).session_key
    assert session_people({key, "\0" + key[1:]}) == {key: cast.mother.pk}
    phone = Phone()
    phone.cookies.load(f'{settings.SESSION_COOKIE_NAME}="\\000{key[1:]}"')
    assert phone.get("/api/me").status_code == 401
