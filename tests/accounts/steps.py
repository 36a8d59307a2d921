"""Signing in as a phone does it."""

from typing import Any

from tests.support.phone import Phone

BASE = "/_allauth/browser/v1"
CODE = "246810"
ANDROID = "Mozilla/5.0 (Linux; Android 12; PEGM00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1"


def ask(phone: Phone, number: object, **extra: Any) -> Any:
    return phone.post(f"{BASE}/auth/code/request", {"phone": number}, **extra)


def confirm(phone: Phone, code: object = CODE, **extra: Any) -> Any:
    answer = phone.post(f"{BASE}/auth/code/confirm", {"code": code}, **extra)
    take_token(phone)
    return answer


def take_token(phone: Phone) -> None:
    """Signing in changes the CSRF token; a page reads the new one from its cookie."""
    phone.defaults["HTTP_X_CSRFTOKEN"] = phone.cookies["csrftoken"].value


def sign_in(number: str, *, user_agent: str = ANDROID) -> Phone:
    phone = Phone()
    assert ask(phone, number).status_code == 401
    assert confirm(phone, HTTP_USER_AGENT=user_agent).status_code == 200
    return phone
