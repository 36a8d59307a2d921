"""Who may see, plan, hold and join what. Nothing here writes."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError
from backend.common.found import one
from backend.homes.models import StaffPost, running
from backend.homes.rules import staff_homes
from backend.visits.models import GroupBooking, ServiceEvent, Shift, Signup
from backend.volunteers.models import Credential, Skill, VolunteerProfile
from backend.volunteers.rules import coordinated_organisations

# A phone number is shown to the Home's staff so long before and after.
PHONE_AROUND = dt.timedelta(hours=24)
FARTHEST = dt.timedelta(days=366)


def visible_events(user: User) -> QuerySet[ServiceEvent]:
    return visible_on(user.pk, clock.today())


def visible_on(user: int, day: dt.date) -> QuerySet[ServiceEvent]:
    """Whatever is open, for everybody; a draft for the Home's staff."""
    posts = StaffPost.objects.filter(running(day), user=user)
    return ServiceEvent.objects.filter(Q(opened_at__isnull=False) | Q(home__in=posts.values("home")))


def staffed_event(user: User, event_id: uuid.UUID) -> ServiceEvent:
    return one(ServiceEvent.objects.select_related("home").filter(pk=event_id, home__in=staff_homes(user)))


def own_signups(user: User) -> QuerySet[Signup]:
    """One's own, and those in seats of a group that one coordinates."""
    return Signup.objects.filter(Q(user=user) | Q(booking__organisation__in=coordinated_organisations(user)))


def own_bookings(user: User) -> QuerySet[GroupBooking]:
    return GroupBooking.objects.filter(organisation__in=coordinated_organisations(user))


def visible_bookings(user: User) -> QuerySet[GroupBooking]:
    """For who coordinates it, and for the staff of the Home."""
    return GroupBooking.objects.filter(Q(organisation__in=coordinated_organisations(user)) | Q(shift__event__home__in=staff_homes(user)))


def refuse_unfit(profile: VolunteerProfile, shift: Shift) -> None:
    """What the shift asks for, and this person does not have."""
    if profile.least_age < shift.minimum_age:
        raise ConflictError(f"这个岗位要满 {shift.minimum_age} 岁，请看看别的岗位。", code="too_young")
    if shift.skill and shift.skill not in profile.skills:
        word = Skill(shift.skill).label
        raise ConflictError(f"这个岗位需要会{word}，会的话请先在志愿者信息里勾上。", code="skill")
    if shift.credential and not _holds(profile, shift):
        word = Credential.Kind(shift.credential).label
        raise ConflictError(f"这个岗位需要{word}，请先登记，让老师核对。", code="credential")


def asks_something(shift: Shift) -> bool:
    """Whether a bare name is not enough to come."""
    return bool(shift.minimum_age or shift.skill or shift.credential)


def _holds(profile: VolunteerProfile, shift: Shift) -> bool:
    checked = Credential.objects.filter(user=profile.user_id, kind=shift.credential, state=Credential.State.CHECKED)
    return checked.filter(valid_until__gte=clock.local_date(shift.starts_at)).exists()


def shows_phone(shift: Shift) -> bool:
    return shift.starts_at - PHONE_AROUND <= clock.now() <= shift.ends_at + PHONE_AROUND
