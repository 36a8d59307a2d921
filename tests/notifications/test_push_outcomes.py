"""Whatever a push service does, the right thing follows, within ten seconds, and no redirect is ever followed."""

import asyncio
import datetime as dt
import socket
import time
import uuid
from collections.abc import Iterator
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone
from pytest_django import Settings

from notifications.channels.attempt import Attempt, Target
from notifications.channels.webpush import WebPush
from notifications.models import Notice
from notifications.wire import http, receipt_tokens, vapid, webpush
from notifications.wire.answers import parse_retry_after
from notifications.wire.outcome import Outcome
from tests.support import push_sink
from tests.support.push_phone import Phone
from tests.support.push_service import PushService
from tests.support.push_sink import Answer, PushSink


@pytest.fixture
def service(settings: Settings, tmp_path: Path) -> Iterator[PushService]:
    with PushService() as running:
        allow(settings, running.origin, VAPID_KEY_FILE=tmp_path / "vapid.pem")
        yield running


def allow(settings: Settings, *origins: str, **more: Any) -> None:
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "PUSH_TEST_ORIGINS": list(origins), **more}


def attempt(phone: Phone, *, urgent: bool = True, **facts: str) -> Attempt:
    now = timezone.now()
    notice = Notice(
        inbox_id=1,
        seq=7,
        kind="arrived",
        event=uuid.uuid4(),
        thread="member:1:1",
        tag="arrived:1",
        title="志强 08:12 已到阳光家园",
        body="陆老师在门口接到",
        link="/c/1",
        at=now,
        created_at=now,
        urgent=urgent,
    )
    keys = phone.subscription["keys"] | facts
    return Attempt(
        delivery=1, rung="webpush", number=1, notice=notice, unread=3, target=Target(5, phone.endpoint, keys["p256dh"], keys["auth"])
    )


def send(*attempts: Attempt) -> list[Outcome]:
    async def all_of_them() -> list[Outcome]:
        channel = WebPush()
        await channel.open()
        try:
            return list(await asyncio.gather(*(channel.send(each) for each in attempts)))
        finally:
            await channel.close()

    return asyncio.run(all_of_them())


def test_a_push_is_what_the_standards_and_the_phone_want(service: PushService) -> None:
    phone = service.phone(vapid.key().public)
    given = attempt(phone)
    assert send(given) == [Outcome(state="sent")]
    assert [message.why for message in service.messages] == [""]
    headers = service.messages[0].headers
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("14400", "high", webpush.topic("arrived:1"))
    [message] = phone.raw
    assert message["web_push"] == 8030
    assert message["app_badge"] == "3"
    shown = message["notification"]
    assert (shown["title"], shown["body"], shown["tag"]) == ("志强 08:12 已到阳光家园", "陆老师在门口接到", "arrived:1")
    assert shown["navigate"] == "http://127.0.0.1:8000/c/1"
    assert (shown["data"]["seq"], shown["data"]["unread"], shown["data"]["id"]) == (7, 3, str(given.notice.pk))
    assert receipt_tokens.read(shown["data"]["token"]) == receipt_tokens.ReceiptToken(notice=given.notice.pk, subscription=5)


def test_what_may_wait_says_so(service: PushService) -> None:
    assert send(attempt(service.phone(vapid.key().public), urgent=False)) == [Outcome(state="sent")]
    headers = service.messages[0].headers
    assert (headers["TTL"], headers["Urgency"]) == ("86400", "normal")


def test_the_longest_letter_still_fits(service: PushService) -> None:
    """The columns allow 120 and 500 characters; a body of more than 4096 bytes is refused with 413."""
    given = attempt(service.phone(vapid.key().public))
    given.notice.title, given.notice.body, given.notice.link, given.notice.tag = "志" * 120, "强" * 500, "/" + "x" * 199, "t" * 80
    assert send(given) == [Outcome(state="sent")]


def test_several_push_services_each_get_their_own_signature(service: PushService, settings: Settings, tmp_path: Path) -> None:
    with PushService() as other:
        allow(settings, service.origin, other.origin)
        phones = [each.phone(vapid.key().public) for each in (service, other, service, other)]
        assert send(*[attempt(phone) for phone in phones]) == [Outcome(state="sent")] * 4
        assert service.refused == other.refused == []
        assert len({message.headers["Authorization"] for message in service.messages}) == 1


def test_a_key_that_was_changed_alarms_and_throws_nothing_away(service: PushService) -> None:
    assert send(attempt(service.phone("BAnotherKey"))) == [Outcome(state="retry", error="403", wait=60.0, alarms=True)]


STATUSES = [
    (200, "", Outcome(state="sent")),
    (202, "", Outcome(state="sent")),
    (204, "", Outcome(state="sent")),
    (301, "", Outcome(state="failed", error="301")),
    (302, "", Outcome(state="failed", error="302")),
    (307, "", Outcome(state="failed", error="307")),
    (308, "", Outcome(state="failed", error="308")),
    (400, "", Outcome(state="failed", error="400")),
    (401, "", Outcome(state="retry", error="401", wait=60.0, alarms=True)),
    (403, "", Outcome(state="retry", error="403", wait=60.0, alarms=True)),
    (404, "", Outcome(state="gone", error="404", ends_target=True)),
    (410, "", Outcome(state="gone", error="410", ends_target=True)),
    (413, "", Outcome(state="failed", error="413")),
    (418, "", Outcome(state="failed", error="418")),
    (429, "", Outcome(state="retry", error="429")),
    (429, "17", Outcome(state="retry", error="429", wait=17.0)),
    (500, "", Outcome(state="retry", error="500")),
    (502, "", Outcome(state="retry", error="502")),
    (503, "120", Outcome(state="retry", error="503", wait=120.0)),
]


