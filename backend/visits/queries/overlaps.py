"""Overlaps: a person's other sign-ups at the time of a shift."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from backend.accounts.models import User
from backend.common import dates
from backend.common.compiled_query import CompiledQuery
from backend.visits.models import Shift, Signup


# -- what meets ------------------------------------------------------------------------------------
def own_around(user: User, first: dt.datetime, last: dt.datetime, *, also: uuid.UUID | None = None) -> list[Signup]:
    """A person's sign-ups that hold at that time; and the one with the id `also`, whoever's it is, if there is one."""
    return OWN_AROUND.objects(user=user.pk, first=first, last=last, also=also or NOBODYS)


def _own_around(user: int, first: dt.datetime, last: dt.datetime, also: uuid.UUID) -> QuerySet[Signup]:
    own = Q(user=user, status__in=Signup.ACTIVE, shift__starts_at__lt=last, shift__ends_at__gt=first)
    return Signup.objects.filter(own | Q(pk=also)).select_related("shift__event__home").order_by("shift__starts_at", "pk")


NOBODYS = uuid.UUID(int=0)
LONG_AGO = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
OWN_AROUND = CompiledQuery(_own_around, user=-1, first=LONG_AGO, last=LONG_AGO.replace(day=2), also=uuid.UUID(int=1))


def collisions(own: Sequence[Signup], shift: Shift) -> list[str]:
    """A sentence for each other sign-up of one's own at that time. It is said, and never refused."""
    return [
        f"{dates.span(other.shift.starts_at, other.shift.ends_at)} 您还报了{other.shift.event.home.name}的“{other.shift.title}”。"
        for other in own
        if other.shift_id != shift.pk and other.shift.starts_at < shift.ends_at and other.shift.ends_at > shift.starts_at
        if other.shift.event.cancelled_at is None
    ]
