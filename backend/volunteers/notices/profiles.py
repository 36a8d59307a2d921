"""Notice to the volunteer: what became of a paper."""

from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.volunteers.models import Credential
from backend.volunteers.notices.letters import Content, letters
from notifications.sender import Letter


def credential_letters(batch: Batch) -> Sequence[Letter]:
    credential = Credential.objects.filter(pk=batch.params["credential"], state=batch.params["state"]).first()
    if credential is None:
        return []
    word = Credential.Kind(credential.kind).label
    checked = credential.state == Credential.State.CHECKED
    title = f"{word}核对好了" if checked else f"{word}没有通过"
    body = "可以报名需要它的岗位了。" if checked else f"{credential.reason}。"
    content = Content(kind="credential", tag=f"credential-{credential.pk}", title=title, body=body, link="/service/me")
    return letters(batch, [credential.user_id], content, credential=credential.pk)
