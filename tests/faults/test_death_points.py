"""Death at every named point: before and after commit, lease, send, store, receipt and escalation."""

import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from tests.faults.losses import due_to_be_told, stored, waiting, what_went_wrong
from tests.support.api_client import TEACHER, Answer, Person
from tests.support.databases import Store
from tests.support.processes import wait_until
from tests.support.push_service import PushService
from tests.support.running import subscribe_everybody
from tests.support.server import Server
from tests.support.tablet import Tablet

pytestmark = pytest.mark.faults

POINTS = tuple(f"{when} {what}" for what in ("commit", "lease", "send", "store", "receipt", "escalate") for when in ("before", "after"))


class Doomed(Server):
    """Runs on until it comes to the point that the file names."""

    def __init__(self, store: Store, push: PushService) -> None:
        """Who confirms nothing is on the call list a second later."""
        super().__init__(store, PUSH_TEST_ORIGINS=push.origin, CALLS_AFTER="1")
        self.fate = store.data / "die-at"
        self.module = ("tests.faults.doomed", str(self.fate), "backend")

    def die_at(self, point: str) -> None:
        self.fate.write_text(point, encoding="ascii")


@pytest.fixture
def server(store: Store, push: PushService) -> Iterator[Doomed]:
    one = Doomed(store, push)
    try:
        one.start()
        yield one
    finally:
        one.kill()


class Evening:
    """Members leave one by one. Only the receipts that are to die reach the server; everybody else's phone shows and says nothing."""

    def __init__(self, server: Doomed, push: PushService, teacher: Person) -> None:
        self.server, self.teacher, self.tablet = server, teacher, Tablet(teacher)
        self.phones = subscribe_everybody(server.store, push, key=teacher.get("/api/push").json()["key"])
        self.present = [tile["id"] for tile in self.tablet.board()["members"] if tile["state"] == "present"]
        self.taps: list[dict[str, Any]] = []
        self.confirmed: set[str] = set()

    def dies(self, point: str) -> None:
        """What is on its way when it dies there is sent again to the process that follows."""
        tap = self.tablet.tap(self.present.pop(), "departed")
        self.taps.append(tap)
        send = partial(self.confirms, tap) if point.endswith("receipt") else partial(self.tablet.try_once, tap)
        if point.endswith("receipt"):
            self.tablet.send(tap)
            self.pushed(tap)
        wait_until(lambda: waiting(self.server.store) == 0, what=f"nothing else is under way {point}")
        self.server.die_at(point)
        send()
        wait_until(lambda: not self.server.running(), what=f"it dies {point}")
        if point.endswith("commit"):
            assert (uuid.UUID(tap["id"]) in stored(self.server.store)) == (point == "after commit")
        self.teacher.close()
        self.server.start()
        again = send()
        assert again is not None, point
        assert again.status in {200, 201, 204}, point

    def confirms(self, tap: dict[str, Any]) -> Answer | None:
        """As a service worker does; None: nobody answered."""
        message = self.pushed(tap)
        self.confirmed.add(tap["id"])
        with Person(self.server.url) as worker, suppress(OSError):
            receipt = {"state": "delivered", "token": message["token"]}
            return worker.request("POST", f"/api/notices/{message['id']}/receipts", receipt, csrf=False)
        return None

    def pushed(self, tap: dict[str, Any]) -> dict[str, Any]:
        """What came to the phone of one of its readers."""
        [user, *_] = [user for user, _ in due_to_be_told(self.server.store, [tap])]
        phone = self.phones[user]
        wait_until(lambda: phone.raw, what="the push is there")
        data: dict[str, Any] = phone.raw[-1]["notification"]["data"]
        return data

    def to_be_rung(self) -> set[str]:
        home = self.teacher.me()["posts"][0]["home"]["id"]
        listed = {each["event"] for each in self.teacher.get(f"/api/overview/unreached?home={home}").json()}
        return listed & {tap["id"] for tap in self.taps}


def test_whatever_point_it_dies_at_nothing_is_lost_and_nobody_told_twice(server: Doomed, push: PushService) -> None:
    with Person(server.url) as teacher:
        evening = Evening(server, push, teacher.sign_in(TEACHER))
        for point in POINTS:
            evening.dies(point)
        wait_until(lambda: waiting(server.store) == 0, what="every delivery is done")
        assert what_went_wrong(server.store, evening.taps, evening.phones) == []
        unconfirmed = {tap["id"] for tap in evening.taps} - evening.confirmed
        wait_until(lambda: evening.to_be_rung() == unconfirmed, what="the call list is right", every=0.2)
        assert len(unconfirmed) == len(POINTS) - 2
    assert push.refused == []
