"""Verbs of members and their families."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from backend.accounts.models import User
from backend.accounts.services import confirm_person
from backend.common import clock, tokens
from backend.common.errors import ConflictError, InvalidError, NotFoundError
from backend.common.found import one
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.models import Home
from backend.homes.queries import managed_home
from backend.homes.rules import is_staff
from backend.people import notices, portraits, queries, roster, rules
from backend.people.models import Invitation, Member, Placement, Relative, WeeklyPattern
from backend.people.topics import member_thread, member_topic
from notifications import outbox

COLOURS = 8
WEEK = 7
UNKNOWN = "这个邀请无效，请让老师再发一个。"
SPENT = {
    "used": "这个邀请已经有人用过了，请老师再发一个。",
    "revoked": "这个邀请已被老师撤回，请老师再发一个。",
    "expired": "这个邀请过期了（72 小时内有效），请老师再发一个。",
}


@dataclass(frozen=True)
class Invited:
    invitation: Invitation
    url: str


@dataclass(frozen=True)
class DayIn:
    weekday: int
    arrives_at: dt.time
    departs_at: dt.time


@dataclass(frozen=True)
class Imported:
    rows: int
    problems: list[roster.Problem]
    created: int


def _staffed_member(member_id: int, *, by: User) -> Member:
    return one(rules.members_of_staff(by).filter(pk=member_id))


def _held_member(member_id: int, *, by: User) -> Member:
    """The same, until the commit: two teachers who change one member take turns."""
    _staffed_member(member_id, by=by)
    return Member.objects.select_for_update(no_key=True).get(pk=member_id)


@verb
def invite(*, member_id: int, relation: str, can_sign: bool, by: User) -> Invited:
    """Makes the QR that binds one phone. The token is shown once; only its hash is kept."""
    member = _staffed_member(member_id, by=by)
    home = queries.home_of(member)
    if home is None:
        raise NotFoundError
    token, now = tokens.new_token(), clock.now()
    invitation = Invitation.objects.create(
        token_hash=tokens.hash_token(token),
        member=member,
        home=home,
        relation=clean(relation, name="relation", longest=20, least=1),
        can_sign=can_sign,
        created_by=by,
        created_at=now,
        expires_at=now + rules.INVITATION_LIFE,
    )
    return Invited(invitation, f"{settings.PUBLIC_URL}/i/{token}")


@verb
def revoke(*, invitation_id: int, by: User) -> None:
    invitation = one(Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation_id, member__in=rules.members_of_staff(by)))
    if invitation.used_at:
        raise ConflictError("这个邀请已经用过了，要解除请到家属名单里。")
    invitation.revoked_at = invitation.revoked_at or clock.now()
    invitation.save(update_fields=["revoked_at"])


@verb
def accept(*, token: str, by: User) -> Relative:
    """Binds this person to the member. Of two phones at once exactly one is bound; the same phone again is no error."""
    found = Invitation.objects.select_for_update(of=("self",)).filter(token_hash=tokens.hash_token(token))
    invitation = one(found.select_related("member", "home", "created_by"), UNKNOWN)
    bound = rules.own_relatives(by).filter(member=invitation.member).first()
    if bound is not None and invitation.used_by_id == by.pk:
        return bound
    _refuse_spent(invitation)
    if bound is not None:
        raise ConflictError(f"您已经是{invitation.member.short_name}的家属了，不用再绑定。", code="already_bound")
    return _bind(invitation, by=by)


def _refuse_spent(invitation: Invitation) -> None:
    state = rules.state_of(invitation)
    if state != "open":
        raise ConflictError(SPENT[state], code=state)
    # Good only while the member is at that Home, and so is who invited: a teacher who left keeps no key.
    if queries.home_of(invitation.member) != invitation.home or not is_staff(invitation.created_by, invitation.home):
        raise ConflictError(SPENT["revoked"], code="revoked")


def open_invitation(*, token: str) -> Invitation:
    """What the invited person looks at; changes nothing."""
    invitation = one(Invitation.objects.filter(token_hash=tokens.hash_token(token)).select_related("member", "home", "created_by"), UNKNOWN)
    _refuse_spent(invitation)
    return invitation


def _bind(invitation: Invitation, *, by: User) -> Relative:
    # Two invitations taken by one person at the same moment take turns here.
    Member.objects.select_for_update(no_key=True).get(pk=invitation.member_id)
    if rules.own_relatives(by).filter(member=invitation.member).exists():
        raise ConflictError(f"您已经是{invitation.member.short_name}的家属了，不用再绑定。", code="already_bound")
    now = clock.now()
    invitation.used_by, invitation.used_at = by, now
    invitation.save(update_fields=["used_by", "used_at"])
    relative = Relative.objects.create(
        user=by, member=invitation.member, relation=invitation.relation, can_sign=invitation.can_sign, since=now
    )
    params = {"relative": relative.pk, "home": invitation.home_id}
    outbox.announce(topic=member_topic(invitation.member_id), kind=notices.JOINED, due_at=clock.calm(now), params=params)
    return relative


@verb
def unbind(*, relative_id: int, by: User) -> None:
    """By staff of the Home, or by the relative: from the commit on they get and see nothing."""
    relative = Relative.objects.filter(pk=relative_id, ended_at=None).first()
    if relative is None or not (relative.user_id == by.pk or rules.members_of_staff(by).filter(pk=relative.member_id).exists()):
        raise NotFoundError
    # Waits for whoever is writing to them (queries.active_relatives), so that those letters are withheld as well.
    if not Relative.objects.filter(pk=relative_id, ended_at=None).update(ended_at=clock.now(), ended_by=by):
        raise NotFoundError
    for home_id in Placement.objects.filter(member=relative.member_id).order_by("home").values_list("home", flat=True).distinct():
        outbox.withhold(user_id=relative.user_id, thread=member_thread(relative.member_id, home_id))
    outbox.disconnect(relative.user_id)


@verb
def show_name(*, relative_id: int, shows_name: bool, by: User) -> Relative:
    """Whether other families read who this relative is; not unless the relative says so."""
    relative = one(rules.own_relatives(by).filter(pk=relative_id))
    relative.shows_name = shows_name
    relative.save(update_fields=["shows_name"])
    return relative


@verb
def confirm_relative(*, relative_id: int, by: User) -> None:
    """Staff who know the relative say that the number is still theirs: their held devices are let in."""
    relative = Relative.objects.filter(pk=relative_id, ended_at=None, member__in=rules.members_of_staff(by)).first()
    if relative is None or relative.user_id == by.pk:
        raise NotFoundError
    confirm_person(user_id=relative.user_id)


@verb
def edit_member(
    *, member_id: int, by: User, short_name: str | None = None, colour: int | None = None, pattern: Sequence[DayIn] | None = None
) -> Member:
    """What is None stays as it is; a pattern replaces the whole week."""
    member = _held_member(member_id, by=by)
    if short_name is not None:
        member.short_name = clean(short_name, name="short_name", longest=20, least=1)
        if member.short_name == member.name and len(member.name) > 1:
            raise InvalidError("小名会显示在锁屏上，请不要写全名。", fields={"short_name": "请不要写全名。"})
    if colour is not None:
        member.colour = colour % COLOURS
    member.changes += 1
    member.save(update_fields=["short_name", "colour", "changes"])
    if pattern is not None:
        _replace_week(member, pattern)
    return member


def _replace_week(member: Member, pattern: Sequence[DayIn]) -> None:
    days = [day.weekday for day in pattern]
    if len(set(days)) != len(days) or not all(0 <= day < WEEK for day in days):
        raise InvalidError("同一天只能写一次。", fields={"pattern": "同一天只能写一次。"})
    if any(day.departs_at <= day.arrives_at for day in pattern):
        raise InvalidError("离开时间要晚于到达时间。", fields={"pattern": "离开时间要晚于到达时间。"})
    member.pattern.all().delete()
    WeeklyPattern.objects.bulk_create(
        WeeklyPattern(member=member, weekday=day.weekday, arrives_at=day.arrives_at, departs_at=day.departs_at) for day in pattern
    )


def set_photo(*, member_id: int, source: Path, by: User) -> Member:
    """Developed before the transaction begins: a slow photo holds nobody up."""
    _staffed_member(member_id, by=by)
    return _swap_photo(member_id, portraits.developed(source), by=by)


def remove_photo(*, member_id: int, by: User) -> Member:
    return _swap_photo(member_id, "", by=by)


@verb
def _swap_photo(member_id: int, path: str, *, by: User) -> Member:
    member = _held_member(member_id, by=by)
    old, member.photo = member.photo, path
    member.changes += 1
    member.save(update_fields=["photo", "changes"])
    transaction.on_commit(lambda: portraits.discard(old))
    return member


def import_roster(*, home_id: int, data: bytes, dry_run: bool, by: User) -> Imported:
    """All or nothing; a dry run finds the same problems and writes nothing. Read before anything is locked: a sheet takes its time."""
    home = managed_home(by, home_id)
    known = set(queries.members_of(home).values_list("name", flat=True))
    reading = roster.read(data, known=known, today=clock.today())
    if dry_run or reading.problems:
        return Imported(reading.rows, reading.problems, 0)
    _enrol_all(reading.entries, home, known=known)
    return Imported(reading.rows, [], len(reading.entries))


@verb
def _enrol_all(entries: Sequence[roster.Entry], home: Home, *, known: set[str]) -> None:
    Home.objects.select_for_update(no_key=True).get(pk=home.pk)  # two imports at once would not see each other's names
    if set(queries.members_of(home).values_list("name", flat=True)) != known:
        raise ConflictError("花名册刚刚有变化，请再检查一次。")
    for entry in entries:
        _enrol(entry, home)


def _enrol(entry: roster.Entry, home: Home) -> Member:
    member = Member.objects.create(name=entry.name, short_name=entry.short_name, colour=entry.row % COLOURS, created_at=clock.now())
    Placement.objects.create(member=member, home=home, starts_on=entry.since)
    WeeklyPattern.objects.bulk_create(
        WeeklyPattern(member=member, weekday=day, arrives_at=entry.arrives_at, departs_at=entry.departs_at) for day in entry.weekdays
    )
    return member
