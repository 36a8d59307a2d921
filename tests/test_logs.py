"""Log lines are for machines and name nobody."""

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from structlog.stdlib import ProcessorFormatter

from backend import logs
from tests.attendance.door import tap
from tests.people.steps import accept, invite
from tests.support.cast import Cast
from tests.support.phone import Phone


def test_our_lines_and_the_libraries_have_one_shape() -> None:
    code = (
        "import django, logging, structlog; django.setup();"
        "structlog.stdlib.get_logger('ours').warning('scheduler', app='accounts'); logging.getLogger('theirs').warning('plain %s', 'line')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours, theirs = [json.loads(line) for line in run.stderr.splitlines()]
    assert (ours["event"], ours["app"], ours["level"], ours["logger"]) == ("scheduler", "accounts", "warning", "ours")
    assert (theirs["event"], theirs["level"]) == ("plain line", "warning")


def test_a_fault_is_told_by_place_and_kind_without_its_own_words() -> None:
    code = (
        "import django, logging; django.setup()\n"
        "try: raise ValueError('Failing row contains (沈志强)')\n"
        "except ValueError: logging.getLogger('django.request').exception('Internal Server Error')\n"
        "logging.getLogger('django.request').warning('Unauthorized: /api/invitations/token/abc')"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (line,) = [json.loads(line) for line in run.stderr.splitlines()]
    assert line["exception"].startswith('  File "<string>", line 2')
    assert line["exception"].endswith("ValueError")
    assert "沈志强" not in run.stderr


@pytest.mark.usefixtures("morning")
def test_a_morning_at_the_door_leaves_no_name_and_no_number_in_the_log(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        tap(cast.zhiqiang, "arrived", "07:54", by=cast.carer)
        for who in (cast.mother, cast.charlie, cast.carer, cast.officer):
            phone = Phone(who)
            for path in ("/api/me", f"/api/members/{cast.zhiqiang.pk}", f"/api/attendance/board?home={cast.sunshine.pk}", "/api/notices"):
                phone.get(path)
            phone.post("/api/attendance/events", {"member": cast.zhiqiang.pk})
        Phone().post("/_allauth/browser/v1/auth/code/request", {"phone": "13800000001"})
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not [line for line in lines for word in ("志强", "沈", "李秀珍", "陆", "13800000001", "138000") if word in line]


@pytest.mark.parametrize("csrf", [True, False], ids=["busy", "forged"])
def test_an_invitation_that_could_not_be_accepted_is_not_in_the_log(cast: Cast, caplog: pytest.LogCaptureFixture, csrf: bool) -> None:
    token = invite(cast.carer, cast.zhiqiang)["token"]
    phone = Phone(cast.stranger, csrf=csrf)
    with connection.execute_wrapper(locked):
        assert accept(phone, token).status_code == (503 if csrf else 403)
    shape = next(handler.formatter for handler in logging.getLogger().handlers if isinstance(handler.formatter, ProcessorFormatter))
    lines = [shape.format(record) for record in caplog.records]
    assert [json.loads(line)["event"].rpartition(": ")[2] for line in lines] == ["/api/invitations/token/…/accept"]
    assert not [line for line in lines if token in line]


def test_the_page_that_an_invitation_opens_is_logged_without_it() -> None:
    line = {"event": "Service Unavailable: /i/gW5-_x9Zk3"}
    assert logs.unsaid(None, "error", line) == {"event": "Service Unavailable: /i/…"}


def locked(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
    if "people_invitation" in sql:
        raise OperationalError
    return execute(sql, *rest)
