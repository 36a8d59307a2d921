"""What somebody who (re)connects has missed."""

from dataclasses import dataclass

from notifications import frames, inbox
from notifications.models import Inbox
from notifications.sender import sender


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """`missed` are whole frames. The last of all, `ready`, says that there is no more and where things stand."""

    epoch: str
    latest: int
    topics: list[str]
    missed: list[str]

    def ready(self, revs: dict[str, int]) -> str:
        return frames.text_of({"type": "ready", "epoch": self.epoch, "latest": self.latest, "revs": revs})


def read(user_id: int, *, after: int, epoch: str) -> Backlog:
    """Read once the socket is registered, so that what is committed meanwhile comes as a live frame."""
    box = Inbox.objects.filter(user_id=user_id).first() or Inbox(user_id=user_id, epoch=epoch)
    missed = _missed(box, after) if _can_go_on(box, after, epoch) else [frames.text_of({"type": "reread", "epoch": box.epoch})]
    return Backlog(epoch=box.epoch, latest=box.latest, topics=list(sender().topics_of(user_id)), missed=missed)


def _can_go_on(box: Inbox, after: int, epoch: str) -> bool:
    same = not epoch or epoch == box.epoch
    return same and box.oldest - 1 <= after <= box.latest and box.latest - after <= inbox.MOST


def _missed(box: Inbox, after: int) -> list[str]:
    if after == box.latest:
        return []
    return [frames.notice_text(item) for item in inbox.page(box.user_id, after=after).items]
