"""A shared state has a revision for every change, so whoever misses a frame knows it."""

import json
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from backend.accounts.models import User
from notifications import outbox
from notifications.live.hub import hub
from tests.notifications.conftest import letter


def test_each_change_has_the_next_revision_and_its_frame_says_which(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    posted: list[Any] = []
    monkeypatch.setattr(hub, "pass_on", posted.extend)
    assert outbox.rev("home:1") == 0
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        assert outbox.publish("home:1", {"type": "board", "home": 1}) == 1
        assert outbox.publish("home:2", {"type": "board", "home": 2}) == 1
        assert outbox.publish("home:1", {"type": "board", "home": 1}) == 2
        assert posted == []
    assert [(key, json.loads(text)) for _, key, text in posted] == [
        ("home:1", {"type": "board", "home": 1, "rev": 1}),
        ("home:2", {"type": "board", "home": 2, "rev": 1}),
        ("home:1", {"type": "board", "home": 1, "rev": 2}),
    ]
    assert outbox.rev("home:1") == 2


def test_a_change_that_is_rolled_back_has_no_revision(db: None) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.publish("home:1", {})
        raise ZeroDivisionError
    assert outbox.rev("home:1") == 0


def test_publishing_after_the_inboxes_are_locked_is_refused(reader: User) -> None:
    with pytest.raises(RuntimeError, match="after notify"), transaction.atomic():
        outbox.notify([letter(reader.pk)])
        outbox.publish("home:1", {})
