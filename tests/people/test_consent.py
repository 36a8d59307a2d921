"""肖像同意: two keys, four audiences, nothing ever rubbed out."""

from typing import Any

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from backend.accounts.models import User
from backend.people import rules
from backend.people.models import Consent, Member
from backend.people.services import unbind
from tests.support.cast import Cast
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def shown(user: User, member: Member) -> Any:
    answer = Phone(user).get(f"/api/members/{member.pk}/consent")
    assert answer.status_code == 200
    return answer.json()


def question(user: User, member: Member, audience: str) -> Any:
    return next(each for each in shown(user, member)["audiences"] if each["audience"] == audience)


def answer(user: User, member: Member, key: str, audience: str, *, yes: bool, **more: Any) -> Any:
    """As the phone does it: the sentence that was shown goes back with the answer."""
    asked = question(user, member, audience)
    body = {"key": key, "audience": audience, "yes": yes, "wording": asked["own" if key == "self" else key]["wording"], **more}
    return Phone(user).post(f"/api/members/{member.pk}/consent", body)


def allowed(user: User, member: Member) -> list[str]:
    return [each["audience"] for each in shown(user, member)["audiences"] if each["allowed"]]


def test_without_a_record_a_members_own_family_sees_them_and_nobody_else(cast: Cast) -> None:
    assert allowed(cast.mother, cast.zhiqiang) == ["family"]
    assert shown(cast.mother, cast.zhiqiang)["history"] == []


def test_both_keys_open_a_door(cast: Cast) -> None:
    assert answer(cast.carer, cast.zhiqiang, "self", "home", yes=True).status_code == 201
    assert allowed(cast.mother, cast.zhiqiang) == ["family"]
    opened = answer(cast.mother, cast.zhiqiang, "guardian", "home", yes=True)
    assert [each["audience"] for each in opened.json()["audiences"] if each["allowed"]] == ["family", "home"]


def test_the_members_own_no_wins(cast: Cast) -> None:
    for audience in ("family", "home"):
        answer(cast.mother, cast.zhiqiang, "guardian", audience, yes=True)
        answer(cast.carer, cast.zhiqiang, "self", audience, yes=True)
    answer(cast.carer, cast.zhiqiang, "self", "family", yes=False)
    answer(cast.colleague, cast.zhiqiang, "self", "home", yes=False)
    assert allowed(cast.carer, cast.zhiqiang) == []
    answer(cast.mother, cast.zhiqiang, "guardian", "home", yes=True)
    assert allowed(cast.carer, cast.zhiqiang) == []


def test_withdrawing_is_one_more_answer_and_the_old_ones_stay(cast: Cast, morning: time_machine.Traveller) -> None:
    answer(cast.carer, cast.zhiqiang, "guardian", "public", yes=True, on_paper=True)
    morning.shift(60)
    answer(cast.mother, cast.zhiqiang, "guardian", "public", yes=False)
    history = shown(cast.sister, cast.zhiqiang)["history"]
    sentence = "我同意家园公开志强的照片，比如用在宣传栏和公众号。"
    assert [(line["yes"], line["by"], line["on_paper"], line["wording"]) for line in history] == [
        (False, "母亲", False, sentence),
        (True, "陆老师", True, sentence),
    ]


def test_the_same_answer_again_adds_nothing(cast: Cast) -> None:
    for _ in range(2):
        assert answer(cast.mother, cast.zhiqiang, "guardian", "home", yes=True).status_code == 201
    assert Consent.objects.count() == 1


def test_what_was_read_must_be_what_is_asked(cast: Cast) -> None:
    refused = answer(cast.mother, cast.zhiqiang, "guardian", "home", yes=True, wording="随便")
    assert (refused.status_code, refused.json()["code"]) == (409, "reworded")
    assert Consent.objects.count() == 0


def test_who_may_ask_and_who_may_sign(cast: Cast) -> None:
    rights = {
        role: (shown(getattr(cast, role), cast.zhiqiang)["asks"], shown(getattr(cast, role), cast.zhiqiang)["signs"])
        for role in ("mother", "sister", "carer", "manager")
    }
    assert rights == {"mother": (False, True), "sister": (False, False), "carer": (True, False), "manager": (True, False)}


def test_the_guardian_signs_on_their_phone_and_another_relative_cannot(cast: Cast) -> None:
    refused = answer(cast.sister, cast.zhiqiang, "guardian", "home", yes=True)
    assert (refused.status_code, refused.json()["message"][:11]) == (404, "只有监护人能改照片同意")
    assert answer(cast.carer, cast.zhiqiang, "guardian", "home", yes=True).status_code == 404
    assert answer(cast.mother, cast.zhiqiang, "self", "home", yes=True).status_code == 404
    assert answer(cast.mother, cast.zhiqiang, "guardian", "home", yes=True, on_paper=True).status_code == 404
    assert answer(cast.carer, cast.zhiqiang, "self", "home", yes=True, on_paper=True).status_code == 422
    assert Consent.objects.count() == 0


def test_what_an_unbound_guardian_said_holds_and_keeps_their_name(cast: Cast) -> None:
    answer(cast.mother, cast.zhiqiang, "guardian", "family", yes=False)
    unbind(relative_id=cast.mother_link.pk, by=cast.carer)
    found = shown(cast.carer, cast.zhiqiang)
    assert ([line["by"] for line in found["history"]], allowed(cast.carer, cast.zhiqiang)) == (["母亲"], [])


def test_strangers_find_nobody(cast: Cast) -> None:
    for user in (cast.father, cast.charlie, cast.officer, cast.volunteer, cast.autumn_carer):
        assert Phone(user).get(f"/api/members/{cast.zhiqiang.pk}/consent").status_code == 404


def test_many_members_are_asked_for_at_once(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for member in (cast.zhiqiang, cast.xiaofang):
        for key in ("self", "guardian"):
            for yes in (False, True):
                facts = {"key": key, "audience": "home", "yes": yes, "at": cast.mother_link.since, "given_by": cast.carer}
                Consent.objects.create(member=member, **facts)
    with django_assert_num_queries(1):
        holds = rules.consents([cast.zhiqiang.pk, cast.xiaofang.pk, cast.lihua.pk])
    assert holds.agreed("home") == {cast.zhiqiang.pk, cast.xiaofang.pk}
    assert [holds.allows(cast.lihua.pk, audience) for audience in ("family", "home", "volunteers", "public")] == [True, False, False, False]
