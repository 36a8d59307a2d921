"""Who may see, plan, hold and join what. Nothing here writes."""

import datetime as dt
import uuid

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.common.errors import ConflictError, NotFoundError
from backend.homes.models import Home, StaffPost, running
from backend.homes.rules import managed_homes, officer_posts, staff_homes
from backend.volunteering import hours
from backend.volunteering.models import (
    Correction,
    Credential,
    GroupBooking,
    Organisation,
    OrganisationMembership,
    ServiceEvent,
    ServiceRecord,
    Shift,
    Signup,
    Skill,
    VolunteerProfile,
)

Role = OrganisationMembership.Role
# A phone number is shown to the Home's staff so long before and after.
PHONE_AROUND = dt.timedelta(hours=24)
FARTHEST = dt.timedelta(days=366)


def memberships(user: User) -> QuerySet[OrganisationMembership]:
    return OrganisationMembership.objects.filter(user=user, ended_at=None)


def own_organisations(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=memberships(user).values("organisation"))


def coordinated(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=memberships(user).filter(role=Role.COORDINATOR).values("organisation"))


def coordinated_organisation(user: User, organisation_id: int) -> Organisation:
    organisation = coordinated(user).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFoundError
    return organisation


def own_organisation(user: User, organisation_id: int) -> Organisation:
    """One that he belongs to."""
    organisation = own_organisations(user).filter(pk=organisation_id).first()
    if organisation is None:
        raise NotFoundError
    return organisation


def refuse_unverified(organisation: Organisation) -> None:
    if organisation.verified_at is None:
        raise ConflictError(f"{organisation.name}还没有核实，请先请家园或残联核实一次。", code="unverified")


def may_verify(user: User) -> bool:
    """A Home's manager, or the officer."""
    return managed_homes(user).exists() or officer_posts(user).exists()


def visible_events(user: User) -> QuerySet[ServiceEvent]:
    return visible_on(user.pk, clock.today())


def visible_on(user: int, day: dt.date) -> QuerySet[ServiceEvent]:
    """Whatever is open, for everybody; a draft for the Home's staff."""
    posts = StaffPost.objects.filter(running(day), user=user)
    return ServiceEvent.objects.filter(Q(opened_at__isnull=False) | Q(home__in=posts.values("home")))


def staffed_event(user: User, event_id: uuid.UUID) -> ServiceEvent:
    event = ServiceEvent.objects.select_related("home").filter(pk=event_id, home__in=staff_homes(user)).first()
    if event is None:
        raise NotFoundError
    return event


def own_signups(user: User) -> QuerySet[Signup]:
    """His own, and those in a group's seats that he coordinates."""
    return Signup.objects.filter(Q(user=user) | Q(booking__organisation__in=coordinated(user)))


def own_bookings(user: User) -> QuerySet[GroupBooking]:
    return GroupBooking.objects.filter(organisation__in=coordinated(user))


def visible_bookings(user: User) -> QuerySet[GroupBooking]:
    """For who coordinates it, and for the staff of the Home."""
    return GroupBooking.objects.filter(Q(organisation__in=coordinated(user)) | Q(shift__event__home__in=staff_homes(user)))


def profile_of(user: User) -> VolunteerProfile:
    profile = PROFILES.first(user=user.pk)
    if profile is None:
        raise ConflictError("请先花一分钟填好志愿者信息，再来报名。", code="no_profile")
    return profile


PROFILES = CompiledQuery(lambda user: VolunteerProfile.objects.filter(user=user), user=-1)


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


def visible_records(user: User) -> QuerySet[ServiceRecord]:
    """His own, those of his organisation's people as its coordinator, those of his Home as staff."""
    return ServiceRecord.objects.filter(Q(user=user) | Q(organisation__in=coordinated(user)) | Q(home__in=staff_homes(user)))


def correctable_until(record: ServiceRecord) -> dt.date:
    return record.date + dt.timedelta(days=hours.profile_of(record.profile).corrected_within)


def not_correctable(record: ServiceRecord) -> str:
    """Why nobody may ask for other times of it today, as a sentence; nothing when one may."""
    if clock.now() < record.signup.shift.ends_at:
        return "活动还没有结束，先签到签退，结束后再看要不要更正。"
    if clock.today() > correctable_until(record):
        return f"更正要在活动后 {hours.profile_of(record.profile).corrected_within} 天内申请，这一次已经过了。"
    return ""


def is_own(correction: Correction, user: User) -> bool:
    """He asked for it, or it is about him: somebody else answers."""
    return user.pk in {correction.asked_by_id, correction.record.user_id}


def home_of(user: User, home_id: int) -> Home:
    """A Home where he works."""
    home = staff_homes(user).filter(pk=home_id).first()
    if home is None:
        raise NotFoundError
    return home


def memberships_of(organisation: Organisation) -> QuerySet[OrganisationMembership]:
    """Who belongs to it now."""
    return OrganisationMembership.objects.filter(organisation=organisation, ended_at=None, user__is_active=True)
