"""Background task that finds what got lost between processes: a lost frame looks like silence."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.utils import timezone

from notifications.channels import live
from notifications.ids import first_id_at
from notifications.inbox.notices import frame
from notifications.inbox.topics import revs
from notifications.live.hub import Hub
from notifications.models import Notice
from notifications.threads import Background

EVERY = 5.0
# Long enough for a commit that comes late.
LOOKS_BACK = dt.timedelta(seconds=30)


class GapCheck:
    """Phones ignore a number that they have, so saying a thing twice does no harm; here it is said once more at most."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._known: set[UUID] = set()
        self._revs: dict[str, int] = {}

    async def run(self, background: Background) -> None:
        await background.repeat(partial(self.check, background), every=EVERY)

    async def check(self, background: Background) -> None:
        users, topics = set(self._hub.users), list(self._hub.topics)
        if users:
            self._hub.arrive(await background.read(partial(self._read, users, topics)) or [])

    def _read(self, users: set[int], topics: Iterable[str]) -> list[live.Item]:
        recent = [notice for notice in Notice.objects.filter(pk__gte=first_id_at(timezone.now() - LOOKS_BACK)) if notice.inbox_id in users]
        new = [notice for notice in recent if notice.pk not in self._known]
        self._known = {notice.pk for notice in recent}
        now = revs(list(topics))
        # A topic met for the first time may have moved since its listeners were told where it stands.
        moved = [name for name, rev in now.items() if self._revs.get(name, 0) != rev]
        self._revs = now
        items: list[live.Item] = [frame(notice) for notice in new]
        return items + [live.to_topic(name, {"type": "rev", "topic": name, "rev": now[name]}) for name in moved]
