"""Numbering of inboxes and topics: one statement makes the row, locks it until commit and says what it has become.

Written as SQL because the ORM has no upsert that adds and returns; three of its queries cost a door tap more than its commit.
"""

from collections.abc import Mapping

from django.db import connection

from notifications.models import new_epoch

INBOXES = """
INSERT INTO notifications_inbox (user_id, latest, oldest, epoch) VALUES {rows}
ON CONFLICT (user_id) DO UPDATE SET latest = notifications_inbox.latest + excluded.latest RETURNING user_id, latest
"""
TOPIC = """
INSERT INTO notifications_topic (name, rev) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET rev = notifications_topic.rev + 1 RETURNING rev
"""


def take_inbox_numbers(wanted: Mapping[int, int]) -> dict[int, int]:
    """User id → the last of as many numbers as they want. The rows are locked in the order of user ids, whoever asks."""
    rows = [(user, count, new_epoch()) for user, count in sorted(wanted.items())]
    with connection.cursor() as cursor:
        cursor.execute(INBOXES.format(rows=", ".join(["(%s, %s, 1, %s)"] * len(rows))), [value for row in rows for value in row])
        return dict(cursor.fetchall())


def take_revision(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(TOPIC, [name])
        return int(cursor.fetchone()[0])
