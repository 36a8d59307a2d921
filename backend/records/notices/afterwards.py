"""Notice to all who came: the Home's thanks."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.records.models import Thanks
from backend.records.queries import afterwards as queries
from backend.volunteers.notices.letters import Content, letters
from notifications.sender import Letter


def thanks_letters(batch: Batch) -> Sequence[Letter]:
    """To all who came."""
    thanks = Thanks.objects.select_related("event__home").get(pk=batch.params["service"])
    came = queries.who_came(thanks.pk).values_list("user", flat=True)
    content = Content(
        kind="service_thanks",
        tag=f"service-thanks-{thanks.pk}",
        title=f"{thanks.event.home.name}谢谢您",
        body=thanks.text,
        link=f"/service/{thanks.pk}/afterwards",
    )
    return letters(batch, came, content, at=thanks.said_at)
