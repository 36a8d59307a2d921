"""A teacher's post is changed while somebody taps in that name: the door does not wait for it."""

import uuid
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from backend.attendance.services import door
from backend.attendance.services.door import Tap
from backend.common import clock
from backend.homes.services import check_pin, end_post
from tests.support.cast import Cast, make_cast
from tests.support.together import together


def end(cast: Cast) -> None:
    end_post(post_id=cast.carer_post.pk, by=cast.manager)


def take_over(cast: Cast) -> None:
    check_pin(home_id=cast.sunshine.pk, post_id=cast.carer_post.pk, pin="0002", by=cast.manager)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [end, take_over])
def test_a_tap_goes_through_while_the_post_is_held(change: Callable[[Cast], None]) -> None:
    cast = make_cast()

    def arrive(post: int) -> str:
        tap = Tap(id=uuid.uuid4(), member=cast.zhiqiang.pk, kind="arrived", occurred_at=clock.now(), taken_by=post)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '1s'")
        try:
            return door.record_tap(tap, by=cast.colleague).effect
        finally:  # the connection goes back to a pool: whoever takes it next may wait as long as they like
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

    with transaction.atomic():
        change(cast)
        assert together(arrive, [cast.carer_post.pk]) == ["recorded"]
