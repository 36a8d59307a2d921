"""Reminders to the people who come: it is near."""

import uuid
from collections.abc import Sequence

from backend.accounts.notices import Batch
from backend.common import clock, dates
from backend.visits.models import Shift, Signup
from backend.visits.notices.events import to_bring
from backend.volunteers.notices.letters import Content, letter
from notifications.sender import Letter

# The second reminder, which asks.
HOURS_BEFORE = 2


def reminder_letters(batch: Batch) -> Sequence[Letter]:
    """A day before, and two hours before: 还来吗？"""
    shift = Shift.objects.select_related("event__home").filter(pk=batch.params["shift"], event__cancelled_at=None).first()
    if shift is None or shift.starts_at.timestamp() != batch.params["starts_at"] or shift.starts_at <= clock.now():
        return []
    if batch.params["hours"] != HOURS_BEFORE and shift.reminders > 1:
        return []  # the office was closed, and the second says it better
    rows = Signup.objects.filter(shift=shift, status=Signup.Status.CONFIRMED, user__isnull=False)
    mine = dict(rows.values_list("user", "pk"))
    return [
        letter(batch, user, _reminder(shift, mine[user], batch.params["hours"]), signup=str(mine[user]), service=str(shift.event_id))
        for user in batch.readers(mine)
    ]


def _reminder(shift: Shift, signup: uuid.UUID, hours: int) -> Content:
    event = shift.event
    near = clock.local_date(shift.starts_at) == clock.today()
    title = f"{'今天' if near else '明天'} {dates.hhmm(shift.starts_at)}：{event.title}"
    ask = "还来吗？来不了请点取消，让给候补的人。" if hours == HOURS_BEFORE else "来不了的话早点取消，让给别人。"
    body = f"{event.home.name}{event.home.address and f'（{event.home.address}）'}，{shift.title}。{to_bring(event)}{ask}"
    return Content(kind="service_reminder", tag=f"reminder-{signup}", title=title, body=body, link=f"/service/mine/{signup}")
