"""What remains of a visit: numbers for everybody who had to do with it, words for the Home."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.common.rows import Row
from backend.homes.rules import staff_homes
from backend.records.models import CheckIn, Feedback, MemberOpinion, ServiceRecord, Thanks
from backend.records.queries import checkins
from backend.visits.models import ServiceEvent, Signup
from backend.visits.rules import staffed_event


@dataclass(frozen=True, kw_only=True)
class ThanksCard(Row[Thanks]):
    album: bool

    @property
    def at(self) -> dt.datetime:
        return self.row.said_at


@dataclass(frozen=True, kw_only=True)
class FeedbackCard(Row[Feedback]):
    mine: bool

    @property
    def name(self) -> str:
        return self.row.signup.name


@dataclass(frozen=True, kw_only=True)
class Afterwards(Row[ServiceEvent]):
    staff: bool
    expected: bool
    came: int
    minutes: int
    thanks: ThanksCard | None
    liked: int
    disliked: int
    feedback: list[FeedbackCard]

    @property
    def event(self) -> uuid.UUID:
        return self.row.pk


def afterwards(user: User, event_id: uuid.UUID) -> Afterwards:
    """For its staff, for who was expected, and for their coordinators. Volunteers' words are for the Home, members' thumbs are counted."""
    event = ServiceEvent.objects.select_related("home").filter(pk=event_id, opened_at__isnull=False).first()
    staff = event is not None and staff_homes(user).filter(pk=event.home_id).exists()
    expected = checkins.confirmed().filter(user=user, shift__event=event).exists()
    if event is None or not (staff or expected or checkins.led_signups(user).filter(shift__event=event).exists()):
        raise NotFoundError
    thanks = Thanks.objects.filter(event=event).first()
    feedback = Feedback.objects.filter(signup__shift__event=event).select_related("signup").order_by("said_at", "pk")
    if not staff:
        feedback = feedback.filter(Q(signup__user=user))
    album = thanks is not None and thanks.post is not None and (staff or who_came(event.pk).filter(user=user).exists())
    return Afterwards(
        row=event,
        staff=staff,
        expected=expected,
        came=_heads(event),
        **ServiceRecord.objects.filter(event=event).aggregate(minutes=Sum("minutes", default=0)),
        thanks=ThanksCard(row=thanks, album=album) if thanks else None,
        **_thumbs(event),
        feedback=[FeedbackCard(row=row, mine=row.signup.user_id == user.pk) for row in feedback],
    )


def who_came(event_id: uuid.UUID) -> QuerySet[Signup]:
    """By their records; those who went in and have none yet are still there, or forgot to sign out."""
    inside = CheckIn.objects.filter(signup=OuterRef("pk"), kind="in")
    return checkins.confirmed().filter(Q(record__no_show=False) | Q(Exists(inside), record=None), shift__event=event_id)


def _heads(event: ServiceEvent) -> int:
    """People, with their companions; who had two shifts came once."""
    found: dict[object, int] = {}
    for signup, user, companions in who_came(event.pk).values_list("pk", "user", "companions"):
        found[user or signup] = max(found.get(user or signup, 0), 1 + companions)
    return sum(found.values(), start=0)


def _thumbs(event: ServiceEvent) -> dict[str, int]:
    said = list(MemberOpinion.objects.filter(event=event).values_list("liked", flat=True))
    return {"liked": said.count(True), "disliked": said.count(False)}


def album_of(user: User, event_id: uuid.UUID) -> uuid.UUID | None:
    """The post with which the Home thanked, for its staff and for who came: 来帮忙的人, as the members were asked."""
    thanks = Thanks.objects.filter(event=event_id).select_related("event").first()
    if thanks is None:
        return None
    came = who_came(event_id).filter(user=user)
    return thanks.post if came.exists() or staff_homes(user).filter(pk=thanks.event.home_id).exists() else None


def opinions(user: User, event_id: uuid.UUID) -> tuple[ServiceEvent, dict[int, bool]]:
    """What the members have said so far, by member; for the staff who go round with the tablet."""
    event = staffed_event(user, event_id)
    return event, dict(MemberOpinion.objects.filter(event=event).values_list("member", "liked"))
