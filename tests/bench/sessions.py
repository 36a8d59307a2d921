"""Sessions in bulk, as login() leaves them."""

from collections.abc import Iterable
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from tests.bench.town import CSRF


def sign_in(users: Iterable[AbstractBaseUser]) -> dict[int, str]:
    """A session for each; the Cookie header that goes with it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    until = timezone.now() + timedelta(days=2)
    backend = settings.AUTHENTICATION_BACKENDS[0]
    sessions, cookies = [], {}
    for user in users:
        key = get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789")
        data = {"_auth_user_id": str(user.pk), "_auth_user_backend": backend, "_auth_user_hash": user.get_session_auth_hash()}
        sessions.append(Session(session_key=key, session_data=store.encode(data), expire_date=until))
        cookies[user.pk] = key
    Session.objects.bulk_create(sessions, batch_size=500)
    return {user: f"{settings.SESSION_COOKIE_NAME}={key}; csrftoken={CSRF}" for user, key in cookies.items()}
