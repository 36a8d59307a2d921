"""Siblings side by side: the relative's day card, the call list, the family's answers, the officer's page."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet

from backend.accounts.models import Device, User
from backend.activities.queries import day as day_queries
from backend.activities.queries.day import OwnSession
from backend.attendance import notices as door
from backend.attendance.models import AttendanceEvent, DayStatus
from backend.attendance.queries import counts, day_events, expected_times, placements_left, statuses
from backend.attendance.rules import chain, is_late
from backend.common import clock
from backend.common.errors import NotFoundError
from backend.homes.models import Home, StaffPost, running
from backend.homes.queries import is_open, open_homes
from backend.homes.rules import officer_posts, staff_homes, staff_posts
from backend.homes.topics import home_topic
from backend.moments.queries import guests, tagging
from backend.moments.queries import photos as photos_queries
from backend.moments.rules import Rendering
from backend.people.models import Member, Placement, Relative
from backend.people.queries import avatar, home_of, members_of, relatives_of
from backend.records.queries import afterwards, visit_history
from backend.visits.models import ServiceEvent
from backend.volunteers.models import VolunteerProfile
from backend.volunteers.queries import organisations
from notifications import outbox

Kind = AttendanceEvent.Kind
State = DayStatus.State
# Answers that a Home's families cannot give in one day: a few kinds, each once, to a few notices.
MORE_THAN_A_DAY = 5_000
WHY = {"no_device": "没有能收通知的手机", "push_failed": "手机通知没发出去", "not_delivered": "发出去了，手机还没收到"}


def day_card(member: Member, day: dt.date, *, by: User) -> dict[str, Any] | None:
    """A member's day as his family sees it, for one of them; None on a day he belonged to no Home."""
    found = _day_at(home_of(member, day), member, day)
    if found is None:
        return None
    home, status = found
    links = chain(day_events(member.id, day))
    sessions = _while_there(day_queries.own_sessions(member.id, home, day), status)
    photos = photos_queries.photos_of_sessions(by, [each.id for each in sessions])
    told = [(each, {**asdict(each), "photos": photos.get(each.id, 0)}) for each in sessions]
    return {
        "member": card(member),
        "home": home,
        "date": day,
        "open": is_open(home, day),
        "state": status.state,
        "since": status.since,
        "by": status.event.taken_by.title if status.event else "",
        "mode": status.event.mode if status.event else "",
        "arrived_at": status.arrived_at,
        "expected_at": status.expected_at,
        "departs_at": status.departs_at,
        "unsigned": status.closed_open,
        "leave": status.leave_id,
        "notice": status.notice or None,
        "now": next((facts for each, facts in told if each.running and status.state == State.PRESENT), None),
        "next": next((facts for each, facts in told if each.starts_at > clock.now()), None),
        "sessions": [facts for _, facts in told],
        "pick_up": None,
        "timeline": [_line(link) for link in links],
    }


def _day_at(home: Home | None, member: Member, day: dt.date) -> tuple[Home, DayStatus] | None:
    """His row at the Home he belongs to; or at the one whose door he came to before he moved or left that day."""
    status = statuses(home, day).filter(member=member).first() if home else None
    if status is None:
        home = next((placement.home for placement in placements_left(member.pk, day)), home)
        status = statuses(home, day).filter(member=member).first() if home else None
    return (home, status or _not_laid_out(member, home, day)) if home else None


def _not_laid_out(member: Member, home: Home, day: dt.date) -> DayStatus:
    """The day's row has not been written (early morning, or another day): what it would say before anything happens."""
    expected_at, departs_at = expected_times([member], home, day).get(member.id, (None, None))
    state = State.WAITING if expected_at and day >= clock.today() else ""
    return DayStatus(member=member, home=home, date=day, state=state, expected_at=expected_at, departs_at=departs_at)


def _while_there(sessions: list[OwnSession], status: DayStatus) -> list[OwnSession]:
    """Without those of a leave, those that began after he left, and those that were over before he came."""
    if status.state == State.LEAVE:
        return []
    left = status.since if status.state == State.DEPARTED else None
    return [each for each in sessions if each.mark or _may_be_there(each, status.arrived_at, left)]


