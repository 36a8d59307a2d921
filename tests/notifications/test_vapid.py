"""The server's own key is made once, kept with the data, and signs once per push service for at most twelve hours."""

import stat
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from notifications.wire.vapid import Key, key
from tests.notifications.conftest import minutes
from tests.support.push_rules import refusal

BODY = b"\x00" * 20 + bytes([65, 4]) + b"\x00" * 100


def headers(signer: Key, origin: str) -> dict[str, str]:
    return {"Authorization": signer.authorization(origin), "TTL": "14400", "Content-Encoding": "aes128gcm"}


def test_the_key_is_made_at_the_first_start_for_this_user_only(tmp_path: Path) -> None:
    path = tmp_path / "data" / "vapid.pem"
    first = Key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Key(path).public == first.public
    assert [each.name for each in path.parent.iterdir()] == ["vapid.pem"]


def test_a_push_service_accepts_the_signature(tmp_path: Path) -> None:
    signer = Key(tmp_path / "vapid.pem")
    for origin in ("https://fcm.googleapis.com", "https://web.push.apple.com", "http://127.0.0.1:8123"):
        assert refusal(headers(signer, origin), BODY, key=signer.public, origin=origin) is None


def test_the_signature_is_kept_until_it_nears_its_end(tmp_path: Path, morning: time_machine.Traveller) -> None:
    signer = Key(tmp_path / "vapid.pem")
    origin = "https://fcm.googleapis.com"
    first = signer.authorization(origin)
    morning.shift(minutes(10 * 60))
    assert signer.authorization(origin) == first
    morning.shift(minutes(65))
    assert signer.authorization(origin) != first
    assert refusal(headers(signer, origin), BODY, key=signer.public, origin=origin) is None


@pytest.mark.usefixtures("db")
def test_the_settings_say_where_it_lies(settings: Settings, tmp_path: Path) -> None:
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "VAPID_KEY_FILE": tmp_path / "k.pem"}
    assert key().public == Key(tmp_path / "k.pem").public
    assert key() is key()
