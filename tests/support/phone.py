"""A person's phone as the server meets it: Django's test client, signed in, with CSRF checked as in the real thing."""

import secrets
from typing import Any

from django.conf import settings
from django.test import Client
from django.test.client import ClientHandler

from backend.accounts.models import Device, User
from backend.common import clock

JSON = "application/json"
# Looks through the app's built files when it begins, so all phones share one.
HANDLER = ClientHandler(enforce_csrf_checks=True)


class Phone(Client):
    """Sends JSON unless told otherwise. `csrf=False` is the page of a stranger that posts to us with the person's cookies."""

    def __init__(self, user: User | None = None, *, csrf: bool = True) -> None:
        super().__init__(enforce_csrf_checks=True)
        self.handler = HANDLER
        if user is not None:
            self.force_login(user)
            remember_device(user, session_key=self.session_key)
        if csrf:
            token = secrets.token_hex(16)
            self.cookies[settings.CSRF_COOKIE_NAME] = token
            self.defaults["HTTP_X_CSRFTOKEN"] = token

    @property
    def session_key(self) -> str:
        return self.session.session_key or ""

    def post(self, path: str, data: Any = None, content_type: str = JSON, **extra: Any) -> Any:  # type: ignore[override]  # JSON by default
        return super().post(path, data, content_type, **extra)

    def put(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:  # type: ignore[override]  # JSON by default
        return super().put(path, data, content_type, **extra)

    def patch(self, path: str, data: Any = "", content_type: str = JSON, **extra: Any) -> Any:  # type: ignore[override]  # JSON by default
        return super().patch(path, data, content_type, **extra)


def remember_device(user: User, *, session_key: str) -> Device:
    moment = clock.now()
    device, _ = Device.objects.get_or_create(
        session_key=session_key,
        defaults={"user": user, "label": "测试手机", "created_at": moment, "seen_at": moment},
    )
    return device
