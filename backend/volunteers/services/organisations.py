"""Organisations: who belongs, who coordinates, and who has verified it."""

from backend.accounts.models import User
from backend.common import clock
from backend.common.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from backend.volunteers import links, rules
from backend.volunteers.models import Organisation, OrganisationMembership
from backend.volunteers.services.announcements import announce
from notifications import outbox

Role = OrganisationMembership.Role
# Of one person: whoever verifies them reads them all.
MOST_WAITING = 3


@verb
def create_organisation(*, name: str, kind: str, by: User) -> Organisation:
    """Whoever registers it coordinates it."""
    name = clean(name, name="name", longest=60, least=2)
    if Organisation.objects.filter(name=name).exists():
        raise ConflictError(f"{name}已经登记过了，请向它的负责人要加入的链接。", code="known", fields={"name": "已经有了。"})
    if Organisation.objects.filter(created_by=by, verified_at=None).count() >= MOST_WAITING:
        raise TooManyError(f"您登记的单位有 {MOST_WAITING} 个还在等核实，请先请家园或残联核实。", retry_after=86_400)
    now = clock.now()
    organisation = Organisation.objects.create(name=name, kind=kind, created_by=by, created_at=now)
    OrganisationMembership.objects.create(user=by, organisation=organisation, role=Role.COORDINATOR, since=now)
    return organisation


@verb
def verify_organisation(*, organisation_id: int, by: User) -> Organisation:
    """Once, by a Home's manager or the officer."""
    organisation = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation_id).first()
    if organisation is None or not rules.may_verify(by):
        raise NotFoundError
    if organisation.verified_at is None:
        organisation.verified_at, organisation.verified_by = clock.now(), by
        organisation.save(update_fields=["verified_at", "verified_by"])
        announce("organisation", organisation=organisation.pk)
    return organisation


@verb
def renew_link(*, organisation_id: int, by: User) -> Organisation:
    """The one before opens nothing any more."""
    organisation = _lock_own(organisation_id, by=by)
    organisation.link_version += 1
    organisation.save(update_fields=["link_version"])
    return organisation


def organisation_of_link(token: str) -> Organisation:
    key, version = links.open_link("join", token)
    return one(Organisation.objects.filter(pk=int(key), link_version=version), links.WORN_OUT)


@verb
def join_by_link(*, token: str, by: User) -> Organisation:
    organisation = organisation_of_link(token)
    join_organisation(organisation, by)
    return organisation


def join_organisation(organisation: Organisation, user: User) -> None:
    """A second time does nothing."""
    OrganisationMembership.objects.bulk_create(
        [OrganisationMembership(organisation=organisation, user=user, since=clock.now())], ignore_conflicts=True
    )


@verb
def set_role(*, organisation_id: int, user_id: int, role: str, by: User) -> None:
    organisation = _lock_own(organisation_id, by=by)
    membership = one(rules.memberships_of(organisation).filter(user=user_id))
    membership.role = role
    membership.save(update_fields=["role"])
    _refuse_without_coordinator(organisation)


@verb
def leave_organisation(*, organisation_id: int, user_id: int, by: User) -> None:
    """By the member, or by a coordinator."""
    organisation = Organisation.objects.select_for_update(no_key=True).filter(pk=organisation_id).first()
    if organisation is None or not (by.pk == user_id or rules.coordinated_organisations(by).filter(pk=organisation_id).exists()):
        raise NotFoundError
    if not rules.memberships_of(organisation).filter(user=user_id).update(ended_at=clock.now()):
        raise NotFoundError
    _refuse_without_coordinator(organisation)
    outbox.disconnect(user_id)


def _lock_own(organisation_id: int, *, by: User) -> Organisation:
    rules.coordinated_organisation(by, organisation_id)
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


def _refuse_without_coordinator(organisation: Organisation) -> None:
    if not rules.memberships_of(organisation).filter(role=Role.COORDINATOR).exists():
        raise InvalidError("请先让另一位当负责人，再退出。", code="last_coordinator")