def _may_be_there(session: OwnSession, arrived: dt.datetime | None, left: dt.datetime | None) -> bool:
    in_time = session.ends_at > (arrived or clock.now())
    return in_time and (left is None or session.starts_at < left)


def _line(link: AttendanceEvent) -> dict[str, Any]:
    left = door.LEFT_BY[AttendanceEvent.Mode(link.mode)] if link.mode else "离开"
    text = f"{link.taken_by.title}接到" if link.kind == Kind.ARRIVED else left
    return {"at": link.occurred_at, "kind": link.kind, "text": text, "late": is_late(link), "recorded_at": link.recorded_at}


def card(member: Member) -> dict[str, Any]:
    return {"id": member.id, "name": member.name, "short_name": member.short_name, "avatar": avatar(member)}


def call_list(home: Home) -> list[dict[str, Any]]:
    """Families no phone of which has answered: whom to ring, why, and who has done it."""
    missed = outbox.unreached(home_topic(home.id))
    members = Member.objects.in_bulk({entry.data["member"] for entry in missed})
    relatives = _relatives(members)
    titles: dict[int | None, str] = dict(StaffPost.objects.filter(home=home).values_list("user", "title"))
    return [
        {
            "event": entry.event,
            "member": card(members[entry.data["member"]]),
            "title": entry.title,
            "body": entry.body,
            "at": entry.at,
            "relatives": [
                {
                    "notice": reader.notice_id,
                    "name": relatives[reader.user_id, entry.data["member"]].user.name,
                    "relation": relatives[reader.user_id, entry.data["member"]].relation,
                    "phone": relatives[reader.user_id, entry.data["member"]].user.phone,
                    "why": WHY[reader.why],
                }
                for reader in entry.readers
                if (reader.user_id, entry.data["member"]) in relatives
            ],
            "told": {"by": titles.get(entry.told_by_id, ""), "at": entry.told_at} if entry.told_at else None,
        }
        for entry in missed
        if entry.data["member"] in members
    ]


def _relatives(member_ids: Iterable[int]) -> dict[tuple[int, int], Relative]:
    return {(row.user_id, row.member_id): row for rows in relatives_of(member_ids).values() for row in rows}


def answers(home: Home) -> list[dict[str, Any]]:
    """What families answered today to the news of this Home, newest first."""
    lately = outbox.replies(topic=home_topic(home.id), limit=MORE_THAN_A_DAY)
    replies = [reply for reply in lately if clock.local_date(reply.at) == clock.today()]
    members = Member.objects.in_bulk({reply.data["member"] for reply in replies})
    relatives = _relatives(members)
    return [
        {
            "member": card(members[reply.data["member"]]),
            "relation": relatives[reply.user_id, reply.data["member"]].relation,
            "kind": reply.kind,
            "at": reply.at,
            "to": reply.title,
        }
        for reply in replies
        if (reply.user_id, reply.data["member"]) in relatives
    ]


def people_to_tag(home: Home) -> list[dict[str, Any]]:
    """A Home's members for whoever marks photos: those in the house today first, each with the audiences that may see him."""
    members, allows = list(members_of(home).order_by("pk")), tagging.allowances(home)
    present = set(statuses(home, clock.today()).filter(state=DayStatus.State.PRESENT).values_list("member", flat=True))
    people = [card(member) | {"present": member.pk in present, "allows": allows.get(member.pk, [])} for member in members]
    return sorted(people, key=lambda each: not each["present"])


def people_to_ask(user: User, event_id: uuid.UUID) -> list[dict[str, Any]]:
    """Who was in the house during the visit, with his thumb; where the door knows nothing of that day, all who belonged there."""
    event, said = afterwards.opinions(user, event_id)
    day = clock.local_date(event.starts_at)
    came = list(DayStatus.objects.filter(home=event.home_id, date=day, arrived_at__isnull=False))
    met = {row.member_id for row in came if _met(row, event)}
    here = members_of(event.home, day).order_by("pk")
    return [card(member) | {"liked": said.get(member.pk)} for member in here if member.pk in met or not came]


