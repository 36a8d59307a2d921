"""How the news fares comes back to the tile, and what the family answered."""

import time_machine

from backend.attendance.models import DayStatus
from backend.attendance.services import receipts
from notifications import outbox
from notifications.inbox.receipts import reply
from notifications.models import Announcement, Notice
from tests.attendance.door import at, tap
from tests.support.cast import Cast


def tile(cast: Cast) -> tuple[str, str]:
    status = DayStatus.objects.get(member=cast.zhiqiang)
    return status.notice, status.reply


def test_the_first_phone_that_has_it_turns_the_tile(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    with time_machine.travel(at("08:12"), tick=False):
        outbox.mark_received(event=done.event.id, state="delivered")
    assert tile(cast) == ("delivered", "")
    assert outbox.rev(f"home:{cast.sunshine.id}") == done.rev + 1


def test_seen_is_more_than_delivered_and_never_goes_back(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    outbox.mark_received(event=done.event.id, state="seen")
    outbox.mark_received(event=done.event.id, state="delivered")
    assert tile(cast) == ("seen", "")


def test_old_news_does_not_mark_the_new(cast: Cast) -> None:
    arrived = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    tap(cast.zhiqiang, "departed", "16:31", by=cast.carer, mode="relative")
    outbox.mark_received(event=arrived.event.id, state="seen")
    assert tile(cast) == ("sent", "")


def test_an_answer_shows_on_the_tile_and_writes_to_nobody(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    reply(notice=Notice.objects.get(inbox=cast.mother.pk), kind="ack")
    assert tile(cast) == ("seen", "ack")
    assert not Announcement.objects.exists()


def test_an_answer_that_changes_the_day_is_written_to_the_staff(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    reply(notice=Notice.objects.get(inbox=cast.mother.pk), kind="i_pick_up")
    (row,) = Announcement.objects.all()
    assert (row.topic, row.kind, row.params["answer"]) == (f"home:{cast.sunshine.id}", "reply", "i_pick_up")


def test_an_answer_to_earlier_news_reaches_the_staff_and_leaves_the_tile_alone(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    tap(cast.zhiqiang, "departed", "10:00", by=cast.carer, mode="relative")
    tap(cast.zhiqiang, "arrived", "11:00", by=cast.carer)
    reply(notice=Notice.objects.filter(inbox=cast.mother.pk).earliest("seq"), kind="i_pick_up")
    assert tile(cast) == ("sent", "")
    assert Announcement.objects.get().params["answer"] == "i_pick_up"


def test_only_a_relative_answers_for_the_family(cast: Cast) -> None:
    done = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    receipts.replied(event=done.event.id, kind="i_pick_up", user_id=cast.carer.pk)
    assert tile(cast) == ("sent", "")
    assert not Announcement.objects.exists()
