"""Who works where, and who may see which Home. Rights are rows with a term; nothing here writes."""

import datetime as dt

from django.db.models import QuerySet

from backend.accounts.models import User
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.homes.models import Area, Home, OfficerPost, StaffPost, running


def staff_posts(user: User, day: dt.date | None = None) -> QuerySet[StaffPost]:
    return StaffPost.objects.filter(running(day or clock.today()), user=user)


def posts_today(user: User) -> list[StaffPost]:
    return POSTS.objects(user=user.pk, day=clock.today())


POSTS = CompiledQuery(lambda user, day: StaffPost.objects.filter(running(day), user=user), user=-1, day=dt.date(1, 1, 1))


def staff_homes(user: User, day: dt.date | None = None) -> QuerySet[Home]:
    """The Homes where this person works on that day (today unless told)."""
    return Home.objects.filter(pk__in=staff_posts(user, day).values("home"))


def staff_post(user: User, home: Home) -> StaffPost | None:
    """The person's post at this Home today; the manager's of two."""
    return staff_posts(user).filter(home=home).order_by("-role").first()


def is_staff(user: User, home: Home) -> bool:
    return staff_posts(user).filter(home=home).exists()


def managed_homes(user: User) -> QuerySet[Home]:
    return Home.objects.filter(pk__in=staff_posts(user).filter(role=StaffPost.Role.MANAGER).values("home"))


def officer_posts(user: User) -> QuerySet[OfficerPost]:
    return OfficerPost.objects.filter(running(clock.today()), user=user)


def officer_homes(user: User) -> QuerySet[Home]:
    return Home.objects.filter(area__in=_areas(user))


def may_edit_holidays(user: User) -> bool:
    """The table holds for every Home, so only an officer of the topmost area edits it."""
    return officer_posts(user).filter(area__parent=None).exists()


def may_see_home(user: User, home: Home) -> bool:
    return is_staff(user, home) or home.area_id in _areas(user)


def _areas(user: User) -> set[int]:
    """The areas of an officer's posts and all below them."""
    found = set(officer_posts(user).values_list("area_id", flat=True))
    if not found:
        return found
    pairs = list(Area.objects.exclude(parent=None).values_list("id", "parent_id"))
    size = 0
    while len(found) > size:
        size = len(found)
        found |= {child for child, parent in pairs if parent in found}
    return found
