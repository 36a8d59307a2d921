"""Notice to whoever asked for a certificate that was revoked."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.records.models import Certificate
from backend.volunteers.notices.letters import Content, letters
from notifications.sender import Letter


def certificate_letters(batch: Batch) -> Sequence[Letter]:
    """To who asked for the certificate."""
    certificate = Certificate.objects.get(pk=batch.params["certificate"])
    content = Content(
        kind="certificate_revoked",
        tag=f"certificate-{certificate.pk}",
        title="一份志愿服务证明作废了",
        body=f"编号 {certificate.number}，原因：{certificate.reason}。可以重新开一份。",
        link="/certificates",
    )
    return letters(batch, [certificate.issued_by_id], content)