@pytest.mark.parametrize(("status", "retry_after", "outcome"), STATUSES)
def test_each_answer_has_its_meaning(service: PushService, status: int, retry_after: str, outcome: Outcome) -> None:
    headers = {"Location": f"{service.origin}/push/elsewhere"} | ({"Retry-After": retry_after} if retry_after else {})
    service.misbehave = lambda _token: (status, headers)
    assert send(attempt(service.phone(vapid.key().public))) == [outcome]
    assert len(service.messages) == 1


def test_a_date_to_come_again_is_understood(service: PushService) -> None:
    date = format_datetime(timezone.now() + dt.timedelta(seconds=90), usegmt=True)
    service.misbehave = lambda _token: (503, {"Retry-After": date})
    [outcome] = send(attempt(service.phone(vapid.key().public)))
    assert outcome.wait is not None
    assert abs(outcome.wait - 90) < 2


@pytest.mark.parametrize(
    ("text", "wait"),
    [("", None), ("soon", None), ("-5", None), ("²", None), ("0", 0.0), ("999999999", 14400.0), ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0)],
)
def test_nonsense_about_coming_again_is_not_obeyed(text: str, wait: float | None) -> None:
    assert parse_retry_after(text) == wait


ROUGH: list[tuple[Answer, Outcome]] = [
    (push_sink.hang, Outcome(state="retry", error="timeout", hung=True)),
    (push_sink.drip, Outcome(state="retry", error="timeout", hung=True)),
    (push_sink.no_body, Outcome(state="sent")),
    (push_sink.huge, Outcome(state="sent")),
    (push_sink.headers_without_end, Outcome(state="retry", error="ClientResponseError")),
    (push_sink.babble, Outcome(state="retry", error="ClientResponseError")),
    (push_sink.hang_up, Outcome(state="retry", error="ServerDisconnectedError")),
]


@pytest.mark.parametrize(("answer", "outcome"), ROUGH, ids=lambda each: getattr(each, "__name__", ""))
def test_a_rough_service_holds_nobody_up(settings: Settings, monkeypatch: pytest.MonkeyPatch, answer: Answer, outcome: Outcome) -> None:
    assert webpush.DEADLINE <= 10
    monkeypatch.setattr(webpush, "DEADLINE", 0.6)
    monkeypatch.setattr(http, "BODY_DEADLINE", 0.3)
    with PushSink(answer) as sink:
        allow(settings, sink.origin)
        began = time.monotonic()
        [got] = send(attempt(Phone(endpoint=f"{sink.origin}/push/x")))
        assert (got.state, got.hung) == (outcome.state, outcome.hung)
        assert got.error in {outcome.error, "ClientOSError", "ServerDisconnectedError"}
        assert time.monotonic() - began < 1.5


def test_of_a_huge_answer_only_the_beginning_is_read(settings: Settings) -> None:
    """Two hundred megabytes fit into the second that is given to an answer's body, if one let them."""
    with PushSink(push_sink.huge) as sink:
        allow(settings, sink.origin)
        assert send(*[attempt(Phone(endpoint=f"{sink.origin}/push/{number}")) for number in range(3)]) == [Outcome(state="sent")] * 3
        assert (sink.connections, sink.whole_answers) == (3, 0)


def test_nobody_there_is_tried_again(settings: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{closed.getsockname()[1]}"
        allow(settings, origin)
        assert send(attempt(Phone(endpoint=f"{origin}/push/x"))) == [Outcome(state="retry", error="ClientConnectorError")]


def test_a_name_that_leads_nowhere_is_tried_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    allow(settings)
    [outcome] = send(attempt(Phone(endpoint="https://fcm.googleapis.com/fcm/send/x")))
    assert outcome == Outcome(state="retry", error="ClientConnectorDNSError")


def test_a_certificate_nobody_vouches_for_is_not_trusted(settings: Settings, tmp_path: Path) -> None:
    with PushSink(push_sink.hang, certificate=self_signed(tmp_path / "sink.pem")) as sink:
        allow(settings, sink.origin)
        [outcome] = send(attempt(Phone(endpoint=f"{sink.origin}/push/x")))
        assert outcome == Outcome(state="retry", error="ClientConnectorCertificateError")


def self_signed(path: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = timezone.now()
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + dt.timedelta(days=1))
    pem = serialization.Encoding.PEM
    path.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@pytest.mark.parametrize("keys", [{"p256dh": ""}, {"p256dh": "AAAA"}, {"p256dh": "B" + "A" * 86}, {"auth": ""}, {"p256dh": "\ud800"}])
def test_bad_keys_end_the_subscription_and_nothing_else(service: PushService, keys: dict[str, str]) -> None:
    good = service.phone(vapid.key().public)
    bad = service.phone(vapid.key().public)
    assert send(attempt(bad, urgent=True, **keys), attempt(good)) == [
        Outcome(state="failed", error="bad_key", ends_target=True),
        Outcome(state="sent"),
    ]
    assert len(service.messages) == 1


def test_an_endpoint_no_longer_allowed_is_not_called(service: PushService, settings: Settings) -> None:
    allow(settings)
    phone = service.phone("x")
    assert send(attempt(phone)) == [Outcome(state="failed", error="endpoint", ends_target=True)]
    assert service.messages == []


def test_no_proxy_of_the_environment_is_asked(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert send(attempt(service.phone(vapid.key().public))) == [Outcome(state="sent")]
