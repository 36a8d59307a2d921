"""Wakes the photo worker of this process after the commit that gave it work. It polls as well, in case it missed that."""

from collections.abc import Callable

from django.db import transaction

_listeners: list[Callable[[], object]] = []


def subscribe(listener: Callable[[], object]) -> None:
    _listeners.append(listener)


def unsubscribe(listener: Callable[[], object]) -> None:
    _listeners.remove(listener)


def notify_on_commit() -> None:
    transaction.on_commit(_notify, robust=True)


def _notify() -> None:
    for listener in tuple(_listeners):
        listener()
