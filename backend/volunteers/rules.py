"""Who belongs to which organisation, who coordinates it, and who may verify it. Nothing here writes."""

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common.compiled_query import CompiledQuery
from backend.common.errors import ConflictError
from backend.common.found import one
from backend.homes.rules import managed_homes, officer_posts
from backend.volunteers.models import Organisation, OrganisationMembership, VolunteerProfile

Role = OrganisationMembership.Role


def own_memberships(user: User) -> QuerySet[OrganisationMembership]:
    return OrganisationMembership.objects.filter(user=user, ended_at=None)


def own_organisations(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=own_memberships(user).values("organisation"))


def coordinated_organisations(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=own_memberships(user).filter(role=Role.COORDINATOR).values("organisation"))


def coordinated_organisation(user: User, organisation_id: int) -> Organisation:
    return one(coordinated_organisations(user).filter(pk=organisation_id))


def own_organisation(user: User, organisation_id: int) -> Organisation:
    """One that this person belongs to."""
    return one(own_organisations(user).filter(pk=organisation_id))


def refuse_unverified(organisation: Organisation) -> None:
    if organisation.verified_at is None:
        raise ConflictError(f"{organisation.name}还没有核实，请先请家园或残联核实一次。", code="unverified")


def may_verify(user: User) -> bool:
    """A Home's manager, or the officer."""
    return managed_homes(user).exists() or officer_posts(user).exists()


def profile_of(user: User) -> VolunteerProfile:
    profile = PROFILES.first(user=user.pk)
    if profile is None:
        raise ConflictError("请先花一分钟填好志愿者信息，再来报名。", code="no_profile")
    return profile


PROFILES = CompiledQuery(lambda user: VolunteerProfile.objects.filter(user=user), user=-1)


def memberships_of(organisation: Organisation) -> QuerySet[OrganisationMembership]:
    """Who belongs to it now."""
    return OrganisationMembership.objects.filter(organisation=organisation, ended_at=None, user__is_active=True)
