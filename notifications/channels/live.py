"""The first rung: whoever has the app open hears at once. It leaves no Delivery; the receipt says whether it arrived."""

from collections.abc import Iterable

from notifications.live import frames
from notifications.live.hub import Item
from notifications.models import Notice


class Live:
    name = "live"

    def frames(self, notices: Iterable[Notice]) -> list[Item]:
        return [("user", notice.inbox_id, frames.notice_text(frames.shape(notice))) for notice in notices]
