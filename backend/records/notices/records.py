"""Notice to each who was expected: what counts, and why."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import dates
from backend.records.models import ServiceRecord
from backend.volunteers.notices.letters import Content, letter
from notifications.sender import Letter

RECORDS = "/service/records"


def record_letters(batch: Batch) -> Sequence[Letter]:
    """To each who was expected: what counts, and why. One letter, however many shifts they had."""
    rows = ServiceRecord.objects.filter(event=batch.params["service"]).select_related("event").order_by("signup__shift__starts_at", "id")
    found: dict[int | None, list[ServiceRecord]] = {}
    for row in rows:
        found.setdefault(row.user_id, []).append(row)
    return [letter(batch, user, _counted(found[user]), at=found[user][0].made_at) for user in batch.readers(found)]


def _counted(records: list[ServiceRecord]) -> Content:
    minutes = sum((record.minutes for record in records), start=0)
    event = records[0].event
    return Content(
        kind="service_record",
        tag=f"service-record-{event.pk}",
        title=f"{event.title}：记了 {dates.duration(minutes)}" if minutes else f"{event.title}：没有计时长",
        body=" ".join(record.reason for record in records),
        link=f"{RECORDS}/{records[0].pk}" if len(records) == 1 else RECORDS,
    )
