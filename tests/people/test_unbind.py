"""The end of a bond: from the commit on that person gets and sees nothing."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from backend.accounts.models import Device
from backend.common import clock
from backend.people import services
from backend.people.queries import active_relatives
from notifications import outbox
from notifications.models import Inbox, Notice
from notifications.sender import Letter
from tests.support.cast import Cast, make_cast, relative
from tests.support.phone import Phone


def letter_to(user_id: int, thread: str) -> Letter:
    return Letter(
        to=user_id, kind="arrived", event=uuid.uuid4(), thread=thread, tag="t", title="志强已到", body="", link="/", at=clock.now()
    )


def write_to(user_id: int, thread: str) -> None:
    with transaction.atomic():
        outbox.notify([letter_to(user_id, thread)])


def test_staff_unbind_and_the_person_sees_nothing_more(cast: Cast) -> None:
    write_to(cast.mother.pk, f"member:{cast.zhiqiang.pk}:{cast.sunshine.pk}")
    epoch = Inbox.objects.get(user=cast.mother).epoch
    mother = Phone(cast.mother)

    assert Phone(cast.colleague).delete(f"/api/relatives/{cast.mother_link.pk}").status_code == 204

    assert [mother.get(f"/api/members/{cast.zhiqiang.pk}/{what}").status_code for what in ("day", "watchers")] == [404, 404]
    assert mother.get("/api/me").json()["relatives"] == []
    assert mother.get("/api/notices?after=0").json()["items"] == [{"seq": 1, "withheld": True}]
    assert Inbox.objects.get(user=cast.mother).epoch != epoch
    cast.mother_link.refresh_from_db()
    assert cast.mother_link.ended_by == cast.colleague


def test_notices_about_others_stay(cast: Cast) -> None:
    relative(cast.mother, cast.xiaofang, "姨妈")
    write_to(cast.mother.pk, f"member:{cast.xiaofang.pk}:{cast.sunshine.pk}")
    Phone(cast.carer).delete(f"/api/relatives/{cast.mother_link.pk}")
    assert Notice.objects.get().withheld_at is None


def test_a_relative_may_leave(cast: Cast) -> None:
    assert Phone(cast.sister).delete(f"/api/relatives/{cast.sister_link.pk}").status_code == 204
    assert Phone(cast.sister).get(f"/api/members/{cast.zhiqiang.pk}/day").status_code == 404


@pytest.mark.parametrize("who", ["sister", "father", "officer", "autumn_carer", "stranger", "charlie"])
def test_nobody_else_unbinds(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).delete(f"/api/relatives/{cast.mother_link.pk}").status_code == 404
    cast.mother_link.refresh_from_db()
    assert cast.mother_link.ended_at is None


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_is_just_being_written_is_withheld_as_well() -> None:
    """A tap has read whom to tell and has not committed yet."""
    cast = make_cast()
    reading, unbound = threading.Event(), threading.Event()

    def tap() -> None:
        with transaction.atomic():
            readers = [relative.user_id for relative in active_relatives(cast.xiaofang)]
            reading.set()
            unbound.wait(0.5)  # in vain: the unbinding waits for us
            outbox.notify([letter_to(user_id, f"member:{cast.xiaofang.pk}:{cast.sunshine.pk}") for user_id in readers])
        connection.close()

    thread = threading.Thread(target=tap)
    thread.start()
    reading.wait(5)
    services.unbind(relative_id=cast.father_link.pk, by=cast.carer)
    unbound.set()
    thread.join()

    assert [notice.withheld_at is not None for notice in Notice.objects.all()] == [True]


def test_a_bond_ends_once(cast: Cast) -> None:
    carer = Phone(cast.carer)
    assert [carer.delete(f"/api/relatives/{cast.mother_link.pk}").status_code for _ in range(2)] == [204, 404]


def test_staff_who_know_a_held_relative_let_them_in(cast: Cast) -> None:
    phone = Phone(cast.mother)
    Device.objects.update(held_at=clock.now())
    member = f"/api/members/{cast.zhiqiang.pk}"
    assert [row["held"] for row in Phone(cast.carer).get(member).json()["relatives"]] == [True, False]

    assert Phone(cast.carer).post(f"/api/relatives/{cast.mother_link.pk}/confirm").status_code == 204

    assert phone.get(f"{member}/day").status_code == 200
    assert [row["held"] for row in Phone(cast.carer).get(member).json()["relatives"]] == [False, False]


@pytest.mark.parametrize("who", ["sister", "autumn_carer", "officer", "stranger"])
def test_nobody_else_lets_the_relative_in(cast: Cast, who: str) -> None:
    assert Phone(getattr(cast, who)).post(f"/api/relatives/{cast.mother_link.pk}/confirm").status_code == 404


def test_a_teacher_cannot_confirm_their_own_link(cast: Cast) -> None:
    link = relative(cast.carer, cast.zhiqiang, "姑姑")
    assert Phone(cast.carer).post(f"/api/relatives/{link.pk}/confirm").status_code == 404
