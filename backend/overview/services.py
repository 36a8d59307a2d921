"""The few verbs that need siblings side by side."""

import uuid

from django.db.models import Q

from backend.accounts.models import User
from backend.activities.queries import audience
from backend.activities.services import marks
from backend.attendance.models import DayStatus
from backend.common import clock
from backend.common.errors import ConflictError
from backend.common.verb import verb
from backend.moments.services import posts
from backend.records.services import afterwards
from backend.visits.rules import staffed_event

State = DayStatus.State


@verb
def mark_all_present(*, session_id: int, by: User) -> None:
    """One tap: of those meant, whoever came through the door before it was over and had not left when it began."""
    session = marks.begun_session(session_id, by=by)
    came = DayStatus.objects.filter(home=session.home_id, date=clock.local_date(session.starts_at), arrived_at__lt=session.ends_at)
    stayed = came.filter(Q(state=State.PRESENT) | Q(state=State.DEPARTED, since__gt=session.starts_at))
    present = set(stayed.values_list("member", flat=True)) & audience.meant([session])[session.pk]
    if not present:
        raise ConflictError("该参加的人还没有到，请先在门口点到。")
    marks.mark_joined(session_id=session.pk, member_ids=present, by=by)


@verb
def thank(*, event_id: uuid.UUID, text: str, post: uuid.UUID | None, by: User) -> None:
    """With an album, whoever came sees its photos from now on, as far as the members in them agreed to that."""
    event = staffed_event(by, event_id)
    if post is not None:
        posts.open_album(post_id=post, home_id=event.home_id, by=by)
    afterwards.thank(event_id=event_id, text=text, post=post, by=by)
