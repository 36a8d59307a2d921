"""What is asked all day long finds its rows by an index: a year of notices makes no list slower."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications import outbox
from notifications.delivery import escalation, expansion

pytestmark = pytest.mark.django_db
BIG = ("notifications_notice", "notifications_delivery", "notifications_reply", "notifications_announcement")


@pytest.mark.parametrize(
    "asked",
    [
        lambda: outbox.unreached("home:1"),
        lambda: outbox.replies(topic="home:1"),
        lambda: outbox.latest(user_id=1),
        escalation.due_events,
        expansion.due_announcement,
    ],
    ids=["unreached", "replies", "latest", "due_events", "due_announcement"],
)
def test_no_table_is_read_from_end_to_end(asked: Callable[[], object]) -> None:
    with CaptureQueriesContext(connection) as queries:
        asked()
    for query in queries:
        plan = planned(query["sql"])
        assert not [line for line in plan for table in BIG if line.strip().startswith((f"SCAN {table}", f"Seq Scan on {table}"))], plan


def planned(sql: str) -> list[str]:
    """Tables here are nearly empty, so PostgreSQL has to be told that reading one whole is dear."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            return [row[3] for row in cursor.fetchall() if "USING INDEX" not in row[3]]
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}")
        return [str(row[0]).replace("->", "") for row in cursor.fetchall()]
