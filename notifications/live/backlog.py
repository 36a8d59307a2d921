"""Backlog: what those who (re)connect have missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from notifications.channels.live import text_of
from notifications.inbox import notices
from notifications.models import Inbox
from notifications.sender import sender


class Greeting(NamedTuple):
    """Who says hello, and the last number they have."""

    user_id: int
    after: int
    epoch: str


@dataclass(frozen=True, kw_only=True)
class Backlog:
    """`missed` are whole frames. The last of all, `ready`, says that there is no more and where things stand."""

    epoch: str
    latest: int
    topics: Sequence[str]
    missed: list[str]

    def ready(self, revs: dict[str, int]) -> str:
        return text_of({"type": "ready", "epoch": self.epoch, "latest": self.latest, "revs": revs})


def read(greetings: Sequence[Greeting]) -> list[Backlog]:
    """Read once the sockets are registered, so that what is committed meanwhile comes as a live frame.

    One query, and the sender's own; more only for those who missed something.
    """
    people = {each.user_id for each in greetings}
    boxes = {box.user_id: box for box in Inbox.objects.filter(user_id__in=people)}
    topics = sender().topics_of(people)
    return [_backlog(each, boxes.get(each.user_id), topics.get(each.user_id, ())) for each in greetings]


def _backlog(greeting: Greeting, found: Inbox | None, topics: Sequence[str]) -> Backlog:
    box = found or Inbox(user_id=greeting.user_id, epoch=greeting.epoch)
    continues = _can_continue(box, greeting)
    missed = _missed(box, greeting.after) if continues else [text_of({"type": "reread", "epoch": box.epoch})]
    return Backlog(epoch=box.epoch, latest=box.latest, topics=topics, missed=missed)


def _can_continue(box: Inbox, greeting: Greeting) -> bool:
    same = not greeting.epoch or greeting.epoch == box.epoch
    return same and box.oldest - 1 <= greeting.after <= box.latest and box.latest - greeting.after <= notices.MOST


def _missed(box: Inbox, after: int) -> list[str]:
    if after == box.latest:
        return []
    return [text_of(notices.message(item)) for item in notices.page(box.user_id, after=after).items]
