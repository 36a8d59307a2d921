"""The words of what a visit made: the record, the thanks, an answer. Nobody's name stands in them."""

from collections.abc import Callable, Sequence

from backend.volunteering.hours import spoken
from backend.volunteering.models import Certificate, Correction, Honour, ServiceRecord, Thanks
from backend.volunteering.notices.letters import Batch, Words, managers_of
from backend.volunteering.queries.afterwards import who_came
from backend.volunteering.rules import visible_records
from notifications.sender import Letter

RECORDS = "/service/records"


def record_letters(batch: Batch) -> Sequence[Letter]:
    """To each who was expected: what counts, and why. One letter, whatever number of shifts he had."""
    rows = ServiceRecord.objects.filter(event=batch.params["service"]).select_related("event").order_by("signup__shift__starts_at", "id")
    found: dict[int | None, list[ServiceRecord]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return [batch.letter(user, _counted(found[user]), at=found[user][0].made_at) for user in batch.readers(found)]


def _counted(records: list[ServiceRecord]) -> Words:
    minutes = sum((record.minutes for record in records), start=0)
    event = records[0].event
    return Words(
        kind="service_record",
        tag=f"service-record-{event.pk}",
        title=f"{event.title}：记了 {spoken(minutes)}" if minutes else f"{event.title}：没有计时长",
        body=" ".join(record.reason for record in records),
        link=f"{RECORDS}/{records[0].pk}" if len(records) == 1 else RECORDS,
    )


def thanks_letters(batch: Batch) -> Sequence[Letter]:
    """To all who came."""
    thanks = Thanks.objects.select_related("event__home").get(pk=batch.params["service"])
    came = who_came(thanks.pk).values_list("user", flat=True)
    words = Words(
        kind="service_thanks",
        tag=f"service-thanks-{thanks.pk}",
        title=f"{thanks.event.home.name}谢谢您",
        body=thanks.text,
        link=f"/service/{thanks.pk}/afterwards",
    )
    return [batch.letter(user, words, at=thanks.said_at) for user in batch.readers(came)]


def correction_letters(batch: Batch) -> Sequence[Letter]:
    """To who asked for it, if the record is still his to see, and to whose it is."""
    asked = Correction.objects.select_related("record__event", "asked_by").get(pk=batch.params["correction"])
    words = Words(
        kind="service_correction",
        tag=f"service-correction-{asked.pk}",
        title=f"{asked.record.event.title}：更正{'同意了' if asked.accepted else '没有同意'}",
        body=asked.record.reason if asked.accepted else asked.answer,
        link=f"{RECORDS}/{asked.record_id}",
    )
    sees = visible_records(asked.asked_by).filter(pk=asked.record_id).exists()
    return [batch.letter(user, words) for user in batch.readers([asked.asked_by_id if sees else None, asked.record.user_id])]


def asked_letters(batch: Batch) -> Sequence[Letter]:
    """To the Home's managers who may answer it, while nobody has."""
    asked = Correction.objects.select_related("record__event").filter(pk=batch.params["correction"], answered_at=None).first()
    if asked is None:
        return []
    words = Words(
        kind="service_correction",
        tag=f"service-correction-{asked.pk}",
        title=f"{asked.record.event.title}：有人申请更正时长",
        body="请对一对时间，答复一声。",
        link="/service/home/corrections",
    )
    readers = {*managers_of(asked.record.home_id)} - {asked.asked_by_id, asked.record.user_id}
    return [batch.letter(user, words, thread=f"home:{asked.record.home_id}") for user in batch.readers(readers)]


def honour_letters(batch: Batch) -> Sequence[Letter]:
    """To whose record it is, unless it was taken back meanwhile."""
    given = Honour.objects.select_related("record__home", "record__event").filter(pk=batch.params["honour"]).first()
    if given is None:
        return []
    words = Words(
        kind="service_honour",
        tag=f"service-honour-{given.pk}",
        title=f"{given.record.home.name}表彰您：{given.title}",
        body=f"{given.record.event.title}，谢谢您来。以后开的证明上会写。",
        link=f"{RECORDS}/{given.record_id}",
    )
    return [batch.letter(user, words) for user in batch.readers([given.record.user_id])]


def revoked_letters(batch: Batch) -> Sequence[Letter]:
    """To who asked for the certificate."""
    certificate = Certificate.objects.get(pk=batch.params["certificate"])
    words = Words(
        kind="certificate_revoked",
        tag=f"certificate-{certificate.pk}",
        title="一份志愿服务证明作废了",
        body=f"编号 {certificate.number}，原因：{certificate.reason}。可以重新开一份。",
        link="/certificates",
    )
    return [batch.letter(user, words) for user in batch.readers([certificate.issued_by_id])]


WHAT: dict[str, Callable[[Batch], Sequence[Letter]]] = {
    "record": record_letters,
    "thanks": thanks_letters,
    "correction": correction_letters,
    "correction_asked": asked_letters,
    "honour": honour_letters,
    "certificate": revoked_letters,
}
