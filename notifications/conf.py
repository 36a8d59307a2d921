"""Settings: what a project may set in `settings.NOTIFICATIONS`, typed."""

import datetime as dt
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

# A push service keeps a safety notice this long for a phone that is off; after that it would only mislead.
URGENT_LIFE = dt.timedelta(hours=4)
LIFE = dt.timedelta(hours=24)


def _given(name: str) -> Any:
    return settings.NOTIFICATIONS[name]


def session_auth() -> Any:
    """The project's own way to say who is signed in (a dotted name; with CSRF), for the operation that a token opens as well."""
    found = import_string(str(settings.NOTIFICATIONS.get("AUTH", "ninja.security.django_auth")))
    return found() if isinstance(found, type) else found


def ladder() -> tuple[tuple[str, int], ...]:
    """Pairs of a rung's name and the seconds after the notice was stored, in order."""
    return cast("tuple[tuple[str, int], ...]", _given("LADDER"))


def first_rungs() -> list[str]:
    """The rungs every notice stands on at once."""
    return [name for name, seconds in ladder() if seconds == 0]


def next_rung(rung: str) -> tuple[str, int] | None:
    """What follows this rung; what follows the first ones for a notice that has not climbed yet (blank)."""
    later = [(name, seconds) for name, seconds in ladder() if seconds > 0]
    names = [name for name, _ in later]
    index = names.index(rung) + 1 if rung in names else 0
    return later[index] if index < len(later) else None


def pushed_until(created_at: dt.datetime, *, urgent: bool) -> dt.datetime:
    return created_at + (URGENT_LIFE if urgent else LIFE)


def public_url(path: str) -> str:
    """An absolute address in the app: browsers that show a push by themselves know no base."""
    return f"{settings.NOTIFICATIONS.get('PUBLIC_URL', '')}{path}"


def vapid_key_file() -> Path:
    return Path(_given("VAPID_KEY_FILE"))


def vapid_contact() -> str:
    return str(_given("VAPID_CONTACT"))


def push_hosts() -> list[str]:
    return list(_given("PUSH_HOSTS"))


def push_test_origins() -> list[str]:
    return list(_given("PUSH_TEST_ORIGINS"))
