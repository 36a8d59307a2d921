"""Where database work runs when an event loop asks for it. A project with its own database threads passes them in instead."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeVar

from django.db import close_old_connections

R = TypeVar("R")


class Threads(Protocol):
    """A job is a plain function; it runs on a thread that keeps its connection."""

    async def read(self, job: Callable[[], R]) -> R: ...

    async def write(self, job: Callable[[], R]) -> R: ...


def kept_clean(job: Callable[[], R]) -> R:
    """Around every job: drops a connection that broke, and gives a pooled one back."""
    close_old_connections()
    try:
        return job()
    finally:
        close_old_connections()


class OneThread:
    """Enough for a dispatcher in a process of its own."""

    def __init__(self) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="post")

    async def read(self, job: Callable[[], R]) -> R:
        return await asyncio.get_running_loop().run_in_executor(self._executor, kept_clean, job)

    write = read
