"""Notice to the coordinators: their organisation was verified."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.volunteers.models import Organisation
from backend.volunteers.notices.letters import Content, coordinators_of, letters
from notifications.sender import Letter


def organisation_letters(batch: Batch) -> Sequence[Letter]:
    """It was verified."""
    organisation = Organisation.objects.exclude(verified_at=None).filter(pk=batch.params["organisation"]).first()
    if organisation is None:
        return []
    link = f"/service/organisations/{organisation.pk}"
    title, body = f"{organisation.name}核实好了", "现在可以占团体名额。"
    content = Content(kind="organisation", tag=f"organisation-{organisation.pk}", title=title, body=body, link=link)
    return letters(batch, coordinators_of(organisation.pk), content, organisation=organisation.pk)
