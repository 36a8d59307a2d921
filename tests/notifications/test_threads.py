"""A background task outlives what its rounds and its database stumble over, and ends when it is told to."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest
from django.db import OperationalError

from notifications.threads import Background

R = TypeVar("R")
# Longer than any of these tests may take.
NEVER = 60.0


class HereAndNow:
    """Database threads that are none."""

    async def read(self, job: Callable[[], R]) -> R:
        return job()

    write = read


def run(story: Callable[[Background, asyncio.Event], Awaitable[None]]) -> None:
    async def scene() -> None:
        stop = asyncio.Event()
        async with asyncio.timeout(5):
            await story(Background("test", HereAndNow(), stop), stop)

    asyncio.run(scene())


def test_a_round_that_fails_is_not_the_last_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    rounds: list[int] = []

    async def story(background: Background, stop: asyncio.Event) -> None:
        async def stumble() -> None:
            rounds.append(len(rounds))
            if len(rounds) == 3:
                stop.set()
            raise LookupError("of no use")

        await background.repeat(stumble, every=0.001)

    run(story)
    assert rounds == [0, 1, 2]
    assert caplog.text.count("LookupError: of no use") == 3


def test_woken_in_a_round_or_after_it_the_next_begins_at_once_and_no_other() -> None:
    rounds: list[int] = []

    async def story(background: Background, stop: asyncio.Event) -> None:
        async def look() -> None:
            rounds.append(len(rounds))
            if len(rounds) == 1:
                background.wake()
            elif len(rounds) == 2:
                asyncio.get_running_loop().call_later(0.01, background.wake)
            else:
                asyncio.get_running_loop().call_later(0.05, stop.set)

        await background.repeat(look, every=NEVER)

    run(story)
    assert rounds == [0, 1, 2]


def test_told_to_stop_while_it_rests_it_ends_at_once() -> None:
    async def story(background: Background, stop: asyncio.Event) -> None:
        asyncio.get_running_loop().call_later(0.01, stop.set)
        await background.repeat(nothing, every=NEVER)
        assert background.stopping

    async def nothing() -> None:
        """Done at once."""

    run(story)


@pytest.mark.parametrize(("fault", "is_databases"), [(OperationalError("locked"), True), (LookupError("of no use"), False)])
def test_a_job_that_fails_gives_nothing_and_says_whose_fault_it_was(
    fault: Exception, is_databases: bool, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> int:
        raise fault

    async def story(background: Background, _stop: asyncio.Event) -> None:
        assert await background.write(broken) is None
        assert background.database_failed is is_databases
        assert await background.read(lambda: 7) == 7
        assert not background.database_failed

    run(story)
    assert [record.name for record in caplog.records] == ["notifications.threads"]
    assert ("Traceback" in caplog.text) is not is_databases
