"""Notices of corrections: to those who may answer one, and to those who wait for the answer."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.homes.topics import staff_thread
from backend.records.models import Correction
from backend.records.notices.records import RECORDS
from backend.records.rules import visible_records
from backend.volunteers.notices.letters import Content, letters, managers_of
from notifications.sender import Letter


def correction_letters(batch: Batch) -> Sequence[Letter]:
    """To who asked for it, if the record is still theirs to see, and to whose it is."""
    asked = Correction.objects.select_related("record__event", "asked_by").get(pk=batch.params["correction"])
    content = Content(
        kind="service_correction",
        tag=f"service-correction-{asked.pk}",
        title=f"{asked.record.event.title}：更正{'同意了' if asked.accepted else '没有同意'}",
        body=asked.record.reason if asked.accepted else asked.answer,
        link=f"{RECORDS}/{asked.record_id}",
    )
    sees = visible_records(asked.asked_by).filter(pk=asked.record_id).exists()
    return letters(batch, [asked.asked_by_id if sees else None, asked.record.user_id], content)


def correction_asked_letters(batch: Batch) -> Sequence[Letter]:
    """To the Home's managers who may answer it, while nobody has."""
    asked = Correction.objects.select_related("record__event").filter(pk=batch.params["correction"], answered_at=None).first()
    if asked is None:
        return []
    content = Content(
        kind="service_correction",
        tag=f"service-correction-{asked.pk}",
        title=f"{asked.record.event.title}：有人申请更正时长",
        body="请对一对时间，答复一声。",
        link="/service/home/corrections",
    )
    readers = {*managers_of(asked.record.home_id)} - {asked.asked_by_id, asked.record.user_id}
    return letters(batch, readers, content, thread=staff_thread(asked.record.home_id))
