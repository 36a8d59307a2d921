"""A certificate is issued while a record that it counts is corrected, or an honour taken back: one waits for the other."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.db import OperationalError, connection, transaction

from backend.records.models import ServiceRecord
from backend.records.services import certificates, corrections, honours
from tests.attendance.door import DAY, at
from tests.records.day import coming, served, visit, volunteer
from tests.support.cast import Cast, make_cast
from tests.support.together import together

EVENING = at("18:00")


def certify(cast: Cast) -> None:
    certificates.issue(certificate_id=uuid.uuid4(), first=DAY, last=DAY, organisation_id=None, by=cast.volunteer)


def correct(cast: Cast) -> None:
    asked = ServiceRecord.objects.get().corrections.get()
    corrections.answer_correction(correction_id=asked.pk, accept=True, answer="", by=cast.manager)


def take_back(cast: Cast) -> None:
    honours.take_back_honour(honour_id=ServiceRecord.objects.get().honours.get().pk, by=cast.manager)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """徐明 was there, was praised, and says: I left earlier."""
    with time_machine.travel(EVENING - dt.timedelta(hours=10), tick=False):
        made = make_cast()
        volunteer(made.volunteer)
        record = served(coming(visit(made), made.volunteer))
    with time_machine.travel(EVENING, tick=False):
        honours.give_honour(record_id=record.pk, title="季度之星", by=made.manager)
        pairs = [(at("09:00"), at("11:00"))]
        corrections.ask_correction(correction_id=uuid.uuid4(), record_id=record.pk, pairs=pairs, reason="走得早", by=made.volunteer)
    return made


@pytest.mark.postgres
@pytest.mark.parametrize(("first", "second"), [(correct, certify), (certify, correct), (take_back, certify), (certify, take_back)])
def test_who_comes_second_waits(cast: Cast, first: Callable[[Cast], None], second: Callable[[Cast], None]) -> None:
    def impatient(verb: Callable[[Cast], None]) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '300ms'")
        try:
            verb(cast)
        except OperationalError as error:
            return "lock timeout" if "lock timeout" in str(error) else str(error)
        finally:  # the connection goes back to a pool: whoever takes it next may wait as long as they like
            with connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")
        return "did not wait"

    with time_machine.travel(EVENING, tick=False), transaction.atomic():
        first(cast)
        assert together(impatient, [second]) == ["lock timeout"]
