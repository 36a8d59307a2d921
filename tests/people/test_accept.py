"""Yes, that is my family: once, by one phone."""

import threading
from typing import Any

import pytest
from django.db import connection

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError
from backend.homes.models import StaffPost
from backend.people import services
from backend.people.models import Relative
from notifications.models import Announcement
from tests.people.steps import accept, invite, look
from tests.support.cast import Cast, make_cast
from tests.support.phone import Phone


def test_whoever_accepts_is_bound_as_invited(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang, "哥哥", can_sign=True)["token"]

    answer = accept(Phone(cast.stranger), token)

    bound = Relative.objects.get(user=cast.stranger)
    assert answer.status_code == 201
    assert answer.json() == {"relative": bound.pk, "member": cast.zhiqiang.pk, "home": cast.sunshine.pk}
    assert (bound.member, bound.relation, bound.can_sign, bound.ended_at) == (cast.zhiqiang, "哥哥", True, None)


def test_from_then_on_the_relative_sees_the_members_day(cast: Cast) -> None:
    stranger = Phone(cast.stranger)
    day = f"/api/members/{cast.zhiqiang.pk}/day"
    assert stranger.get(day).status_code == 404
    accept(stranger, invite(cast.carer, cast.zhiqiang)["token"])
    assert stranger.get(day).status_code == 200


def test_the_same_phone_again_is_no_error_and_no_second_row(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    first, again = accept(Phone(cast.stranger), token), accept(Phone(cast.stranger), token)
    assert (again.status_code, again.json()) == (201, first.json())
    assert Announcement.objects.count() == 1


def test_a_second_phone_is_too_late(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    accept(Phone(cast.stranger), token)
    answer = accept(Phone(cast.volunteer), token)
    assert (answer.status_code, answer.json()["message"]) == (409, "这个邀请已经有人用过了，请老师再发一个。")
    assert not cast.volunteer.relatives.exists()


def test_somebody_already_bound_is_told_so_and_the_invitation_stays_good(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    answer = accept(Phone(cast.mother), token)
    assert (answer.status_code, answer.json()["code"], answer.json()["message"]) == (
        409,
        "already_bound",
        "您已经是志强的家属了，不用再绑定。",
    )
    assert accept(Phone(cast.stranger), token).status_code == 201


def test_after_an_unbinding_the_old_invitation_does_not_bind_again(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    bound = accept(Phone(cast.stranger), token).json()
    Phone(cast.carer).delete(f"/api/relatives/{bound['relative']}")
    assert accept(Phone(cast.stranger), token).status_code == 409
    assert accept(Phone(cast.stranger), invite(cast.carer, cast.zhiqiang)["token"]).status_code == 201


def test_an_invitation_that_was_taken_back_binds_nobody(cast: Cast) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    Phone(cast.carer).delete(f"/api/invitations/{made['id']}")
    answer = accept(Phone(cast.stranger), made["token"])
    assert (answer.status_code, answer.json()["message"]) == (409, "这个邀请已被老师撤回，请老师再发一个。")


def test_a_teacher_who_left_leaves_no_key_behind(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    StaffPost.objects.filter(pk=cast.carer_post.pk).update(ends_on=clock.today())
    for answer in (look(Phone(cast.stranger), token), accept(Phone(cast.stranger), token)):
        assert (answer.status_code, answer.json()["code"]) == (409, "revoked")


def test_a_used_invitation_cannot_be_taken_back(cast: Cast) -> None:
    made = invite(cast.carer, cast.zhiqiang)
    accept(Phone(cast.stranger), made["token"])
    assert Phone(cast.carer).delete(f"/api/invitations/{made['id']}").status_code == 409


def test_a_forged_page_binds_nobody(cast: Cast) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    assert accept(Phone(cast.stranger, csrf=False), token).status_code == 403
    assert not cast.stranger.relatives.exists()


def race(*verbs: tuple[User, str]) -> list[str]:
    """Everybody accepts at the same moment, each on their own connection."""
    start, outcomes = threading.Barrier(len(verbs)), []

    def run(user: User, token: str) -> None:
        start.wait()
        try:
            services.accept(token=token, by=user)
            outcomes.append("bound")
        except ConflictError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=verb) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
def test_of_two_phones_at_once_exactly_one_is_bound() -> None:
    cast: Any = make_cast()
    for _ in range(5):
        token = invite(cast.carer, cast.zhiqiang)["token"]
        assert race((cast.stranger, token), (cast.volunteer, token)) == ["bound", "used"]
        Relative.objects.filter(user__in=[cast.stranger, cast.volunteer]).delete()


@pytest.mark.django_db(transaction=True)
def test_two_invitations_taken_by_one_person_at_once_bind_them_once() -> None:
    cast: Any = make_cast()
    tokens = [invite(cast.carer, cast.zhiqiang)["token"] for _ in range(2)]
    assert race((cast.stranger, tokens[0]), (cast.stranger, tokens[1])) == ["already_bound", "bound"]
