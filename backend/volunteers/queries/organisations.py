"""Organisations as their members see them."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from backend.accounts.models import User
from backend.common.errors import NotFoundError
from backend.common.found import one
from backend.common.qr import svg
from backend.volunteers import links, rules
from backend.volunteers.models import Organisation

MEMBERS = Count("memberships", filter=Q(memberships__ended_at=None))


def my_organisations(user: User) -> list[dict[str, Any]]:
    rows = rules.own_memberships(user).select_related("organisation").order_by("id")
    return [_card(row.organisation) | {"role": row.role} for row in rows]


def organisation(user: User, organisation_id: int) -> dict[str, Any]:
    """For its members; who belongs and the joining link for its coordinators."""
    row = one(rules.own_organisations(user).annotate(people=MEMBERS).filter(pk=organisation_id))
    own = rules.coordinated_organisations(user).filter(pk=row.pk).exists()
    link = links.sign_link("join", row.pk, row.link_version) if own else None
    return {
        **_card(row),
        "people": row.people,
        "link": link,
        "qr": link and svg(link),
        "members": _members(row, user) if own else [],
        "role": "coordinator" if own else "member",
    }


def _members(row: Organisation, user: User) -> list[dict[str, Any]]:
    found = rules.memberships_of(row).select_related("user__volunteer").order_by("role", "id")
    return [
        {
            "user": each.user_id,
            "name": each.user.volunteer.name if hasattr(each.user, "volunteer") else each.user.name,
            "role": each.role,
            "ready": hasattr(each.user, "volunteer"),
            "me": each.user_id == user.pk,
        }
        for each in found
    ]


def _card(row: Organisation) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "kind": row.kind, "verified": row.verified}


def unverified(user: User) -> QuerySet[Organisation]:
    """For those who may verify one."""
    if not rules.may_verify(user):
        raise NotFoundError
    return Organisation.objects.filter(verified_at=None).annotate(people=MEMBERS).order_by("created_at")


def seen_by_link(row: Organisation, user: User) -> dict[str, Any]:
    return _card(row) | {"member": rules.own_organisations(user).filter(pk=row.pk).exists()}
