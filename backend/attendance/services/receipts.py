"""What comes back from notifications: how the news of an event fares, and what families answer."""

import uuid
from collections.abc import Sequence

from backend.attendance import queries
from backend.attendance.models import AttendanceEvent, Board, DayStatus
from backend.attendance.services.board import publish
from backend.common import clock
from backend.homes.topics import home_topic
from backend.people.models import Relative
from notifications import outbox
from notifications.sender import Fate, Progress

# A later word only ever improves on an earlier one.
FATES: tuple[Fate, ...] = ("sent", "unreached", "told", "delivered", "seen")
# Answers that change something today, so that the staff are written to and not only shown a mark.
NEWS_TO_STAFF = frozenset({"late", "i_pick_up"})


def progressed(changes: Sequence[Progress]) -> None:
    """The tile shows it. Called inside the transaction of notifications; the boards are locked in order."""
    fates = {change.event: change.fate for change in changes}
    homes = DayStatus.objects.filter(news__in=fates).order_by().values_list("home", flat=True).distinct()
    list(Board.objects.select_for_update(no_key=True).filter(home__in=sorted(homes)).order_by("home"))
    for status in queries.with_faces(DayStatus.objects.filter(news__in=fates)).order_by("home", "member"):
        fate = fates[status.news] if status.news else "sent"
        if FATES.index(fate) > (FATES.index(status.notice) if status.notice in FATES else -1):
            status.notice = fate
            status.save(update_fields=["notice"])
            publish(status)


def replied(*, event: uuid.UUID, kind: str, user_id: int) -> None:
    """A family answered the news of this event with one tap. The staff hear of it even if the day has gone on since."""
    tapped = AttendanceEvent.objects.filter(pk=event).first()
    if tapped is None or not Relative.objects.filter(user=user_id, member=tapped.member_id, ended_at=None).exists():
        return
    list(Board.objects.select_for_update(no_key=True).filter(home=tapped.home_id))
    status = queries.with_faces(DayStatus.objects.filter(news=event)).first()
    if status is not None:
        status.reply = kind
        status.save(update_fields=["reply"])
        publish(status)
    if kind in NEWS_TO_STAFF:
        now = clock.now()
        params = {"answer": kind, "member": tapped.member_id, "user": user_id, "at": now.isoformat()}
        outbox.announce(topic=home_topic(tapped.home_id), kind="reply", due_at=clock.calm(now), event=event, params=params)
