"""Health of delivery, for the operator: read from the tables, so that any process can tell."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Min, Q
from django.utils import timezone

from notifications.delivery.queue import is_due
from notifications.models import Delivery, PushSubscription
from notifications.wire import answers
from notifications.wire.endpoints import origin

# What a push service says when it does not accept this server's key: nobody's phone is at fault.
KEY_REFUSED = tuple(str(int(status)) for status in answers.KEY_REFUSED)
LATE = dt.timedelta(seconds=60)
# One person may have subscribed elsewhere, with another key, and asked for a test: that is not our key's fault.
SEVERAL = 3


@dataclass(frozen=True, kw_only=True)
class Health:
    sending: bool
    waiting: int
    oldest_due_seconds: int
    key_refused: int
    # By several people's phones at one push service, which has taken nothing from us since.
    key_broken: bool


def health() -> Health:
    """`sending` is false when something due has not been touched for a minute: no dispatcher runs, or it is stuck."""
    now = timezone.now()
    rows = Delivery.objects.filter(state=Delivery.State.WAITING).aggregate(
        waiting=Count("pk"),
        oldest=Min("due_at", filter=is_due(now)),
        refused=Count("pk", filter=Q(error__in=KEY_REFUSED)),
    )
    age = now - rows["oldest"] if rows["oldest"] else dt.timedelta()
    return Health(
        sending=age < LATE,
        waiting=rows["waiting"],
        oldest_due_seconds=int(age.total_seconds()),
        key_refused=rows["refused"],
        key_broken=rows["refused"] >= SEVERAL and _key_broken(),
    )


def _key_broken() -> bool:
    refused = Delivery.objects.filter(state=Delivery.State.WAITING, error__in=KEY_REFUSED, subscription__isnull=False)
    people = defaultdict(set)
    since: dict[str, dt.datetime] = {}
    for endpoint, user, at in refused.values_list("subscription__endpoint", "notice__inbox", "notice__created_at"):
        service = origin(endpoint)
        people[service].add(user)
        since[service] = min(at, since.get(service, at))
    taken = PushSubscription.objects.filter(last_ok_at__isnull=False)
    return any(
        len(users) >= SEVERAL and not taken.filter(endpoint__istartswith=f"{service}/", last_ok_at__gte=since[service]).exists()
        for service, users in people.items()
    )


def dispatcher_health() -> str:
    """For a readiness check: "ok" (and what is odd), or what is wrong."""
    now = health()
    if not now.sending:
        return f"nothing sent for {now.oldest_due_seconds} s, {now.waiting} waiting"
    if now.key_broken:
        return f"push services refuse our key: {now.key_refused} waiting"
    return f"ok, {now.key_refused} refused with our key" if now.key_refused else "ok"
