"""Wishes and proposals, for those whom they concern."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from backend.accounts.models import User
from backend.homes.rules import staff_homes
from backend.visits.models import Proposal, Wish
from backend.volunteers.rules import coordinated_organisations


def wishes(user: User, *, home_id: int | None) -> QuerySet[Wish]:
    """Open ones for everybody; the others for the Home's staff and the organisation that claimed it."""
    concerned = (
        Q(organisation=None, withdrawn_at=None) | Q(home__in=staff_homes(user)) | Q(organisation__in=coordinated_organisations(user))
    )
    rows = Wish.objects.filter(concerned).select_related("home__area", "organisation").order_by("-created_at", "id")
    return rows if home_id is None else rows.filter(home=home_id)


def proposals(user: User) -> QuerySet[Proposal]:
    """To the Homes where one works, and from the organisations that one coordinates."""
    concerned = Q(home__in=staff_homes(user)) | Q(organisation__in=coordinated_organisations(user))
    mine = Exists(coordinated_organisations(user).filter(pk=OuterRef("organisation")))
    return Proposal.objects.filter(concerned).annotate(mine=mine).select_related("home__area", "organisation").order_by("-created_at", "id")
