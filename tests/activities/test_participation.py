"""Who took part, and what came of it."""

import pytest
import time_machine

from backend.activities.models import Participation, Session
from backend.activities.services import marks as marks_services
from backend.activities.services import planning
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from tests.activities.steps import TOMORROW, calendar, planned
from tests.attendance.door import at, tap
from tests.support.cast import Cast, member
from tests.support.phone import Phone

pytestmark = pytest.mark.usefixtures("morning")


def marks(session: Session) -> dict[str, str]:
    return dict(Participation.objects.filter(session=session).values_list("member__short_name", "state"))


def test_one_member_after_the_other(cast: Cast) -> None:
    session, phone = planned(cast), Phone(cast.carer)
    url = f"/api/calendar/sessions/{session.pk}/participation"
    for who, state in ((cast.zhiqiang, "joined"), (cast.xiaofang, "declined"), (cast.zhiqiang, "left_early")):
        assert phone.put(url, {"member": who.pk, "state": state}).status_code == 204
    assert marks(session) == {"志强": "left_early", "小芳": "declined"}
    phone.put(url, {"member": cast.xiaofang.pk})
    assert marks(session) == {"志强": "left_early"}
    assert calendar(cast.carer, cast.sunshine)["sessions"][0]["joined"] == 1


def test_a_guest_who_was_not_meant_took_part_all_the_same(cast: Cast) -> None:
    session = planned(cast, audience="named", members=[cast.zhiqiang.pk])
    marks_services.mark_participation(session_id=session.pk, member_id=cast.xiaofang.pk, state="joined", by=cast.carer)
    assert calendar(cast.father, cast.sunshine)["sessions"][0]["mine"][0] == {
        "member": cast.xiaofang.pk,
        "meant": False,
        "state": "joined",
    }


def test_one_tap_marks_everybody_who_is_in_the_house(cast: Cast, morning: time_machine.Traveller) -> None:
    """The absent are not said to sing; what was said of one of them before stays."""
    session, early = planned(cast), member(cast.sunshine, "早退")
    tap(cast.zhiqiang, "arrived", "08:00", by=cast.carer)
    tap(cast.xiaofang, "arrived", "08:01", by=cast.carer)
    tap(cast.lihua, "arrived", "08:02", by=cast.carer)  # not a day of 陈丽华, so not meant
    tap(early, "arrived", "08:03", by=cast.carer)
    tap(early, "departed", "09:00", by=cast.carer)
    morning.move_to(at("10:30"))
    marks_services.mark_participation(session_id=session.pk, member_id=cast.xiaofang.pk, state="declined", by=cast.carer)
    url = f"/api/calendar/sessions/{session.pk}/participation/present"
    assert [Phone(cast.carer).post(url).status_code for _ in range(2)] == [204, 204]
    assert marks(session) == {"志强": "joined", "小芳": "declined"}


def test_who_went_home_after_it_was_there(cast: Cast, morning: time_machine.Traveller) -> None:
    session = planned(cast)
    tap(cast.zhiqiang, "arrived", "08:00", by=cast.carer)
    tap(cast.zhiqiang, "departed", "16:30", by=cast.carer)
    morning.move_to(at("17:00"))
    Phone(cast.carer).post(f"/api/calendar/sessions/{session.pk}/participation/present")
    assert marks(session) == {"志强": "joined"}


def test_before_anybody_came_it_says_what_to_do(cast: Cast) -> None:
    answer = Phone(cast.carer).post(f"/api/calendar/sessions/{planned(cast).pk}/participation/present")
    assert (answer.status_code, answer.json()["message"]) == (409, "该参加的人还没有到，请先在门口点到。")


def test_a_harvest_has_its_baskets(cast: Cast) -> None:
    session = planned(cast, "采摘青菜", therapy="farm")
    body = {"text": "大丰收", "baskets": 2, "pieces": 120, "rank": 1}
    assert Phone(cast.carer).put(f"/api/calendar/sessions/{session.pk}/result", body).status_code == 204
    assert calendar(cast.mother, cast.sunshine)["sessions"][0]["result"] == body
    Phone(cast.carer).put(f"/api/calendar/sessions/{session.pk}/result", {})
    session.refresh_from_db()
    assert (session.result, session.baskets, session.sequence) == ("", None, 0)


def test_nothing_is_noted_before_its_day_or_of_what_did_not_take_place(cast: Cast) -> None:
    tomorrow, cancelled = planned(cast, on=TOMORROW), planned(cast, "串珠")
    planning.cancel_session(session_id=cancelled.pk, reason="", by=cast.carer)
    for session, says in ((tomorrow, "还没到那天"), (cancelled, "已经取消")):
        with pytest.raises(ConflictError, match=says):
            marks_services.mark_participation(session_id=session.pk, member_id=cast.zhiqiang.pk, state="joined", by=cast.carer)
        with pytest.raises(ConflictError, match=says):
            marks_services.note_result(session_id=session.pk, text="", baskets=1, pieces=None, rank=None, by=cast.carer)
    with pytest.raises(InvalidError, match="200"):
        marks_services.note_result(
            session_id=planned(cast, "合唱").pk, text="好" * 201, baskets=None, pieces=None, rank=None, by=cast.carer
        )


def test_members_of_another_home_are_not_there(cast: Cast) -> None:
    with pytest.raises(NotFoundError):
        marks_services.mark_participation(session_id=planned(cast).pk, member_id=cast.charlie_member.pk, state="joined", by=cast.carer)
