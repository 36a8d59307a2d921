"""Notifications whose letters nobody in particular writes."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from backend.accounts.models import User
from notifications import outbox
from notifications.models import Notice
from notifications.sender import Letter, sender
from tests.support import post_sender

TOPIC = "home:1"
THREAD = "member:1:1"


@pytest.fixture(autouse=True)
def quiet_sender(settings: Settings) -> Iterator[None]:
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "SENDER": "tests.support.post_sender"}
    sender.cache_clear()
    post_sender.reset()
    yield
    sender.cache_clear()


def make_people(count: int) -> list[User]:
    now = timezone.now()
    first = get_user_model().objects.count()
    return [User.objects.with_phone(f"+861390000{first + number:04}", joined_at=now) for number in range(count)]


def letter(to: int, **facts: Any) -> Letter:
    given: dict[str, Any] = {
        "to": to,
        "kind": "arrived",
        "event": uuid.uuid4(),
        "thread": THREAD,
        "tag": f"tag-{uuid.uuid4()}",
        "topic": TOPIC,
        "title": "志强 08:12 已到阳光家园",
        "body": "陆老师在门口接到",
        "link": "/c/1",
        "at": timezone.now(),
        "urgent": True,
    }
    return Letter(**(given | facts))


def send(*letters: Letter) -> list[Notice]:
    """Stores them as a use-case would, in a transaction of their own."""
    with transaction.atomic():
        outbox.notify(letters)
    return list(Notice.objects.filter(event__in={each.event for each in letters}).order_by("inbox", "seq"))


def tell(readers: Sequence[User], **facts: Any) -> list[Notice]:
    """One event for several readers."""
    event = facts.pop("event", uuid.uuid4())
    return send(*[letter(reader.pk, event=event, **facts) for reader in readers])


@pytest.fixture
def people(db: None) -> Callable[[int], list[User]]:
    return make_people


@pytest.fixture
def reader(db: None) -> User:
    return make_people(1)[0]


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)
