"""What remains of a visit: numbers for everybody who had to do with it, words for the Home."""

import uuid
from typing import Any

from django.db.models import Q

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.homes.rules import staff_homes
from backend.volunteering.models import Feedback, MemberOpinion, ServiceEvent, ServiceRecord, Thanks
from backend.volunteering.queries.daybook import confirmed, led_signups


def afterwards(user: User, event_id: uuid.UUID) -> dict[str, Any]:
    """For its staff, for who was expected, and for their coordinators. Volunteers' words are for the Home, members' thumbs are counted."""
    event = ServiceEvent.objects.select_related("home").filter(pk=event_id, opened_at__isnull=False).first()
    staff = event is not None and staff_homes(user).filter(pk=event.home_id).exists()
    mine = confirmed().filter(user=user, shift__event=event)
    if event is None or not (staff or mine.exists() or led_signups(user).filter(shift__event=event).exists()):
        raise NotFoundError
    thanks = Thanks.objects.filter(event=event).first()
    opinions = list(MemberOpinion.objects.filter(event=event).values_list("member", "liked"))
    feedback = Feedback.objects.filter(signup__shift__event=event).select_related("signup").order_by("said_at")
    if not staff:
        feedback = feedback.filter(Q(signup__user=user))
    came = ServiceRecord.objects.filter(event=event, no_show=False)
    return {
        "event": event.pk,
        "title": event.title,
        "home": event.home,
        "came": came.count(),
        "minutes": sum(came.values_list("minutes", flat=True), start=0),
        "thanks": {"text": thanks.text, "post": thanks.post, "at": thanks.said_at} if thanks else None,
        "liked": sum((liked for _, liked in opinions), start=0),
        "disliked": sum((not liked for _, liked in opinions), start=0),
        "opinions": [{"member": member, "liked": liked} for member, liked in opinions] if staff else [],
        "feedback": [
            {"name": row.signup.name, "again": row.again, "text": row.text, "said_at": row.said_at, "mine": row.signup.user_id == user.pk}
            for row in feedback
        ],
    }
