"""Volunteers and organisations in the tests' words."""

from collections import Counter

from backend.accounts.models import User
from backend.common import clock
from backend.volunteers.models import Organisation, OrganisationMembership, VolunteerProfile
from notifications.models import Announcement, Notice
from tests.support.cast import person
from tests.support.passing import expand_all


def ready(user: User, *, age_group: str = "adult", skills: tuple[str, ...] = ()) -> User:
    """Has given a volunteer's facts."""
    now = clock.now()
    name = user.name or "新来的"
    facts = {"name": name, "age_group": age_group, "skills": list(skills), "agreed_at": now, "created_at": now}
    VolunteerProfile.objects.update_or_create(user=user, defaults=facts)
    return user


def crowd(number: int, *, first: int = 0) -> list[User]:
    """Volunteers nobody knows yet: 志愿者1, 志愿者2 …"""
    return [ready(person(f"+86137{first + index:08d}", f"志愿者{index + 1}")) for index in range(number)]


def organisation(name: str, coordinator: User, *members: User, verified: bool = True, kind: str = "party") -> Organisation:
    now = clock.now()
    made = Organisation.objects.create(name=name, kind=kind, created_by=coordinator, created_at=now, verified_at=now if verified else None)
    for user in (coordinator, *members):
        role = "coordinator" if user == coordinator else "member"
        OrganisationMembership.objects.create(user=ready(user), organisation=made, role=role, since=now)
    return made


def told(user: User) -> list[str]:
    """The titles in the inbox once everything due has been written."""
    expand_all()
    return list(Notice.objects.filter(inbox=user.pk).order_by("seq").values_list("title", flat=True))


def told_whom(words: str) -> Counter[int]:
    """How often each was told that; at night, too, when it would wait for the morning."""
    Announcement.objects.update(due_at=clock.now())
    expand_all()
    return Counter(Notice.objects.filter(title__contains=words).values_list("inbox", flat=True))
