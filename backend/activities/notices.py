"""The words of a change in today's sessions. Short names only: they stand on lock screens."""

import uuid
from collections.abc import Sequence
from typing import Any

from backend.accounts.notices import Batch
from backend.activities.models import Session
from backend.activities.queries import audience
from backend.common import clock, dates
from backend.people.models import Relative
from backend.people.topics import member_thread
from notifications.sender import Letter

SESSION = "session"


def as_told(session: Session) -> list[Any]:
    """What a letter says of it: as long as this holds, the letter is true."""
    return [session.starts_at.timestamp(), session.ends_at.timestamp(), session.title, session.place, session.cancelled_at is not None]


def session_letters(batch: Batch) -> Sequence[Letter]:
    """To the families of those concerned, one letter each; to nobody once it changed again, or the day is over."""
    params = batch.params
    session = Session.objects.select_related("activity", "home", "leader").filter(pk=params["session"]).first()
    if session is None or as_told(session) != params["is"] or params["day"] != clock.today().isoformat():
        return []
    concerned = audience.meant([session])[session.pk] | set(params["members"])
    rows = Relative.objects.select_for_update(no_key=True).filter(member__in=concerned, ended_at=None, user__is_active=True)
    family: dict[int, int] = {}
    for row in rows.filter(user__gt=batch.after).order_by("user", "member"):
        family.setdefault(row.user_id, row.member_id)
    return [_letter(session, params, to=user, member=family[user], event=batch.event) for user in sorted(family)[: batch.limit]]


def _letter(session: Session, params: dict[str, Any], *, to: int, member: int, event: uuid.UUID) -> Letter:
    title, body = _words(session, params)
    return Letter(
        to=to,
        kind=SESSION,
        event=event,
        thread=member_thread(member, session.home_id),
        tag=f"session-{session.pk}",
        title=title,
        body=body,
        link=f"/calendar/{session.pk}",
        at=session.touched_at,
        data={"member": member, "home": session.home_id, "session": session.pk, "therapy": session.activity.therapy},
    )


def _words(session: Session, params: dict[str, Any]) -> tuple[str, str]:
    if session.cancelled_at is not None:
        why = f"原因：{session.reason}。" if session.reason else ""
        return f"今天的{session.title}取消了", f"原定 {dates.hhmm(session.starts_at)}，{session.home.name}。{why}"
    where = "，".join(filter(None, (session.place or session.home.name, f"{session.leader.title}带" if session.leader else "")))
    if params["restored"]:
        return f"今天的{session.title}照常进行", f"{dates.hhmm(session.starts_at)}，{where}。"
    day = dates.today_or_day(clock.local_date(session.starts_at), on=clock.today())
    return f"今天的{session.title}有变动", f"现在是{day} {dates.hhmm(session.starts_at)}，{where}。"
