"""A door tablet as the app keeps it: nothing leaves the queue until the server has it."""

import http.client
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from notifications.ids import uuid7
from tests.support.api_client import Answer, Person, stamp

PAUSE = 0.1
UNREACHED = (OSError, http.client.HTTPException)


@dataclass
class Tablet:
    """One device with its own counter. `answers` holds what each tap was answered in the end, `tries` how often it was sent."""

    person: Person
    device: uuid.UUID = field(default_factory=uuid.uuid4)
    seq: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    tries: int = 0
    refused_service: list[Answer] = field(default_factory=list)
    # The longest that a try was left without an answer, in seconds.
    slowest: float = 0

    def board(self) -> dict[str, Any]:
        home = self.person.me()["posts"][0]["home"]["id"]
        board: dict[str, Any] = self.person.get(f"/api/attendance/board?home={home}").json()
        return board

    def tap(self, member: int, kind: str, **more: object) -> dict[str, Any]:
        self.seq += 1
        body = {
            "id": str(uuid7()),
            "member": member,
            "kind": kind,
            "occurred_at": stamp(),
            "device": str(self.device),
            "device_seq": self.seq,
        }
        return {**body, **({"mode": "relative"} if kind == "departed" else {}), **more}

    def send(self, body: dict[str, Any], *, seconds: float = 60) -> Answer:
        """Until the server has taken it or refused it for good; a dead or busy server is tried again."""
        deadline = time.monotonic() + seconds
        while True:
            answer = self.try_once(body)
            if answer and answer.status < http.client.INTERNAL_SERVER_ERROR:
                self.answers[body["id"]] = answer
                return answer
            if time.monotonic() > deadline:
                msg = f"The server did not take {body} within {seconds:g} s; last said {answer}"
                raise TimeoutError(msg)
            time.sleep(PAUSE)

    def try_once(self, body: dict[str, Any]) -> Answer | None:
        self.tries += 1
        began = time.monotonic()
        try:
            answer = self.person.post("/api/attendance/events", {**body, "sent_at": stamp()})
        except UNREACHED:
            self.person.close()
            return None
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)
        if answer.status >= http.client.INTERNAL_SERVER_ERROR:
            self.refused_service.append(answer)
        return answer
