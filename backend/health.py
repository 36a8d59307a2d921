"""/livez: the process answers. /readyz: it can take a door tap and send."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError

from backend.common import clock, disk
from backend.common.sqlite import busy_timeout
from backend.models import Lease
from notifications import outbox

# Whoever asks whether we are ready does not wait long for the answer.
DEADLINE = 1.0


@require_safe
def livez(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Each check's name with "ok" (and what is odd), or what is wrong; 503 unless all are well."""
    checks = CHECKS | ({"redis": _redis} if settings.REDIS_URL else {})
    results = {name: _said(check) for name, check in checks.items()}
    ready = all(result.startswith("ok") for result in results.values())
    return JsonResponse({"ready": ready, "checks": results}, status=200 if ready else 503)


def _said(check: Callable[[], str]) -> str:
    try:
        return check()
    except DatabaseError as error:
        return type(error).__name__


def _database() -> str:
    """As a tap needs it: a write, of which nothing stays."""
    with busy_timeout(DEADLINE), transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = {int(DEADLINE * 1000)}")
        Lease.objects.create(name="readyz", owner=uuid.uuid4(), until=clock.now())
        transaction.set_rollback(True)
    return "ok"


def _redis() -> str:
    """Without it taps are taken and pushes go out; only open apps hear from other processes late."""
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=DEADLINE, socket_connect_timeout=DEADLINE) as redis:
            redis.ping()
    except RedisError as error:
        return f"ok, but open apps hear late: {type(error).__name__}"
    return "ok"


def _disk() -> str:
    return "ok" if disk.has_space() else "less than 200 MB free"


CHECKS: dict[str, Callable[[], str]] = {"database": _database, "disk": _disk, "dispatcher": outbox.dispatcher_health}
