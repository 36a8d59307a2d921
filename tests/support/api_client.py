"""A person's browser without the screen: real HTTP with cookies and CSRF."""

import datetime as dt
import http.client
import http.cookies
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, Self
from urllib.parse import urlsplit

from notifications.ids import uuid7

CODE = "246810"
MOTHER, TEACHER, MANAGER, VOLUNTEER, COORDINATOR, OFFICER, FATHER, CHARLIE = (f"1380000000{n}" for n in range(1, 9))
CAST = {
    "mother": MOTHER,
    "teacher": TEACHER,
    "manager": MANAGER,
    "volunteer": VOLUNTEER,
    "coordinator": COORDINATOR,
    "officer": OFFICER,
    "father": FATHER,
    "charlie": CHARLIE,
}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Person:
    """One browser. A connection is kept alive and made again when the server closed it."""

    url: str
    timeout: float = 20
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    @property
    def cookie_header(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def request(
        self, method: str, path: str, body: object = None, *, csrf: bool = True, headers: Mapping[str, str] | None = None
    ) -> Answer:
        sent = {"Origin": self.url, "Cookie": self.cookie_header, "Accept": "application/json", **(headers or {})}
        if csrf and method not in SAFE:
            sent["X-CSRFToken"] = self.cookies.get("csrftoken", "")
        raw = body if isinstance(body, bytes) else None if body is None else json.dumps(body).encode()
        if raw is not None:
            sent.setdefault("Content-Type", "application/json")
        answer = self._exchange(method, path, raw, sent)
        self._keep(answer.headers)
        return answer

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, body: object = None) -> Answer:
        return self.request("POST", path, {} if body is None else body)

    def sign_in(self, phone: str, *, code: str = CODE) -> "Person":
        self.get("/_allauth/browser/v1/config")
        asked = self.post("/_allauth/browser/v1/auth/code/request", {"phone": phone})
        done = self.post("/_allauth/browser/v1/auth/code/confirm", {"code": code})
        if done.status != http.client.OK:
            msg = f"{phone} could not sign in: {asked.status} {asked.body!r}, {done.status} {done.body!r}"
            raise AssertionError(msg)
        return self

    def me(self) -> Any:
        return self.get("/api/me").json()

    def tap(self, member: int, kind: str = "arrived", *, event: uuid.UUID | None = None, at: str = "", **more: object) -> Answer:
        body = {"id": str(event or uuid7()), "member": member, "kind": kind, "occurred_at": at or stamp(), **more}
        if kind == "departed":
            body.setdefault("mode", "relative")
        return self.post("/api/attendance/events", body)

    def notices(self, *, after: int = 0) -> list[dict[str, Any]]:
        """All pages from there on."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.get(f"/api/notices?after={after}&limit=100").json()
            found += page["items"]
            if not page["items"] or page["items"][-1]["seq"] >= page["latest"]:
                return found
            after = page["items"][-1]["seq"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def _exchange(self, method: str, path: str, raw: bytes | None, headers: dict[str, str]) -> Answer:
        reused = self._connection is not None
        try:
            return self._once(method, path, raw, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.close()
            # Like a browser: an idle kept connection that was closed is tried once more, a new one is not.
            if not reused or method not in SAFE:
                raise
            return self._once(method, path, raw, headers)
        except BaseException:
            self.close()
            raise

    def _once(self, method: str, path: str, raw: bytes | None, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=self.timeout)
        self._connection.request(method, path, body=raw, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.will_close:
            self.close()
        return Answer(answer.status, answer.headers, body)

    def _keep(self, headers: Message) -> None:
        for line in headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel.value and morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
                else:
                    self.cookies.pop(name, None)


def stamp(moment: dt.datetime | None = None) -> str:
    return (moment or dt.datetime.now(dt.UTC)).isoformat(timespec="milliseconds")
