"""Whose family, whose staff: the scopes of members. Nothing here writes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Max, Q, QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.homes.models import Home, running
from backend.homes.rules import staff_homes
from backend.people.models import Consent, Invitation, Member, Placement, Relative

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
    """Those the user is a relative of."""
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


class Consents:
    """What holds for some members: the newest answer of each key. No member's record means that only their own family sees them."""

    def __init__(self, newest: Iterable[Consent]) -> None:
        self._said: defaultdict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
        for consent in newest:
            self._said[consent.member_id, consent.audience][consent.key] = consent.yes

    def said(self, member: int, audience: str, key: str) -> bool | None:
        return self._said.get((member, audience), {}).get(key)

    def allows(self, member: int, audience: str) -> bool:
        """The member's own family sees them unless one of the two said no; anybody else only if both said yes."""
        both = [self.said(member, audience, key) for key in Consent.Key.values]
        return False not in both if audience == Consent.Audience.FAMILY else all(both)

    def agreed(self, audience: str) -> frozenset[int]:
        """Those of them who said so in words."""
        return frozenset(member for member, asked in self._said if asked == audience and self.allows(member, audience))


def consents(members: Iterable[int] | QuerySet[Any, Any]) -> Consents:
    """One query, however many members."""
    newest = Consent.objects.filter(member__in=members).order_by().values("member", "key", "audience").annotate(newest=Max("pk"))
    return Consents(Consent.objects.filter(pk__in=newest.values("newest")))


def may_sign(user: User, member_id: int) -> bool:
    """监护人: gives the guardian's key."""
    return own_relatives(user).filter(member=member_id, can_sign=True).exists()
