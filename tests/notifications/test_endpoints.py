"""A push goes to the push services the operator allows and nowhere else, whatever a browser claims its endpoint to be."""

import pytest
from pytest_django import Settings

from notifications.wire.endpoints import EndpointRefusedError, check, origin

GOOD = [
    "https://fcm.googleapis.com/fcm/send/abc:def",
    "https://FCM.googleapis.com:443/fcm/send/abc",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAA",
    "https://web.push.apple.com/QK~_-",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAA%3d",
]
BAD = [
    "",
    "fcm.googleapis.com/x",
    "http://fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/x",
    "ftp://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "https://fcm.googleapis.com",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:80/x",
    "https://user@fcm.googleapis.com/x",
    "https://user:secret@fcm.googleapis.com/x",
    "https://fcm.googleapis.com@127.0.0.1/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evil.example/fcm.googleapis.com/x",
    "https://evil.example/#fcm.googleapis.com",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://push.apple.com/x",
    "https://.push.apple.com/x",
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com%2eevil.example/x",
    "https://127.0.0.1/x",
    "https://2130706433/x",
    "https://0x7f.1/x",
    "https://0177.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://169.254.169.254/latest/meta-data",
    "https://localhost/x",
    "https://ⓕcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com\t/x",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x#fragment",
    "https://fcm.googleapis.com/" + "x" * 600,
    "http://127.0.0.1:9/x",
    "http://127.0.0.1/x",
]


@pytest.mark.parametrize("endpoint", GOOD)
def test_the_four_big_services_are_allowed(endpoint: str) -> None:
    check(endpoint)


@pytest.mark.parametrize("endpoint", BAD)
def test_anything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(EndpointRefusedError):
        check(endpoint)


def test_a_stand_in_on_loopback_is_allowed_only_when_named(settings: Settings) -> None:
    with pytest.raises(EndpointRefusedError):
        check("http://127.0.0.1:8123/push/abc")
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "PUSH_TEST_ORIGINS": ["http://127.0.0.1:8123"]}
    check("http://127.0.0.1:8123/push/abc")
    for other in (
        "http://127.0.0.1:8124/push/abc",
        "http://127.0.0.1:81234/push",
        "http://127.0.0.1:8123@evil.example/",
        "https://127.0.0.1:8123/x",
    ):
        with pytest.raises(EndpointRefusedError):
            check(other)


@pytest.mark.parametrize("elsewhere", ["http://10.0.0.1:80", "http://evil.example:80", "https://evil.example", "http://localhost:1"])
def test_naming_anything_but_loopback_as_a_stand_in_is_no_use(settings: Settings, elsewhere: str) -> None:
    settings.NOTIFICATIONS = {**settings.NOTIFICATIONS, "PUSH_TEST_ORIGINS": [elsewhere]}
    with pytest.raises(EndpointRefusedError):
        check(f"{elsewhere}/push/abc")


def test_the_origin_is_what_the_key_is_signed_for() -> None:
    assert origin("https://FCM.googleapis.com/fcm/send/abc") == "https://fcm.googleapis.com"
    assert origin("http://127.0.0.1:8123/push/abc") == "http://127.0.0.1:8123"
