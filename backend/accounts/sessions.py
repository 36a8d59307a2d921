"""Sessions as Django keeps them, looked up faster; and who holds one, without a request: eight thousand sockets ask that at once."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessionStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from backend.accounts.models import Device, User
from backend.accounts.rules import person, signed_in
from backend.common import clock
from backend.common.compiled_query import CompiledQuery
from backend.common.errors import RefusedError


def _open(key: str, now: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


SESSION = CompiledQuery(_open, key="a session key", now=dt.datetime(1, 1, 1, tzinfo=dt.UTC))


class SessionStore(DatabaseSessionStore):
    """Read at every request."""

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        key = self.session_key or ""
        found = SESSION.first(key=key, now=clock.now()) if is_possible(key) else None
        if found is None:
            self._session_key = None
        return found


def is_possible(key: str) -> bool:
    """A cookie may say anything, and PostgreSQL refuses a NUL: with it everybody who was asked about in the same query."""
    return key.isalnum()


def session_people(keys: Collection[str]) -> dict[str, int]:
    """Each key's person as `rules.person` would say for a request with this session, in one query; whatever is unusual is asked there."""
    keys = set(filter(is_possible, keys))
    session = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=clock.now()).values("session_data")
    open_to = Device.objects.filter(session_key__in=keys, held_at=None, user__is_active=True)
    rows = open_to.values_list("session_key", "user", "user__password", Subquery(session))
    usual = {key: user_id for key, user_id, password, data in rows if data and _holds(data, user_id, password)}
    unusual = {key: _asked_the_long_way(key) for key in keys if key not in usual}
    return usual | {key: user_id for key, user_id in unusual.items() if user_id is not None}


def _holds(data: str, user_id: int, password: str) -> bool:
    session = SessionStore().decode(data)
    known = session.get(SESSION_KEY) == str(user_id) and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    return known and constant_time_compare(session.get(HASH_SESSION_KEY, ""), User(password=password).get_session_auth_hash())


def still_open(keys: Collection[str]) -> set[str]:
    """Of the sessions somebody came in with, those they could still come in with, in one query."""
    shut = Device.objects.filter(Q(user__is_active=False) | Q(held_at__isnull=False), session_key=OuterRef("session_key"))
    alive = Session.objects.filter(~Exists(shut), session_key__in=keys, expire_date__gt=clock.now())
    return set(alive.values_list("session_key", flat=True))


def _asked_the_long_way(key: str) -> int | None:
    try:
        return person(_request(key)).pk
    except RefusedError:
        return None


def is_signed_in(key: str) -> bool:
    """Whether there is anybody behind this session, held or not."""
    return signed_in(_request(key)) is not None


def _request(key: str) -> HttpRequest:
    request = HttpRequest()
    request.session = SessionStore(key)
    request.user = get_user(request)
    return request
