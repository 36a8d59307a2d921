"""A wrong arrival that several taps stood for is corrected for whoever was told, whichever of the taps told them."""

import uuid

from django.db import transaction

from notifications import outbox
from notifications.models import Notice
from notifications.outbox import Letter
from tests.attendance.door import at, notices, tap, undo
from tests.support.cast import Cast


def test_both_taps_of_a_double_taken_back_are_corrected(cast: Cast) -> None:
    first = tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    second = tap(cast.zhiqiang, "arrived", "08:13", by=cast.colleague)
    undo(first, "08:14", by=cast.carer)
    assert len(notices(cast.mother)) == 1
    done = undo(second, "08:15", by=cast.colleague)
    assert (done.status.state, done.status.notice) == ("waiting", "sent")
    for told in (cast.mother, cast.sister):
        assert notices(told)[-1][:2] == (2, "更正：志强还没有到阳光家园")
    assert Notice.objects.filter(inbox=cast.mother.pk).values("tag").distinct().count() == 1


def test_a_tap_that_another_ones_news_told_of_is_corrected(cast: Cast) -> None:
    tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer)
    again = tap(cast.zhiqiang, "arrived", "08:30", by=cast.colleague)
    tap(cast.zhiqiang, "departed", "08:20", uploaded="08:31", by=cast.carer)
    assert notices(cast.mother)[-1][1] == "志强又到阳光家园"
    undo(again, "08:32", by=cast.colleague)
    assert notices(cast.mother)[-1][1] == "更正：志强已离开阳光家园"


def test_what_the_staff_were_written_about_it_does_not_name_the_correction(cast: Cast) -> None:
    wrong = uuid.uuid4()
    to_staff = Letter(
        to=cast.carer.pk,
        event=wrong,
        kind="reply",
        thread="home:1",
        tag="reply-1",
        title="志强妈妈：晚点到",
        body="",
        link="/",
        at=at("08:12"),
    )
    with transaction.atomic():
        outbox.notify([to_staff])
    undo(tap(cast.zhiqiang, "arrived", "08:12", by=cast.carer, id=wrong), "08:13", by=cast.carer)
    assert {notice.tag for notice in Notice.objects.filter(kind="correction")} == {f"door-{wrong}"}
