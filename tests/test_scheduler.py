"""Time passes once, whichever process holds the lease."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection

from backend import scheduler
from backend.models import Lease
from notifications.threads import Background, OneThread

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ticks(monkeypatch: pytest.MonkeyPatch) -> list[dt.datetime]:
    """One app's `due`, which writes down when it was called."""
    seen: list[dt.datetime] = []

    def due(now: dt.datetime) -> Iterator[scheduler.Step]:
        yield partial(seen.append, now)

    monkeypatch.setattr(scheduler, "DUE", (due,))
    return seen


def one_round() -> int:
    """How many steps it had."""
    steps, taken = scheduler.tick(), 0
    while scheduler.run_next(steps):
        taken += 1
    return taken


def test_whoever_holds_the_lease_ticks_and_nobody_else(ticks: list[dt.datetime], monkeypatch: pytest.MonkeyPatch) -> None:
    assert one_round() == 1
    monkeypatch.setattr(scheduler, "OWNER", uuid.uuid4())
    assert one_round() == 0
    assert len(ticks) == 1


def test_a_process_that_died_is_followed_by_another(
    ticks: list[dt.datetime], morning: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_round()
    monkeypatch.setattr(scheduler, "OWNER", uuid.uuid4())
    morning.shift(scheduler.LEASE)
    assert one_round() == 1
    assert len(ticks) == 2
    assert Lease.objects.get().owner == scheduler.OWNER


@pytest.mark.parametrize("fault", [DatabaseError, KeyError])
def test_neither_one_apps_fault_nor_one_steps_stops_the_others(
    ticks: list[dt.datetime], monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    def broken() -> None:
        raise fault

    def stumbles_at_a_step(now: dt.datetime) -> Iterator[scheduler.Step]:
        yield broken
        yield partial(ticks.append, now)

    def stumbles_at_once(_now: dt.datetime) -> Iterator[scheduler.Step]:
        broken()
        yield broken

    monkeypatch.setattr(scheduler, "DUE", (stumbles_at_a_step, stumbles_at_once, *scheduler.DUE))
    assert one_round() == 3
    assert len(ticks) == 2


def test_each_step_is_a_job_of_its_own_on_the_database_thread(ticks: list[dt.datetime]) -> None:
    async def scene() -> list[int]:
        stop, told = asyncio.Event(), []

        class Threads(OneThread):
            async def write(self, job: Callable[[], Any]) -> Any:
                answer = await asyncio.to_thread(kept_apart, job)
                told.append(len(ticks))
                if answer is False:
                    stop.set()
                return answer

        await scheduler.run(Background("scheduler", Threads(), stop))
        return told

    def kept_apart(job: Callable[[], Any]) -> Any:
        try:
            return job()
        finally:
            connection.close()

    assert asyncio.run(scene()) == [0, 1, 1]


def test_told_to_stop_it_stops() -> None:
    async def scene() -> int:
        stop, rounds = asyncio.Event(), 0

        class Threads(OneThread):
            async def write(self, _job: Callable[[], Any]) -> Any:
                nonlocal rounds
                rounds += 1
                stop.set()
                return False

        await scheduler.run(Background("scheduler", Threads(), stop))
        return rounds

    assert asyncio.run(scene()) == 2  # the round, and that there was nothing in it
