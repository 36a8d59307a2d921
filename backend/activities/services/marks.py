"""Who took part, and what came of it."""

from collections.abc import Iterable

from backend.accounts.models import User
from backend.activities.models import Participation, Session
from backend.activities.services.planning import staffed_session
from backend.common import clock
from backend.common.errors import ConflictError
from backend.common.found import require
from backend.common.text import clean
from backend.common.verb import verb
from backend.homes.models import Home
from backend.people.rules import placed


@verb
def mark_participation(*, session_id: int, member_id: int, state: str | None, by: User) -> None:
    """The member joined, left early, or did not want to; None: nobody has said."""
    session = begun_session(session_id, by=by)
    day = clock.local_date(session.starts_at)
    require(placed(Home.objects.filter(pk=session.home_id), day).filter(pk=member_id))
    if state is None:
        session.participations.filter(member=member_id).delete()
        return
    facts = {"state": state, "marked_by": by, "marked_at": clock.now()}
    Participation.objects.update_or_create(session=session, member_id=member_id, defaults=facts)


@verb
def mark_joined(*, session_id: int, member_ids: Iterable[int], by: User) -> None:
    """All of these at once. What somebody has already said of one of them stays."""
    session, now = begun_session(session_id, by=by), clock.now()
    rows = [
        Participation(session=session, member_id=member, state=Participation.State.JOINED, marked_by=by, marked_at=now)
        for member in sorted(member_ids)
    ]
    Participation.objects.bulk_create(rows, ignore_conflicts=True)


@verb
def note_result(*, session_id: int, text: str, baskets: int | None, pieces: int | None, rank: int | None, by: User) -> None:
    """筐数、件数、名次, or a few words."""
    session = begun_session(session_id, by=by)
    session.result, session.baskets, session.pieces, session.rank = clean(text, name="text", longest=200), baskets, pieces, rank
    session.save(update_fields=["result", "baskets", "pieces", "rank"])


def begun_session(session_id: int, *, by: User) -> Session:
    """One of their Home that is today or was before, and took place."""
    session = staffed_session(session_id, by=by)
    if session.cancelled_at is not None:
        raise ConflictError("这场已经取消，不用记了。")
    if clock.local_date(session.starts_at) > clock.today():
        raise ConflictError("还没到那天，到时候再记。")
    return session
