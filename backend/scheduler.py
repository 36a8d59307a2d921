"""The scheduler: runs every app's `due(now)` beside the dispatcher, in whichever process holds the lease."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from functools import partial

import structlog
from django.db import DatabaseError, transaction
from django.db.models import Q

from backend.accounts.due import due as accounts
from backend.activities.due import due as activities
from backend.attendance.due import due as attendance
from backend.common import clock
from backend.common.background import Background
from backend.demo.due import due as demo
from backend.homes.due import due as homes
from backend.models import Lease
from backend.moments.due import due as moments
from backend.records.due import due as records
from backend.visits.due import due as visits

# One transaction of one app.
Step = Callable[[], object]

log = structlog.stdlib.get_logger(__name__)

DUE = (homes, attendance, activities, moments, visits, records, accounts, demo)
EVERY = dt.timedelta(seconds=5)
LEASE = dt.timedelta(seconds=30)
OWNER = uuid.uuid4()


def tick() -> Iterator[Step]:
    """What is due in this round, a step at a time; nothing unless this process holds the lease."""
    now = clock.now()
    return _everything_due(now) if _hold_lease(now) else iter(())


def _everything_due(now: dt.datetime) -> Iterator[Step]:
    for due in DUE:
        try:
            yield from due(now)
        except Exception as error:  # noqa: BLE001 - time passes on, whatever one app stumbles over
            _report(error, due.__module__)


def run_next(steps: Iterator[Step]) -> bool:
    """Run the next step; False when there was none. An error in one stops neither the others nor the clock."""
    step = next(steps, None)
    if step is None:
        return False
    try:
        step()
    except Exception as error:  # noqa: BLE001 - as above
        _report(error, str(step))
    return True


def _report(error: Exception, where: str) -> None:
    log.error("scheduler", where=where, error=type(error).__name__, exc_info=None if isinstance(error, DatabaseError) else error)


@transaction.atomic
def _hold_lease(now: dt.datetime) -> bool:
    Lease.objects.get_or_create(name="scheduler", defaults={"owner": OWNER, "until": now})
    free = Lease.objects.filter(Q(owner=OWNER) | Q(until__lte=now), name="scheduler")
    return bool(free.update(owner=OWNER, until=now + LEASE))


async def run(background: Background) -> None:
    await background.repeat(partial(_round, background), every=EVERY.total_seconds())


async def _round(background: Background) -> None:
    """Each step is a job for itself, so that taps get in between."""
    steps = await background.write(tick)
    while steps is not None and await background.write(partial(run_next, steps)) and not background.stopping:
        continue