def _met(status: DayStatus, event: ServiceEvent) -> bool:
    gone_before = status.state == State.DEPARTED and status.since is not None and status.since <= event.starts_at
    return status.arrived_at is not None and status.arrived_at < event.ends_at and not gone_before


def visit_album(user: User, event_id: uuid.UUID) -> dict[str, Any]:
    """The photos with which the Home thanked, as the rules let a volunteer see them, whoever it is that looks."""
    post = afterwards.album_of(user, event_id)
    if post is None:
        raise NotFoundError
    found, folder = guests.guest_photos(post), f"{settings.MEDIA_URL}visits/{event_id}"
    staff = staff_homes(user).filter(service_events=event_id).exists()
    hidden = guests.hidden_from_guests(post, len(found)) if staff else 0
    return {"photos": [guests.guest_card(each, folder) for each in found], "hidden": hidden, "developing": guests.still_processing(post)}


def visit_sight(user: User, event_id: uuid.UUID, secret: str) -> Rendering | None:
    """The same of one photo."""
    post = afterwards.album_of(user, event_id)
    return guests.guest_rendering_for(post, secret) if post else None


def homes_overview(homes: QuerySet[Home]) -> list[dict[str, Any]]:
    """Counts of each Home today, no names of members; a fixed number of queries."""
    rows = list(homes.select_related("area").order_by("id"))
    today = clock.today()
    numbers = counts([home.id for home in rows], today)
    opened = open_homes(rows, today)
    missed = dict(
        DayStatus.objects.filter(home__in=rows, date=today, notice="unreached").order_by().values_list("home").annotate(n=Count("id"))
    )
    visits = visit_history.visits_this_quarter(rows)
    placed = dict(Placement.objects.filter(home__in=rows, ends_on=None).order_by().values_list("home").annotate(n=Count("id")))
    return [
        {
            "id": home.id,
            "name": home.name,
            "area": home.area.name,
            "open": home.id in opened,
            "members": placed.get(home.id, 0),
            "counts": numbers[home.id],
            "unreached": missed.get(home.id, 0),
            "visits": visits.get(home.id, 0),
        }
        for home in rows
    ]


def me(user: User, device: Device | None) -> dict[str, Any]:
    """The union of a person's roles. A held device learns only that it is held."""
    held = device is not None and device.held_at is not None
    return {
        "id": user.pk,
        "name": "" if held else user.name,
        "phone_masked": user.phone_masked,
        "held": held,
        "relatives": [] if held else _relatives_with_homes(user),
        "posts": [] if held else _posts_with_homes(user),
        "organisations": [] if held else organisations.my_organisations(user),
        "volunteer": not held and VolunteerProfile.objects.filter(user=user).exists(),
        "officer": [] if held else [{"id": post.area_id, "area": post.area.name} for post in officer_posts(user).select_related("area")],
        "device": device,
        "demo": settings.DEMO,
    }


def _relatives_with_homes(user: User) -> list[dict[str, Any]]:
    """The person's members, each with the Home he belongs to today."""
    rows = list(Relative.objects.filter(user=user, ended_at=None).select_related("member").order_by("id"))
    placements = Placement.objects.filter(member__in=[row.member_id for row in rows]).filter(running(clock.today())).select_related("home")
    homes = {placement.member_id: placement.home for placement in placements}
    return [
        {
            "id": row.id,
            "member": card(row.member),
            "home": homes.get(row.member_id),
            "relation": row.relation,
            "can_sign": row.can_sign,
            "shows_name": row.shows_name,
        }
        for row in rows
    ]


def _posts_with_homes(user: User) -> list[dict[str, Any]]:
    """The person's staff posts that hold today."""
    return [
        {
            "id": post.id,
            "home": {"id": post.home.id, "name": post.home.name, "phone": post.home.phone, "area": post.home.area.name},
            "role": post.role,
            "title": post.title,
            "has_pin": bool(post.pin),
        }
        for post in staff_posts(user).select_related("home__area").order_by("id")
    ]
