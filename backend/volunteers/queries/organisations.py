"""Organisations as their members see them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.common.qr import svg
from backend.common.rows import Row
from backend.volunteers import links, rules
from backend.volunteers.models import Organisation, OrganisationMembership

MEMBERS = Count("memberships", filter=Q(memberships__ended_at=None))


@dataclass(frozen=True, kw_only=True)
class MyOrganisation(Row[Organisation]):
    role: str


@dataclass(frozen=True, kw_only=True)
class Membership(Row[OrganisationMembership]):
    me: bool

    @property
    def user(self) -> int:
        return self.row.user_id

    @property
    def ready(self) -> bool:
        return hasattr(self.row.user, "volunteer")

    @property
    def name(self) -> str:
        return self.row.user.volunteer.name if self.ready else self.row.user.name


@dataclass(frozen=True, kw_only=True)
class OrganisationPage(MyOrganisation):
    people: int
    link: str | None
    members: list[Membership]

    @property
    def qr(self) -> str | None:
        return self.link and svg(self.link)


@dataclass(frozen=True, kw_only=True)
class OrganisationByLink(Row[Organisation]):
    member: bool


def my_organisations(user: User) -> list[MyOrganisation]:
    rows = rules.own_memberships(user).select_related("organisation").order_by("id")
    return [MyOrganisation(row=each.organisation, role=each.role) for each in rows]


def organisation(user: User, organisation_id: int) -> OrganisationPage:
    """For its members; who belongs and the joining link for its coordinators."""
    row = one(rules.own_organisations(user).annotate(people=MEMBERS).filter(pk=organisation_id))
    own = rules.coordinated_organisations(user).filter(pk=row.pk).exists()
    link = links.sign_link("join", row.pk, row.link_version) if own else None
    members = _members(row, user) if own else []
    return OrganisationPage(row=row, people=row.people, link=link, members=members, role="coordinator" if own else "member")


def _members(row: Organisation, user: User) -> list[Membership]:
    found = rules.memberships_of(row).select_related("user__volunteer").order_by("role", "id")
    return [Membership(row=each, me=each.user_id == user.pk) for each in found]


def unverified(user: User) -> QuerySet[Organisation]:
    """For those who may verify one."""
    if not rules.may_verify(user):
        raise NotFoundError
    return Organisation.objects.filter(verified_at=None).annotate(people=MEMBERS).order_by("created_at", "pk")


def seen_by_link(row: Organisation, user: User) -> OrganisationByLink:
    return OrganisationByLink(row=row, member=rules.own_organisations(user).filter(pk=row.pk).exists())
