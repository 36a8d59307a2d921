"""What many ask at once is answered together, and each gets their own answer."""

import asyncio
from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

from notifications.live import batching
from notifications.live.batching import Batches

R = TypeVar("R")


class Gate:
    """Database threads that answer when they are told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()

    async def read(self, job: Callable[[], R]) -> R:
        await self.open.wait()
        return job()

    write = read


class Answers:
    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def __call__(self, questions: Sequence[int]) -> list[int]:
        self.asked.append(list(questions))
        if 13 in questions:
            raise LookupError
        return [question * 2 for question in questions]


async def ask(numbers: Sequence[int]) -> tuple[Gate, Batches[int, int], Answers, list[asyncio.Task[int]]]:
    gate, answers = Gate(), Answers()
    together = Batches(gate, answers)
    tasks = [asyncio.create_task(together.ask(number)) for number in numbers[:1]]
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # the first batch is under way
    tasks += [asyncio.create_task(together.ask(number)) for number in numbers[1:]]
    await asyncio.sleep(0)
    return gate, together, answers, tasks


def test_who_comes_alone_waits_for_nobody_and_who_comes_meanwhile_goes_with_the_next() -> None:
    async def story() -> None:
        gate, together, answers, tasks = await ask([1, 2, 3])
        gate.open.set()
        assert await asyncio.gather(*tasks) == [2, 4, 6]
        assert answers.asked == [[1], [2, 3]]
        assert await together.ask(4) == 8

    asyncio.run(story())


def test_a_batch_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "MOST", 2)

    async def story() -> None:
        gate, _, answers, tasks = await ask([1, 2, 3, 4])
        gate.open.set()
        assert await asyncio.gather(*tasks) == [2, 4, 6, 8]
        assert answers.asked == [[1], [2, 3], [4]]

    asyncio.run(story())


def test_what_goes_wrong_is_told_to_those_of_the_round_only() -> None:
    async def story() -> None:
        gate, together, _, tasks = await ask([1, 13, 3])
        gate.open.set()
        first, *others = await asyncio.gather(*tasks, return_exceptions=True)
        assert first == 2
        assert [type(each) for each in others] == [LookupError, LookupError]
        assert await together.ask(4) == 8

    asyncio.run(story())


def test_who_has_gone_holds_nobody_up() -> None:
    async def story() -> None:
        gate, _, _, tasks = await ask([1, 2, 3])
        tasks[1].cancel()
        gate.open.set()
        assert [await tasks[0], await tasks[2]] == [2, 6]

    asyncio.run(story())
