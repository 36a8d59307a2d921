"""A verb happens whole or not at all; one with an id from a phone begins again when it was taken meanwhile."""

import pytest
from django.db import IntegrityError

from backend.accounts.models import User
from backend.common import clock
from backend.common.verb import verb, verb_with_id

PHONE = "13800009999"


def join() -> User:
    return User.objects.create(phone=PHONE, joined_at=clock.now())


@pytest.mark.django_db
def test_what_was_refused_left_nothing() -> None:
    @verb
    def refuse() -> None:
        join()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        refuse()
    assert not User.objects.filter(phone=PHONE).exists()


@pytest.mark.django_db
def test_an_id_that_was_taken_meanwhile_is_found_at_the_second_try() -> None:
    tries: list[bool] = []

    @verb_with_id
    def joined() -> User:
        tries.append(User.objects.filter(phone=PHONE).exists())
        if len(tries) == 1:
            raise IntegrityError
        return join()

    assert joined().phone == PHONE
    assert tries == [False, False]


@pytest.mark.django_db
def test_an_id_that_stays_taken_is_told() -> None:
    join()
    with pytest.raises(IntegrityError):
        verb_with_id(join)()
    assert User.objects.filter(phone=PHONE).count() == 1
