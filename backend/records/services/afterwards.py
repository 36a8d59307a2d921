"""After a visit: the Home's thanks, the members' own thumbs, what volunteers say."""

import uuid

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError
from backend.common.found import require
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.models import Home
from backend.people.rules import placed
from backend.records.models import Feedback, MemberOpinion, Thanks
from backend.records.queries import checkins
from backend.visits.models import ServiceEvent
from backend.visits.rules import staffed_event
from backend.volunteers.services.announcements import announce

NOT_YET = "还没有到那天，到时候再来。"


@verb
def thank(*, event_id: uuid.UUID, text: str, post: uuid.UUID | None, by: User) -> Thanks:
    """Once: the same again changes nothing, other words are refused, for the first have gone out. An album may follow later."""
    event = _begun(staffed_event(by, event_id))
    text = _without_surnames(clean(text, name="text", longest=200, least=2), event)
    thanks, new = Thanks.objects.get_or_create(event=event, defaults={"text": text, "post": post, "said_by": by, "said_at": clock.now()})
    if new:
        announce("thanks", service=str(event.pk))
    elif thanks.text != text or thanks.post not in (None, post):
        raise ConflictError("感谢已经发出去了，不能再改。")
    elif thanks.post != post:
        thanks.post = post
        thanks.save(update_fields=["post"])
    return thanks


def _without_surnames(text: str, event: ServiceEvent) -> str:
    """It stands on the lock screens of people who know members by their 小名."""
    here = placed(Home.objects.filter(pk=event.home_id), clock.local_date(event.starts_at))
    named = next((member for member in here.order_by("pk") if member.name != member.short_name and member.name in text), None)
    if named is not None:
        sentence = f"志愿者会看到这段话，请只写小名：{named.short_name}。"
        raise InvalidError(sentence, fields={"text": sentence})
    return text


@verb
def say_opinion(*, event_id: uuid.UUID, member_id: int, liked: bool | None, by: User) -> None:
    """A member's own thumb, tapped on the Home's tablet. None takes it back."""
    event = _begun(staffed_event(by, event_id))
    day = clock.local_date(event.starts_at)
    require(placed(Home.objects.filter(pk=event.home_id), day).filter(pk=member_id))
    if liked is None:
        MemberOpinion.objects.filter(event=event, member=member_id).delete()
        return
    MemberOpinion.objects.update_or_create(event=event, member_id=member_id, defaults={"liked": liked, "said_at": clock.now()})


@verb
def give_feedback(*, event_id: uuid.UUID, again: bool, text: str, by: User) -> None:
    """Of who was expected; a second time replaces the first."""
    signup = checkins.my_signups(by, event_id)[0]
    _begun(signup.shift.event)
    facts = {"again": again, "text": clean(text, name="text", longest=300), "said_at": clock.now()}
    Feedback.objects.update_or_create(signup=signup, defaults=facts)


def _begun(event: ServiceEvent) -> ServiceEvent:
    if event.cancelled_at is not None:
        raise ConflictError("这场活动取消了。")
    if clock.now() < event.starts_at:
        raise ConflictError(NOT_YET)
    return event
