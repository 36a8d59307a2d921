"""Notice to whoever got an honour."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.records.models import Honour
from backend.records.notices.records import RECORDS
from backend.volunteers.notices.letters import Content, letters
from notifications.sender import Letter


def honour_letters(batch: Batch) -> Sequence[Letter]:
    """To whose record it is, unless it was taken back meanwhile."""
    given = Honour.objects.select_related("record__home", "record__event").filter(pk=batch.params["honour"]).first()
    if given is None:
        return []
    content = Content(
        kind="service_honour",
        tag=f"service-honour-{given.pk}",
        title=f"{given.record.home.name}表彰您：{given.title}",
        body=f"{given.record.event.title}，谢谢您来。以后开的证明上会写。",
        link=f"{RECORDS}/{given.record_id}",
    )
    return letters(batch, [given.record.user_id], content)
