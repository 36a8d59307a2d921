"""What must hold whatever died: an acknowledged tap is stored, each reader is told of it once, each phone was sent it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from tests.support.databases import Store
from tests.support.push_phone import Phone

Tap = dict[str, Any]

# Of a tablet's own taps; those of the demo's morning name no device.
TOLD = (
    "SELECT inbox_id, event, id FROM notifications_notice WHERE kind IN ('arrived', 'departed')"
    " AND event IN (SELECT id FROM attendance_attendanceevent WHERE device IS NOT NULL)"
)


def waiting(store: Store) -> int:
    return int(store.rows("SELECT COUNT(*) FROM notifications_delivery WHERE state = 'waiting'")[0][0])


def stored(store: Store) -> set[uuid.UUID]:
    return {uuid.UUID(str(row[0])) for row in store.rows("SELECT id FROM attendance_attendanceevent")}


def due_to_be_told(store: Store, taps: Iterable[Tap]) -> Counter[tuple[int, uuid.UUID]]:
    """Reader and event, once each."""
    readers = store.rows("SELECT user_id, member_id FROM people_relative WHERE ended_at IS NULL")
    return Counter((int(user), uuid.UUID(tap["id"])) for tap in taps for user, member in readers if member == tap["member"])


def what_went_wrong(store: Store, taps: Sequence[Tap], phones: dict[int, Phone]) -> list[str]:
    there = stored(store)
    told = [(int(user), uuid.UUID(str(event)), uuid.UUID(str(notice))) for user, event, notice in store.rows(TOLD)]
    due, given = due_to_be_told(store, taps), Counter((user, event) for user, event, _ in told)
    shown = {(user, uuid.UUID(raw["notification"]["data"]["id"])) for user, phone in phones.items() for raw in phone.raw}
    return [
        *(f"lost: event {tap['id']}" for tap in taps if uuid.UUID(tap["id"]) not in there),
        *(f"lost: notice of {event} for {user}" for user, event in due - given),
        *(f"once too often: notice of {event} for {user}" for user, event in given - due),
        *(f"lost: push of {event} to {user}" for user, event, notice in told if (user, notice) not in shown),
    ]
