"""Whose family, whose staff: the scopes of members. Nothing here writes."""

import datetime as dt

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home, running
from backend.homes.rules import staff_homes
from backend.people.models import Invitation, Member, Placement, Relative

# An invitation can be used this long after it was made.
INVITATION_LIFE = dt.timedelta(hours=72)


def placed(homes: QuerySet[Home], day: dt.date | None = None) -> QuerySet[Member]:
    """The members who belong to one of these Homes on that day (today unless told)."""
    rows = Placement.objects.filter(running(day or clock.today()), home__in=homes)
    return Member.objects.filter(pk__in=rows.values("member"))


def members_of_staff(user: User) -> QuerySet[Member]:
    return placed(staff_homes(user))


def own_relatives(user: User) -> QuerySet[Relative]:
    return Relative.objects.filter(user=user, ended_at=None)


def own_members(user: User) -> QuerySet[Member]:
    """Those he is a relative of."""
    return Member.objects.filter(pk__in=own_relatives(user).values("member"))


def visible_members(user: User) -> QuerySet[Member]:
    staffed = Placement.objects.filter(running(clock.today()), home__in=staff_homes(user)).values("member")
    return Member.objects.filter(Q(pk__in=staffed) | Q(pk__in=own_relatives(user).values("member")))


def has_family_here(user: User) -> bool:
    """Whether a recycled phone number would show somebody's day to a stranger."""
    return own_relatives(user).exists()


def state_of(invitation: Invitation) -> str:
    if invitation.used_at:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    return "expired" if invitation.expires_at <= clock.now() else "open"
