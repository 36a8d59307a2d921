"""Reads about members and their families, each with a fixed number of queries."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from backend.accounts.models import Device, User
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.common.found import one, require
from backend.common.pagination import Page, by_id
from backend.common.rows import Row
from backend.common.text import seen
from backend.homes.models import Home, running
from backend.people import rules
from backend.people.models import Invitation, Member, Placement, Relative


def members_of(home: Home, day: dt.date | None = None) -> QuerySet[Member]:
    return rules.placed(Home.objects.filter(pk=home.pk), day)


def readers_of(member: int) -> QuerySet[Relative]:
    """Whom to write to, held until the commit: an unbinding waits for the letters, and withholds them, too."""
    return Relative.objects.select_for_update(no_key=True).filter(member=member, ended_at=None).order_by("user_id")


def active_relatives(member: Member) -> list[Relative]:
    """The same, at once."""
    return READERS.objects(member=member.pk)


READERS = CompiledQuery(readers_of, member=-1)


def relatives_of(member_ids: Iterable[int]) -> dict[int, list[Relative]]:
    """Active relatives by member, each with the user, in one query."""
    found: dict[int, list[Relative]] = {member_id: [] for member_id in member_ids}
    for relative in Relative.objects.filter(member__in=found, ended_at=None).select_related("user").order_by("id"):
        found[relative.member_id].append(relative)
    return found


def placements_on(member_id: int, day: dt.date) -> list[Placement]:
    """Where the member is placed that day, with member and Home: one row or none."""
    return PLACEMENTS.objects(member=member_id, day=day)


def _placements(member: int, day: dt.date) -> QuerySet[Placement]:
    return Placement.objects.filter(running(day), member=member).select_related("member", "home").order_by("id")


PLACEMENTS = CompiledQuery(_placements, member=-1, day=dt.date(1, 1, 1))


def home_of(member: Member, day: dt.date | None = None) -> Home | None:
    """Where the member belongs on that day."""
    placement = Placement.objects.filter(running(day or clock.today()), member=member).select_related("home").first()
    return placement.home if placement else None


def roster(home: Home, *, search: str, after: str, limit: int) -> Page[Member]:
    """A Home's members with how many relatives each has, found by any part of name or 小名."""
    members = members_of(home).annotate(relatives_count=Count("relatives", filter=Q(relatives__ended_at=None)))
    words = seen(search)  # PostgreSQL refuses a NUL
    if words:
        members = members.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
    return by_id(members, after=after, limit=limit)


def member_for_staff(user: User, member_id: int) -> Member:
    """One member with week, family and the invitations of the last month."""
    held = Device.objects.exclude(held_at=None)
    recent = Invitation.objects.filter(created_at__gt=clock.now() - dt.timedelta(days=30)).order_by("-id")
    return one(
        rules.members_of_staff(user)
        .filter(pk=member_id)
        .prefetch_related(
            "pattern",
            Prefetch("relatives", Relative.objects.filter(ended_at=None).select_related("user").order_by("id"), to_attr="family"),
            Prefetch("family__user__devices", held, to_attr="held_devices"),
            Prefetch("invitations", recent, to_attr="recent_invitations"),
        )
    )


@dataclass(frozen=True, kw_only=True)
class Watcher(Row[Relative]):
    me: bool

    @property
    def name(self) -> str:
        return self.row.user.name


def watchers(user: User, member_id: int) -> list[Watcher]:
    """Who else sees this member's day, for each of those who do."""
    require(rules.visible_members(user).filter(pk=member_id))
    rows = Relative.objects.filter(member=member_id, ended_at=None).select_related("user").order_by("id")
    return [Watcher(row=row, me=row.user_id == user.pk) for row in rows]


def may_see_photo(user: User, path: str) -> bool:
    return rules.visible_members(user).filter(photo=path).exists()
