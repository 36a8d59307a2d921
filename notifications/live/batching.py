"""Batching: questions that many ask at once are answered together. Who comes while a batch is under way goes with the next.

One who comes alone waits for nobody. After a restart eight thousand do, and a query for each, with a hop to a thread and
back, would cost five times what a query for a hundred does.
"""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from notifications.threads import Threads

Q = TypeVar("Q")
A = TypeVar("A")

# Few enough that a tap at the door does not wait behind a batch.
MOST = 100


class Batches(Generic[Q, A]):
    """`answer` runs on a database thread: as many answers as questions, in their order. What it raises, each of them gets."""

    def __init__(self, threads: Threads, answer: Callable[[Sequence[Q]], Sequence[A]]) -> None:
        self._threads = threads
        self._answer = answer
        self._waiting: list[tuple[Q, asyncio.Future[A]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        loop = asyncio.get_running_loop()
        answered: asyncio.Future[A] = loop.create_future()
        self._waiting.append((question, answered))
        if self._task is None:
            self._task = loop.create_task(self._run())
        return await answered

    async def _run(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._answer_together(together)
        finally:
            self._task = None

    async def _answer_together(self, together: Sequence[tuple[Q, asyncio.Future[A]]]) -> None:
        try:
            answers = await self._threads.read(partial(self._answer, [question for question, _ in together]))
        except Exception as error:  # noqa: BLE001 - whoever asked knows what to do about it
            for _, answered in together:
                if not answered.done():
                    answered.set_exception(error)
            return
        for (_, answered), answer in zip(together, answers, strict=True):
            if not answered.done():  # its socket has gone
                answered.set_result(answer)
